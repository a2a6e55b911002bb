"""`tingsu import FILE`, and the real records it was made for."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest

from factories import House, later
from import_files import HEADERS, ROWS, csv_bytes
from tingsu.cases.actions import assign, close, contact, move, reply
from tingsu.cases.models import Case
from tingsu.cases.queries import access_case, lists
from tingsu.cases.search import find
from tingsu.cases.verify import Report, verify
from tingsu.channels.file.command import Terminal, run
from tingsu.channels.models import ImportJob
from tingsu.core.lifecycle import Move
from tingsu.people.permission import Can


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def terminal(said: list[str]) -> Terminal:
    return Terminal(say=said.append, ask=lambda _question: "y")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "投诉.csv"
    path.write_bytes(csv_bytes(encoding="gb18030").getvalue())
    return path


def test_it_tells_what_it_understood_then_does_it(
    house: House, file: Path, said: list[str], terminal: Terminal
) -> None:
    assert run(file, "yunfan", terminal=terminal) == 0
    text = "\n".join(said)
    assert "3 条记录" in text
    assert "内容 → 事实经过（narrative）" in text
    assert "新建 3 件" in text
    assert Case.objects.count() == 3


def test_no_is_no(house: House, file: Path, said: list[str]) -> None:
    assert run(file, "yunfan", terminal=Terminal(said.append, lambda _q: "")) == 1
    assert not Case.objects.exists()
    assert not ImportJob.objects.exists()


def test_columns_by_hand_and_by_a_remembered_name(
    house: House, tmp_path: Path, said: list[str], terminal: Terminal
) -> None:
    path = tmp_path / "旧.csv"
    path.write_bytes(csv_bytes([("一", "坏了")], ("甲", "乙")).getvalue())
    assert run(path, "yunfan", terminal=terminal) == 2
    assert "--map" in said[-1]
    assert run(path, "yunfan", columns=["乙=narrative"], yes=True, terminal=terminal) == 0
    assert run(path, "yunfan", mapping="旧", yes=True, terminal=terminal) == 0
    assert "以前导入过 1 件" in said[-1]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"organisation": "nowhere"}, "没有机构「nowhere」。可以选：yunfan"),
        ({"mapping": "没有"}, "没有叫「没有」"),
        ({"columns": ["没有=title"]}, "没有「没有」这一列"),
        ({"columns": ["内容=nothing"]}, "没有「nothing」这个字段"),
    ],
)
def test_asked_wrongly(house: House, file: Path, asked: dict[str, Any], words: str) -> None:
    said: list[str] = []
    usual: dict[str, Any] = {"organisation": "yunfan", "yes": True}
    assert run(file, terminal=Terminal(said.append), **(usual | asked)) == 2
    assert words in said[-1]
    assert not ImportJob.objects.exists()


def test_a_missing_file_is_said(house: House, tmp_path: Path, said: list[str]) -> None:
    assert run(tmp_path / "nichts.csv", "yunfan", terminal=Terminal(said.append)) == 2
    assert "文件打不开" in said[0]


def test_refused_rows_are_listed(
    house: House, tmp_path: Path, said: list[str], terminal: Terminal
) -> None:
    path = tmp_path / "坏.csv"
    bad = ("B", "2099-01-01", "", "", "", "晚", "")
    path.write_bytes(csv_bytes([*ROWS, bad], HEADERS).getvalue())
    assert run(path, "yunfan", yes=True, terminal=terminal) == 0
    assert said[-1].strip() == "第 5 行「投诉时间」：这个时间还没到，请核对。"


def _unpacked(shared: Path, tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.jsonl"
    with gzip.open(shared / "data" / f"{name}.jsonl.gz") as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


def test_the_real_messages_come_in_and_live(
    house: House, shared: Path, tmp_path: Path, said: list[str], terminal: Terminal
) -> None:
    """3,600 messages and 2,191 with replies: found, listed, opened, assigned, answered, closed."""
    stream = _unpacked(shared, tmp_path, "tipdm_annex3_stream")
    replies = _unpacked(shared, tmp_path, "tipdm_annex4_replies")
    assert run(stream, "yunfan", yes=True, terminal=terminal) == 0
    assert "新建 3,600 件，以前导入过 0 件，没能导入 0 行" in said[-1]
    assert run(replies, "yunfan", yes=True, terminal=terminal) == 0
    assert "新建 2,191 件，以前导入过 0 件，没能导入 0 行" in said[-1]
    assert Case.objects.filter(open=False, outcome="imported").count() == 2190  # one has no time

    who, by, at = house.who("丁"), house.actor("甲"), later(days=60)
    case = Case.objects.get(source_ref="360114")
    assert str(case.received_at) == "2017-06-08 09:31:20+00:00"  # 17:31 in Shanghai
    hits = find(house.organisation.id, "高尔夫管理")
    assert case.id in {hit.case_id for hit in hits}
    listed = lists.page(who, lists.Filter(queue="all"))
    assert listed.rows[0].next_at is not None
    assert listed.following
    case = access_case(who, case.id, Can.READ)
    assign.assign(case, house.actor("丁"), at, to=house["甲"])
    contact.contact(case, by, at, direction="out", channel="phone", text="已致电，说明进展。")
    move.move(case, by, at, to=Move.ACCEPT)
    reply.reply(case, by, at, text="学校已经改正，您可以回校实习。", kind="final")
    close.close(case, by, at, verdict="founded", reason="电话里已经确认")
    case.refresh_from_db()
    assert (case.state, case.open) == ("closed", False)
    *broken, report = verify(house.organisation.id)
    assert not broken
    assert isinstance(report, Report)
    assert report.cases == 5791
