"""``tingsu backup FILE``: database, files and, if asked for, keys, while everything goes on.

The database is copied first and as of one instant (SQLite's backup, or pg_dump); files are only
ever added under new names, so those that its rows speak of are all there afterwards.
"""

import argparse
import io
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tingsu import __version__
from tingsu.cases.folder import BESIDE
from tingsu.cases.models import Attachment, Case, Event, Letter
from tingsu.channels.models import ReceivedMail
from tingsu.people.models import Organisation
from tingsu.terminal import _, complain, say
from tingsu.upkeep import chest, postgres
from tingsu.upkeep.postgres import Missing
from tingsu.vault import Vault

NOWHERE = frozenset({"probe"})  # folders of the storage that hold nothing
LAST = "backup.last"  # when the last one was made, for the doctor
COUNTED = (Organisation, Case, Event, Attachment, Letter, ReceivedMail)


def command(asked: argparse.Namespace) -> int:
    """Make the copy and say what is in it. 2: asked wrongly, 1: it went wrong."""
    place: Path = asked.file.absolute()
    if place.exists() and not asked.replace:
        complain(_("已有这个文件：{0}。换一个名字，或加 --replace。").format(place))
        return 2
    if not place.parent.is_dir():
        complain(_("没有这个文件夹：{0}").format(place.parent))
        return 2
    try:
        facts = backup(place, keys=asked.keys, files=not asked.no_files)
    except Missing as absent:
        complain(_("找不到 {0}。请安装 PostgreSQL 的客户端程序。").format(absent))
        return 1
    except (OSError, sqlite3.Error, psycopg.Error) as problem:
        complain(_("没有备份成：{0}").format(problem))
        return 1
    counted = facts["counts"]
    words = _("已备份到 {file}：投诉 {cases} 件、经过 {events} 条、附件和其他文件 {files} 个")
    say(
        words.format(
            file=place, cases=counted["Case"], events=counted["Event"], files=facts["files"]
        )
    )
    if not asked.keys:
        say(_("里面没有钥匙。没有钥匙谁也打不开个人资料，请另外保管：{0}").format(_where_keys()))
    return 0


def backup(place: Path, *, keys: bool = False, files: bool = True) -> dict[str, Any]:
    """Write the copy; returns its facts. Raises OSError, sqlite3.Error, psycopg.Error or Missing,
    and leaves nothing behind then."""
    began = datetime.now(UTC)
    with chest.writing(place) as into:
        with _database(place.parent) as copied, copied.file.open("rb") as content:
            counts = copied.counts
            into.put("database", content, copied.file.stat().st_size)
        number = _put_files(into) if files else 0
        if keys:
            _put_keys(into)
        facts: dict[str, Any] = {
            "version": __version__,
            "made_at": began.isoformat(timespec="seconds"),
            "vendor": connection.vendor,
            "migrations": sorted(map(".".join, MigrationRecorder(connection).applied_migrations())),
            "counts": counts,
            "files": number,
            "with_files": files,
            "witness": _witness(),
        }
        into.close(facts)
    (settings.DATA / LAST).write_text(facts["made_at"])
    return facts


def _witness() -> str:
    """A known word, sealed: whoever restores sees whether the keys at hand are the right ones."""
    keys = Vault([secret.encode() for secret in settings.VAULT_SECRETS])
    return keys.seal(chest.WORD, chest.WITNESS, "backup").hex()


@dataclass(frozen=True)
class _Copy:
    """The database as of one instant, in a file of its own."""

    file: Path
    counts: dict[str, int]


@contextmanager
def _database(beside: Path) -> Iterator[_Copy]:
    """beside: a folder with room for it; nothing of it stays there."""
    with TemporaryDirectory(prefix=".tingsu-", dir=beside) as folder:
        copied = Path(folder) / "database"
        if connection.vendor == "sqlite":
            yield _Copy(copied, _of_sqlite(copied))
        else:
            yield _Copy(copied, _of_postgres(copied))


def _of_sqlite(copied: Path) -> dict[str, int]:
    own = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=30)
    with closing(own), closing(sqlite3.connect(copied)) as target:
        own.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        return {name: target.execute(sql).fetchone()[0] for name, sql in _countings()}


def _of_postgres(copied: Path) -> dict[str, int]:
    place = postgres.place_of(connection.settings_dict)
    with postgres.connect(place) as own:
        own.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = own.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        postgres.dump(place, copied, snapshot)
        counts = {
            name: (own.execute(sql.encode()).fetchone() or (0,))[0] for name, sql in _countings()
        }
        own.execute("COMMIT")
    return counts


def _countings() -> Iterator[tuple[str, str]]:
    for model in COUNTED:
        yield model.__name__, f'SELECT count(*) FROM "{model._meta.db_table}"'  # noqa: S608 - our own names


def counts_now() -> dict[str, int]:
    """The same counts of the database that is in use."""
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def _put_files(into: chest.Chest, folder: str = "") -> int:
    """Everything in the storage; what goes away meanwhile (an import that is over) is passed by."""
    folders, files = default_storage.listdir(folder) if _is_folder(folder) else ([], [])
    number = 0
    for name in sorted(files):
        if not name.startswith(BESIDE):
            number += _put_file(into, f"{folder}/{name}".lstrip("/"))
    for name in sorted(folders):
        if name not in NOWHERE:
            number += _put_files(into, f"{folder}/{name}".lstrip("/"))
    return number


def _is_folder(folder: str) -> bool:
    """The folder of the files is made with the first one."""
    root = getattr(default_storage, "base_location", None)
    return bool(folder) or root is None or Path(settings.MEDIA_ROOT).is_dir()


def _put_file(into: chest.Chest, path: str) -> int:
    try:
        with default_storage.open(path) as content:
            into.put(f"files/{path}", content, content.size)
    except FileNotFoundError:
        return 0
    return 1


def _put_keys(into: chest.Chest) -> None:
    """As they are in use, wherever they came from."""
    in_use = {"vault.key": ",".join(settings.VAULT_SECRETS), "session.key": settings.SECRET_KEY}
    for name, value in in_use.items():
        raw = value.encode()
        into.put(f"keys/{name}", io.BytesIO(raw), len(raw))


def _where_keys() -> str:
    if "TINGSU_VAULT_SECRETS" in os.environ:
        return "TINGSU_VAULT_SECRETS"
    return str(settings.DATA / "vault.key")
