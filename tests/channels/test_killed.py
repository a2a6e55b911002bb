"""A real process, really killed: the next one goes on, nothing twice, nothing lost (PL-7)."""

import signal
import sqlite3
from pathlib import Path

import tables
from house_on_disk import one_house, tingsu
from import_files import csv_bytes

MANY = 2_000


def test_killed_with_minus_nine(tmp_path: Path) -> None:
    tables.lay(tmp_path)
    with sqlite3.connect(tmp_path / "tingsu.db") as db:
        one_house(db)
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


def _counts(data: Path) -> tuple[int, int]:
    with sqlite3.connect(data / "tingsu.db") as db:
        (cases,) = db.execute("SELECT count(*) FROM cases_case").fetchone()
        (made,) = db.execute("SELECT sum(made) FROM channels_importjob").fetchone()
    return cases, made
