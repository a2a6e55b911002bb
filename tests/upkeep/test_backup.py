"""A copy taken while cases come in, laid out in an empty place and proved (PL-7)."""

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from import_files import csv_bytes
from real_house import RealHouse

COUNTED = re.compile(r"投诉 (\d+) 件")
RECEIVED = """
from tingsu.cases.models import Case, Party
print(Case.objects.count(), Party.objects.order_by("id").first().name)
"""
COMING = """
from itertools import count
from django.utils.timezone import now
from tingsu.cases.actions.receive import receive
from tingsu.cases.intake import Intake
from tingsu.people.actor import CUSTOMER
from tingsu.people.models import Department, Organisation
house, queue = Organisation.objects.get(), Department.objects.get(intake=True)
for number in count():  # until it is killed
    told = Intake(channel="web", narrative=f"又一件 {number}：供水", name="", phone="")
    receive(house, told, CUSTOMER, now(), queue=queue, owned=False)
    if number == 0:
        print("the first is in", flush=True)
"""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    """A house with 120 cases or more, and a file."""
    place = tmp_path_factory.mktemp("old")
    with RealHouse(place / "old", "old") as house:
        house.found()
        file = place / "rows.csv"
        rows = [(str(n), f"第 {n} 件：电梯又停了", f"王{n}") for n in range(120)]
        file.write_bytes(csv_bytes(rows, ("编号", "内容", "姓名")).getvalue())
        code, told = house.run("import", str(file), "--organisation", "h", "--yes")
        assert code == 0, told
        kept = house.data / "files" / "ab" / "abcdef"
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"%PDF bill")
        yield house


@pytest.fixture
def new(tmp_path: Path) -> Iterator[RealHouse]:
    """An empty place."""
    with RealHouse(tmp_path / "new", "new") as house:
        yield house


def _copy(house: RealHouse, place: Path, *words: str) -> str:
    code, told = house.run("backup", str(place), *words)
    assert code == 0, told
    return told


def _number(told: str) -> int:
    found = COUNTED.search(told)
    assert found is not None, told
    return int(found[1])


def test_there_and_back(old: RealHouse, new: RealHouse, tmp_path: Path) -> None:
    place = tmp_path / "copy.tar.gz"
    cases = _number(_copy(old, place, "--keys"))
    assert place.stat().st_mode & 0o077 == 0
    code, told = new.run("restore", str(place))
    assert code == 0, told
    assert _number(told) == cases
    assert (new.data / "files" / "ab" / "abcdef").read_bytes() == b"%PDF bill"
    assert new.run(script=RECEIVED)[1].split() == [str(cases), "王0"]  # opened with its own key
    assert new.run("doctor")[0] == 0


def test_taken_while_cases_come_in(old: RealHouse, new: RealHouse, tmp_path: Path) -> None:
    busy = old.start(script=COMING)
    assert busy.stdout is not None
    assert busy.stdout.readline() == "the first is in\n"
    place = tmp_path / "copy.tar.gz"
    told = _copy(old, place, "--keys")
    assert busy.poll() is None
    busy.kill()
    code, proved = new.run("restore", str(place))
    assert code == 0, proved
    assert _number(told) > 120
    assert _number(told) == _number(proved)


def test_it_lays_nothing_over_what_is_there(old: RealHouse, tmp_path: Path) -> None:
    place = tmp_path / "copy.tar.gz"
    _copy(old, place, "--keys")
    code, told = old.run("restore", str(place))
    assert code == 2
    assert "已经有数据" in told
    assert old.run("verify")[0] == 0
    code, told = old.run("backup", str(place))
    assert code == 2
    assert "已有这个文件" in told


def test_without_keys_the_right_ones_are_needed(
    old: RealHouse, new: RealHouse, tmp_path: Path
) -> None:
    place = tmp_path / "copy.tar.gz"
    assert "没有钥匙" in _copy(old, place)
    code, told = new.run("restore", str(place))
    assert (code, "先把原来的 vault.key" in told) == (2, True)
    (new.data / "vault.key").write_text("another-key-of-sixteen-bytes-or-more")
    code, told = new.run("restore", str(place))
    assert (code, "打不开这份备份" in told) == (2, True)
    shutil.copy(old.data / "vault.key", new.data / "vault.key")
    code, told = new.run("restore", str(place))
    assert code == 0, told


@pytest.mark.parametrize("harm", ["cut", "changed", "other"])
def test_what_is_not_whole_is_refused(
    harm: str, old: RealHouse, new: RealHouse, tmp_path: Path
) -> None:
    place = tmp_path / "copy.tar.gz"
    _copy(old, place, "--keys")
    raw = place.read_bytes()
    if harm == "cut":
        place.write_bytes(raw[: len(raw) * 2 // 3])
    elif harm == "changed":
        place.write_bytes(gzip.compress(gzip.decompress(raw).replace(b"%PDF bill", b"%PDF bell")))
    else:
        place.write_bytes(b"not a copy at all")
    code, told = new.run("restore", str(place))
    assert code == 2, told
    assert not (new.data / "files").exists()
    assert not (new.data / "tingsu.db").exists()
