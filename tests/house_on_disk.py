"""A data folder of its own with one house in it, and real processes that run there (SQLite)."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path


def tingsu(data: Path, *words: str) -> subprocess.Popen[str]:
    """Start one of our commands in a data folder."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"TINGSU_DATA": str(data), "TINGSU_LANG": "zh", "PYTHONIOENCODING": "utf-8"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "tingsu.cli", *words],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def one_house(db: sqlite3.Connection) -> None:
    """An organisation with the slug ``h`` and its department for what comes in."""
    house = {
        "id": f"{1:032x}",
        "slug": "h",
        "name": "馆",
        "kind": "company",
        "pack": "general",
        "packs": "[]",
        "variants": "[]",
        "letters": "{}",
        "number_prefix": "TS",
        "zone": "Asia/Shanghai",
        "open_to_public": 1,
        "active": 1,
        "created_at": "2026-01-01",
    }
    queue = {"id": f"{2:032x}", "organisation_id": house["id"], "name": "受理", "intake": 1}
    insert(db, "people_organisation", house)
    insert(db, "people_department", queue | {"order": 0, "active": 1})


def insert(db: sqlite3.Connection, table: str, given: dict[str, object]) -> None:
    """Insert what is given; texts that are not are empty."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    row = {
        name: given.get(name, None if not needed else "") for _n, name, _t, needed, *_ in columns
    }
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _name in row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
