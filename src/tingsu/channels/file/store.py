"""Keeps uploaded files until they are not needed. Touches the storage alone.

Only the owner of the process may read them; they go as soon as every record is in, and otherwise
after ``KEPT`` (jobs.purge), for they hold personal data.
"""

from datetime import timedelta
from typing import IO, cast
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

KEPT = timedelta(days=30)


def keep(job_id: UUID, kind: str, file: IO[bytes]) -> str:
    """Store the bytes; returns the name under which they are."""
    file.seek(0)
    return default_storage.save(f"imports/{job_id.hex}.{kind}", File(file))


def opened(stored_as: str) -> IO[bytes]:
    """The stored file, open for reading. Raises OSError when it is gone."""
    if not stored_as:
        raise FileNotFoundError(stored_as)
    return cast("IO[bytes]", default_storage.open(stored_as, "rb").file)


def throw_away(stored_as: str) -> None:
    """Delete; harmless when it is gone already."""
    if stored_as:
        default_storage.delete(stored_as)
