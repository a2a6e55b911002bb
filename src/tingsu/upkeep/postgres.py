"""PostgreSQL's own tools for copies, and how they are told where the database is. Starts pg_dump
and pg_restore; knows no Django."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class Missing(Exception):
    """A tool is not installed. The argument is its name."""


def place_of(config: Mapping[str, Any]) -> dict[str, str]:
    """Host, port … as libpq calls them, of a database as Django writes it down."""
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    found = {name: str(config.get(key) or "") for name, key in named.items()}
    found["dbname"] = str(config["NAME"])
    options = config.get("OPTIONS", {})
    found |= {name: str(options[name]) for name in _VARIABLES if options.get(name)}
    return {name: value for name, value in found.items() if value}


def connect(place: Mapping[str, str]) -> "psycopg.Connection[Any]":
    """A connection of our own."""
    given: Any = dict(place)
    return psycopg.connect(**given, autocommit=True)


def dump(place: Mapping[str, str], into: Path, snapshot: str) -> None:
    """The database as a transaction sees it that has exported the snapshot."""
    _run("pg_dump", place, "--format=custom", f"--snapshot={snapshot}", f"--file={into}")


def restore(place: Mapping[str, str], source: Path) -> None:
    """All or nothing, into an empty database."""
    to = f"--dbname={place['dbname']}"
    _run("pg_restore", place, "--single-transaction", "--exit-on-error", to, str(source))


def is_empty(place: Mapping[str, str]) -> bool:
    """Whether there is no table in it."""
    asked = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', %s)"
    with connect(place) as connection:
        row = connection.execute(asked, ["information_schema"]).fetchone()
    return row is not None and row[0] == 0


def _run(name: str, place: Mapping[str, str], *words: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise Missing(name)
    # By the environment: a password on the command line is seen by everybody on the machine.
    env = os.environ | {_VARIABLES[key]: value for key, value in place.items()}
    line = [program, "--no-owner", "--no-privileges", *words]
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        told = done.stderr.strip().splitlines()
        raise OSError(f"{name}: {told[0] if told else done.returncode}")
