"""A real process, really killed: the next one goes on, nothing twice, nothing lost (PL-7)."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from import_files import csv_bytes

MANY = 2_000


def tingsu(data: Path, *words: str) -> subprocess.Popen[str]:
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


def test_killed_with_minus_nine(tmp_path: Path) -> None:
    assert tingsu(tmp_path, "migrate").communicate()[0] is not None
    with sqlite3.connect(tmp_path / "tingsu.db") as db:
        _one_house(db)
    file = tmp_path / "many.csv"
    rows = [(str(n), f"第 {n} 件：电梯又停了") for n in range(MANY)]
    file.write_bytes(csv_bytes(rows, ("编号", "内容")).getvalue())
    words = ("import", str(file), "--organisation", "h", "--yes")

    first = tingsu(tmp_path, *words)
    assert first.stdout is not None
    for line in first.stdout:
        if " / " in line:  # the first batch is in
            break
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    cases, made = _counts(tmp_path)
    assert 0 < cases < MANY
    assert cases == made

    second = tingsu(tmp_path, *words)
    told, _nothing = second.communicate()
    assert second.returncode == 0, told
    assert f"新建 {MANY - cases:,} 件，以前导入过 {cases:,} 件" in told
    assert _counts(tmp_path)[0] == MANY


def _one_house(db: sqlite3.Connection) -> None:
    house = {
        "id": f"{1:032x}",
        "slug": "h",
        "name": "馆",
        "kind": "company",
        "pack": "general",
        "packs": "[]",
        "number_prefix": "TS",
        "zone": "Asia/Shanghai",
        "open_to_public": 1,
        "active": 1,
        "created_at": "2026-01-01",
    }
    queue = {"id": f"{2:032x}", "organisation_id": house["id"], "name": "受理", "intake": 1}
    _row(db, "people_organisation", house)
    _row(db, "people_department", queue | {"order": 0, "active": 1})


def _row(db: sqlite3.Connection, table: str, given: dict[str, object]) -> None:
    """Insert what is given; texts that are not are empty."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    row = {
        name: given.get(name, None if not needed else "") for _n, name, _t, needed, *_ in columns
    }
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _name in row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _counts(data: Path) -> tuple[int, int]:
    with sqlite3.connect(data / "tingsu.db") as db:
        (cases,) = db.execute("SELECT count(*) FROM cases_case").fetchone()
        (made,) = db.execute("SELECT sum(made) FROM channels_importjob").fetchone()
    return cases, made
