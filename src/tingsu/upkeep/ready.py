"""Whether this process can do its work: the database answers, its tables are of this version, files
can be kept. Asked by whoever sends it requests, every few seconds."""

import time
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

PROBE = "probe/ready"
LASTS = 20.0  # seconds for which the slower answers hold


@dataclass
class _Last:
    at: float = -LASTS
    found: tuple[str, ...] = ()


_slow = _Last()


def wrong() -> tuple[str, ...]:
    """What stands in the way: of ``database``, ``migrations``, ``storage``. Nothing: ready."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        _slow.at = -LASTS
        return ("database",)
    if time.monotonic() - _slow.at >= LASTS:
        _slow.found, _slow.at = _slowly(), time.monotonic()
    return _slow.found


def forget() -> None:
    """Ask everything anew."""
    _slow.at = -LASTS


def _slowly() -> tuple[str, ...]:
    found = []
    try:
        if pending():
            found.append("migrations")
    except DatabaseError:
        return ("database",)
    if not storage_takes():
        found.append("storage")
    return tuple(found)


def pending() -> int:
    """How many migrations of this version have not been applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def storage_takes() -> bool:
    """Whether a file can be kept and taken away again."""
    try:
        kept = default_storage.save(PROBE, ContentFile(b"ready"))
        default_storage.delete(kept)
    except OSError:
        return False
    return True
