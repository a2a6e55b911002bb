"""Papers of an investigation fill themselves: talks, findings, evidence (HA-4, HA-18)."""

from typing import Any

import pytest

from factories import NOON, House, make_case, make_house
from papers import issued
from tingsu.cases.actions import document, evidence, findings, inquiry, minutes, respondent
from tingsu.cases.models import Document, Issue, Minutes
from tingsu.documents.issuing import open_draft
from tingsu.people.actor import RESPONDENT


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()


def draft(house: House, case: Any, kind: str) -> Any:
    _written, paper_id = document.begin(case, house.actor("甲"), NOON, kind=kind)
    return open_draft(case, paper_id, NOON)


def test_a_talk_is_a_paper_that_can_be_issued(house: House) -> None:
    case, me = make_case(house, by="甲"), house.actor("甲")
    minutes.record(
        case, me, NOON, kind="interview", person="张师傅", capacity="staff", held_at=NOON,
        place="值班室", present="甲", text="问：几点到的？\n答：两点。",
    )  # fmt: skip
    row = Minutes.objects.get()
    minutes.read_back(case, me, NOON, minutes_id=row.id, corrections="应为两点十分")
    minutes.paper(case, me, NOON, minutes_id=row.id)
    paper = Document.objects.get(kind="interview")
    found = open_draft(case, paper.id, NOON)
    assert found.missing == []
    assert found.values["talk_record"] == "问：几点到的？\n答：两点。"
    assert found.values["talk_corrections"] == "应为两点十分"
    assert issued(house, case, paper).state == "issued"


def test_the_report_and_others_know_what_was_found(house: House) -> None:
    case, me = make_case(house, by="甲", respondent_unit="维保公司"), house.actor("甲")
    assert "found" in draft(house, case, "inquiry_report").missing
    inquiry.add(case, me, NOON, member=house["甲"])
    findings.list_issues(case, me, NOON, texts=["电梯停运"])
    findings.find(
        case, me, NOON, issue_id=Issue.objects.get().id, finding="founded", faults=["mistake"],
        liable=["company", "third"], reason="维保记录缺页",
    )  # fmt: skip
    findings.dispute(case, me, NOON, point="停了几次", ours="三次", theirs="一次")
    evidence.add(
        case, me, NOON, what="维保记录", kind="document", giver="respondent", place="档案柜"
    )
    told = {"about": "电梯", "facts": "主板烧毁", "responsibility": "", "remedy": "已更换"}
    respondent.answer(
        case, RESPONDENT, NOON, told=told, unit="维保公司", person="周经理", way="link"
    )
    found = draft(house, case, "inquiry_report")
    assert found.missing == []
    assert found.values["found"] == "1. 电梯停运：有效（失误）。维保记录缺页"
    assert found.values["liability"] == "电梯停运：公司、第三方"
    assert found.values["investigators"] == "甲"
    assert "1. 维保记录；书证；被投诉方" in found.values["evidence_list"]
    assert "投诉人：三次" in found.values["disputed"]
    assert "主板烧毁" in found.values["respondent_says"]
    assert draft(house, case, "closing").values["found"] == found.values["found"]
