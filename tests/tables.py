"""Empty tables, made once by our own migrations and copied wherever a test wants a house of its
own: making them takes many seconds, copying them none.

They lie in ``.pytest_cache``, and on PostgreSQL in a database beside the one that DATABASE_URL
names. What they were made from is remembered; when that changes they are made anew.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".pytest_cache/tables"
URL = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = URL.startswith("postgres")


def lay(data: Path) -> None:
    """Put the tables into a data folder, as ``tingsu migrate`` would (SQLite)."""
    data.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(data / "tingsu.db")) as place:
        copy_into(place)


def copy_into(place: sqlite3.Connection) -> None:
    """Put the tables into an open database, be it one in memory."""
    with closing(sqlite3.connect(_file())) as made:
        made.backup(place)


@cache
def template() -> str:
    """The name of the database that ``CREATE DATABASE … TEMPLATE`` copies (PostgreSQL)."""
    name = f"{urlsplit(URL).path.strip('/')}_tables"
    with _alone(), _server() as server:
        told = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            (name,),
        ).fetchone()
        if told != (_made_from(),):
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
            with tempfile.TemporaryDirectory() as data:
                _migrate(Path(data), urlsplit(URL)._replace(path=f"/{name}").geturl())
            server.execute(f"COMMENT ON DATABASE {name} IS '{_made_from()}'".encode())
    return name


@cache
def _file() -> Path:
    made = FOLDER / f"{_made_from()}.db"
    with _alone(), tempfile.TemporaryDirectory(dir=FOLDER) as data:
        if not made.exists():
            _migrate(Path(data), "")
            (Path(data) / "tingsu.db").rename(made)
    return made


def _migrate(data: Path, url: str) -> None:
    gone = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    own = {"TINGSU_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    own |= {"DATABASE_URL": url} if url else {}
    subprocess.run([sys.executable, "-m", "tingsu.cli", "migrate"], env=kept | own, check=True)


@cache
def _made_from() -> str:
    """Of every migration, ours and the libraries'."""
    sources = sorted((ROOT / "src").glob("tingsu/*/migrations/*.py"))
    read = hashlib.sha256()
    for path in (*sources, ROOT / "requirements/run.txt"):
        read.update(path.read_bytes())
    return read.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """Workers of one run take turns: the first makes them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _server() -> psycopg.Connection:
    """By way of the server's own database: the named one need not exist."""
    return psycopg.connect(urlsplit(URL)._replace(path="/postgres").geturl(), autocommit=True)
