"""An investigation on a real case: plan, persons, talks, evidence, findings, tests (HA-4, SC-4)."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from factories import NOON, House, accepted, fresh, later, make_case
from papers import tourism
from tingsu.cases.actions import (
    evidence,
    findings,
    inquiry,
    minutes,
    sign,
)
from tingsu.cases.actions.attach import Given
from tingsu.cases.actions.sign import Hand
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import (
    Case,
    Document,
    Event,
    Evidence,
    InquiryPoint,
    Investigator,
    Issue,
    Minutes,
    Signing,
)
from tingsu.core.lifecycle import State

TALK = "问：那天谁值班？\n答：是我。\n问：几点接到电话？\n答：十点半。"


@pytest.fixture
def own(house: House) -> Case:
    """A case of 甲, accepted."""
    return accepted(make_case(house, by="甲"), house)


def entry(case: Case, kind: str) -> Event:
    return Event.objects.filter(case=case, kind=kind).latest("seq")


def refused(step: Any, **told: Any) -> Refusal:
    with pytest.raises(Refusal) as why:
        step(**told)
    return why.value


# How many look into it --------------------------------------------------------------------------


def test_tourism_wants_two_who_look_into_it(house: House) -> None:
    case = tourism(house)
    me = house.actor("甲")
    findings.list_issues(case, me, NOON, texts=["擅自减少景点"])
    issue = Issue.objects.get()
    told: dict[str, Any] = {"case": case, "by": me, "at": NOON, "issue_id": issue.id}
    told |= {"finding": "unfounded", "reason": "行程单上没有这个景点"}
    assert refused(findings.find, **told).code == "too_few"
    inquiry.add(case, me, NOON, member=house["甲"])
    assert refused(findings.find, **told).code == "too_few"
    assert refused(minutes.record, **_talk(case, me)).code == "too_few"
    assert refused(inquiry.add, case=case, by=me, at=NOON, member=house["甲"]).code == "own"
    inquiry.add(case, me, NOON, member=house["主管"])
    findings.find(**told)
    assert Issue.objects.get().finding == "unfounded"
    row = Investigator.objects.get(member=house["主管"])
    inquiry.leave(case, me, NOON, row_id=row.id, reason="出差")
    assert refused(findings.find, **told).code == "too_few"


def test_elsewhere_one_is_enough(house: House, own: Case) -> None:
    findings.list_issues(own, house.actor("甲"), NOON, texts=["电梯停运"])
    issue = Issue.objects.get()
    findings.find(
        own, house.actor("甲"), NOON,
        issue_id=issue.id, finding="undecided", reason="没有监控",
    )  # fmt: skip
    assert entry(own, "issue_found").data["verdict"] == "undecided"


@pytest.mark.parametrize("who", ["被投诉", "审计", "管理员"])
def test_some_roles_do_not_look_into_cases(house: House, own: Case, who: str) -> None:
    why = refused(inquiry.add, case=own, by=house.actor("甲"), at=NOON, member=house[who])
    assert why.code == "cannot_look"


# The plan ---------------------------------------------------------------------------------------


def test_a_point_of_the_plan_comes_up_on_its_day(house: House, own: Case) -> None:
    me = house.actor("甲")
    due = later(hours=5)
    inquiry.plan_point(own, me, NOON, what="调监控", who=house["甲"], due_at=due)
    case = fresh(own)
    assert (case.inquired_at, case.planned_at) == (NOON, due)
    point = InquiryPoint.objects.get()
    inquiry.end_point(own, me, NOON, point_id=point.id, result="14:20 停梯")
    assert InquiryPoint.objects.get().state == "done"
    why = refused(inquiry.end_point, case=own, by=me, at=NOON, point_id=point.id, result="再写")
    assert why.code == "ended"


# Talks and checks -------------------------------------------------------------------------------


def _talk(case: Case, by: Any, **others: Any) -> dict[str, Any]:
    told = {
        "case": case, "by": by, "at": NOON, "kind": "interview", "person": "张师傅",
        "capacity": "staff", "held_at": NOON - timedelta(hours=1), "place": "物业办公室",
        "present": "甲\n主管", "text": TALK,
    }  # fmt: skip
    return told | others


def test_a_talk_is_kept_read_back_signed_and_printed(house: House, own: Case) -> None:
    me = house.actor("甲")
    minutes.record(**_talk(own, me))
    one = Minutes.objects.get()
    assert one.person == "张师傅"
    assert "张师傅" not in str(entry(own, "minutes_written").data)
    asked: dict[str, Any] = {"case": own, "by": me, "at": NOON, "minutes_id": one.id}
    assert refused(minutes.ask_sign, **asked, role="staff", name="张师傅").code == "not_read"
    assert refused(minutes.paper, **asked).code == "not_read"
    minutes.read_back(own, me, NOON, minutes_id=one.id, corrections="应为十点二十")
    assert refused(minutes.read_back, **asked).code == "ended"
    minutes.ask_sign(**asked, role="staff", name="张师傅")
    row = Signing.objects.get()
    assert "几点接到电话" in row.text
    assert "应为十点二十" in row.text
    sign.sign(own, me, NOON, signing_id=row.id, hand=Hand("张师傅", agreed=True))
    minutes.paper(**asked)
    paper = Document.objects.get(kind="interview", state="draft")
    assert "问：那天谁值班？\\n答：是我。" in paper.typed
    assert "张师傅（本人键入" in paper.typed


def test_a_check_on_the_spot_is_kept_with_what_was_seen(house: House, own: Case) -> None:
    me = house.actor("甲")
    text = "维保登记本：9 月缺一页\n监控：14:20 停梯"
    minutes.record(**_talk(own, me, kind="check", text=text, capacity="complainant"))
    one = Minutes.objects.get()
    assert one.kind == "check"
    minutes.read_back(own, me, NOON, minutes_id=one.id)
    minutes.paper(own, me, NOON, minutes_id=one.id)
    assert "9 月缺一页" in Document.objects.get(kind="spot_check").typed


@pytest.mark.parametrize(
    ("field", "others"),
    [
        ("text", {"text": " "}),
        ("text", {"text": "问：一？\n问：二？\n答：是"}),
        ("person", {"person": ""}),
        ("capacity", {"capacity": "king"}),
        ("held_at", {"held_at": later(hours=3)}),
    ],
)
def test_a_talk_that_cannot_be_kept_says_where(
    house: House, own: Case, field: str, others: dict[str, Any]
) -> None:
    why = refused(minutes.record, **_talk(own, house.actor("甲"), **others))
    assert field in why.fields if isinstance(why, Invalid) else why.field == field


# Evidence ---------------------------------------------------------------------------------------


def test_evidence_has_a_hash_and_a_chain(house: House, own: Case) -> None:
    me = house.actor("甲")
    files = [Given("合同.txt", 6, io.BytesIO(b"abcdef")), Given("照片.txt", 3, io.BytesIO(b"xyz"))]
    evidence.add(
        own, me, NOON, what="合同和照片", kind="document", giver="complainant",
        giver_name="王小明", original=False, shows="有约定", files=files,
    )  # fmt: skip
    first, second = Evidence.objects.order_by("number")
    assert (first.number, second.number, first.giver_name) == (1, 2, "王小明")
    told = entry(own, "evidence_added").data
    assert first.file is not None
    assert told["sha256"][0] == first.file.sha256
    assert "王小明" not in str(told)
    evidence.hand_on(own, me, NOON, evidence_id=first.id, to="档案室 小陈", place="保险柜 3")
    first.refresh_from_db()
    assert first.place == "保险柜 3"
    assert entry(own, "evidence_moved").data["receiver"] == "档案室 小陈"


def test_a_thing_without_a_file_lies_somewhere(house: House, own: Case) -> None:
    told: dict[str, Any] = {"case": own, "by": house.actor("甲"), "at": NOON, "what": "坏掉的插头"}
    told |= {"kind": "object", "giver": "complainant"}
    assert "place" in getattr(refused(evidence.add, **told), "fields", {})
    evidence.add(**told, place="前台抽屉", original=True)
    assert Evidence.objects.get().file_id is None


# Findings ---------------------------------------------------------------------------------------


def test_the_list_of_issues_is_edited_and_keeps_what_was_found(house: House, own: Case) -> None:
    me = house.actor("甲")
    findings.list_issues(own, me, NOON, texts=["电梯停运", " 无人接电话 ", "", "电梯停运"])
    first = Issue.objects.get(position=1)
    findings.find(
        own, me, NOON, issue_id=first.id, finding="founded", faults=["negligence"],
        liable=["company"], reason="维保记录缺页",
    )  # fmt: skip
    assert entry(own, "issue_found").data["verdict"] == ""  # one is still open
    kept = refused(findings.list_issues, case=own, by=me, at=NOON, texts=["无人接电话"])
    assert isinstance(kept, Invalid)
    findings.list_issues(own, me, NOON, texts=["无人接电话", "电梯停运"])
    stands = Issue.objects.filter(state="stands").order_by("position")
    assert [one.text for one in stands] == ["无人接电话", "电梯停运"]
    findings.list_issues(own, me, NOON, texts=["电梯停运"])
    assert Issue.objects.get(text="无人接电话").state == "dropped"
    findings.find(
        own, me, NOON, issue_id=first.id, finding="founded", faults=["negligence"],
        liable=["company"], reason="维保记录缺页",
    )  # fmt: skip
    assert entry(own, "issue_found").data["verdict"] == "founded"


def test_a_finding_says_why_and_who(house: House, own: Case) -> None:
    me = house.actor("甲")
    findings.list_issues(own, me, NOON, texts=["电梯停运"])
    why = refused(
        findings.find, case=own, by=me, at=NOON, issue_id=Issue.objects.get().id,
        finding="founded", reason="",
    )  # fmt: skip
    assert isinstance(why, Invalid)
    assert set(why.fields) == {"faults", "liable", "reason"}


def test_a_disputed_point_has_two_views_and_a_finding(house: House, own: Case) -> None:
    me = house.actor("甲")
    findings.dispute(own, me, NOON, point="停了几次", ours="三次", theirs="一次")
    event = entry(own, "dispute_listed")
    row_id = UUID(event.data["dispute"])
    findings.dispute(own, me, NOON, point="停了几次", ours="三次", theirs="两次", dispute_id=row_id)
    findings.settle(own, me, NOON, dispute_id=row_id, finding="监控显示三次")
    late = refused(
        findings.dispute, case=own, by=me, at=NOON, point="停了几次", ours="四次", theirs="",
        dispute_id=row_id,
    )  # fmt: skip
    assert late.code == "ended"


def test_nothing_is_looked_into_after_the_end(house: House, own: Case) -> None:
    Case.objects.filter(id=own.id).update(state=State.CLOSED.value, open=False)
    why = refused(
        findings.list_issues, case=fresh(own), by=house.actor("甲"), at=NOON, texts=["一项事"]
    )
    assert why.code == "ended"
