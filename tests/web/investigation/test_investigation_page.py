"""The investigation wing: its page, its steps, its card (HA-4, SC-4)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, accepted, fresh, kinds, make_case, make_member, signed_in
from tingsu.cases.actions import findings, inquiry, minutes, ties
from tingsu.cases.models import AnswerLink, Case, Evidence, Issue, Minutes, Signing, Tie
from tingsu.people.permission import Role
from tingsu.web.investigation.card import card

TALK = "问：那天谁值班？\n答：是我。"


@pytest.fixture
def own(house: House) -> Case:
    """A case of 甲, accepted."""
    return accepted(make_case(house, by="甲", request="修好电梯。公开道歉。"), house)


def page(house: House, case: Case, who: str = "甲") -> str:
    answer = signed_in(house[who]).get(f"/cases/{case.id}/investigation/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def step(house: House, case: Case, path: str, who: str = "甲", /, **told: Any) -> Any:
    return signed_in(house[who]).post(f"/cases/{case.id}/{path}/", told)


def test_it_begins_with_what_the_request_suggests(house: House, own: Case) -> None:
    html = page(house, own)
    assert "<li>修好电梯</li>" in html
    form = signed_in(house["甲"]).get(f"/cases/{own.id}/issues/").content.decode()
    assert "修好电梯\n公开道歉" in form


def test_the_whole_way_through_the_browser(house: House, own: Case) -> None:
    assert step(house, own, "issues", texts="修好电梯\n公开道歉").status_code == 303
    first, second = Issue.objects.order_by("position")
    told = {"row": str(first.id), "finding": "founded", "faults": ["negligence"]}
    told |= {"liable": ["company"], "reason": "维保记录缺页"}
    assert step(house, own, "issue-find", **told).status_code == 303
    told = {"row": str(second.id), "finding": "unfounded", "reason": "没有约定"}
    assert step(house, own, "issue-find", **told).status_code == 303
    html = page(house, own)
    assert "核查结论是「部分有效」" in html
    assert "维保记录缺页" in html
    assert "由公司负责" in html
    close = signed_in(house["甲"]).get(f"/cases/{own.id}/close/").content.decode()
    assert re.search(r'value="partly"[^>]*checked', close)


def test_a_finding_that_is_refused_keeps_what_was_typed(house: House, own: Case) -> None:
    findings.list_issues(own, house.actor("甲"), now(), texts=["修好电梯"])
    row = str(Issue.objects.get().id)
    answer = step(house, own, "issue-find", row=row, finding="founded", reason="因为……")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "因为……" in html
    assert "故意、过失、失误还是服务质量差" in html


def test_plan_talk_evidence_dispute_and_test_are_steps(house: House, own: Case) -> None:
    soon = f"{now() + timedelta(days=9):%Y-%m-%dT%H:%M}"
    done = [
        step(house, own, "inquiry-plan", what="调监控", member=str(house["甲"].id)),
        step(house, own, "investigator", member=str(house["丁"].id)),
        step(house, own, "interview", person="张师傅", capacity="staff", text=TALK),
        step(house, own, "spot-check", person="王小明", capacity="complainant", text="监控：停了"),
        step(house, own, "evidence", what="合同", kind="document", giver="complainant",
             original="yes", kept_at="档案柜"),
        step(house, own, "dispute", point="停了几次", ours="三次"),
        step(house, own, "expert", kind="test", body="质检院", question="合格吗", pause="on"),
        step(house, own, "respond-ask", unit="维保公司", due_at=soon),
        step(house, own, "recusal", member=str(house["甲"].id), asked_for="self", reason="是亲戚"),
    ]  # fmt: skip
    assert [one.status_code for one in done] == [303] * len(done)
    html = page(house, own)
    there = "调监控 张师傅 那天谁值班 监控 合同 停了几次 质检院 维保公司 是亲戚".split()
    assert [words for words in there if words not in html] == []
    assert f"/o/yunfan/respond/{AnswerLink.objects.get().id}/" in html
    case_page = signed_in(house["甲"]).get(f"/cases/{own.id}/").content.decode()
    assert "还没有列出投诉的问题" in case_page


def test_a_talk_is_read_back_and_signed(house: House, own: Case) -> None:
    step(house, own, "interview", person="张师傅", capacity="staff", text=TALK)
    row = str(Minutes.objects.get().id)
    assert step(house, own, "minutes-read", row=row).status_code == 303
    assert step(house, own, "minutes-sign", row=row, name="张师傅", role="staff").status_code == 303
    url = f"/cases/{own.id}/sign/{Signing.objects.get().id}/"
    html = page(house, own)
    assert url in html
    signed = signed_in(house["甲"]).post(url, {"name": "张师傅", "agreed": "on", "how": "typed"})
    assert signed.headers["Location"] == f"/cases/{own.id}/investigation/"
    assert step(house, own, "minutes-paper", row=row).status_code == 303
    assert kinds(own)[-1] == "document_drafted"


def test_who_keeps_away_is_not_offered_and_is_told(house: House) -> None:
    member = make_member(house, "李小娜", Role.HANDLER, house.first)
    case = make_case(house, by="甲", respondent_person="前台李小娜")
    form = signed_in(house["甲"]).get(f"/cases/{case.id}/investigator/").content.decode()
    assert "李小娜" not in form.split("<form", 1)[1]
    html = page(house, case)
    assert "投诉里提到李小娜" in html
    answer = signed_in(member).post(f"/cases/{case.id}/evidence/", {"what": "x"})
    assert answer.status_code in (404, 422)


def test_a_supervisor_decides_on_recusal(house: House, own: Case) -> None:
    ties.ask_recusal(
        own, house.actor("甲"), now(), member=house["甲"], asked_for="self", reason="是亲戚"
    )
    row = str(Tie.objects.get().id)
    refused = step(house, own, "recusal-decide", row=row, granted="yes", reason="好")
    assert refused.status_code == 403
    assert "决定" in page(house, own, "主管")
    granted = step(house, own, "recusal-decide", "主管", row=row, granted="yes", reason="属实")
    assert granted.status_code == 303
    assert fresh(own).owner_id is None


def test_those_who_do_not_talk_with_customers_see_no_names(house: House, own: Case) -> None:
    at = now()
    minutes.record(
        own, house.actor("甲"), at, kind="interview", person="王小明", capacity="complainant",
        held_at=at, place="", present="李大力", text="问：电话？\n答：13800001234",
    )  # fmt: skip
    html = page(house, own, "督查")
    assert "王小明" not in html
    assert "李大力" not in html
    assert "13800001234" not in html


def test_evidence_shows_its_chain(house: House, own: Case) -> None:
    step(house, own, "evidence", what="插头", kind="object", giver="complainant", original="yes",
         kept_at="前台")  # fmt: skip
    row = str(Evidence.objects.get().id)
    step(house, own, "evidence-move", row=row, to="小陈", kept_at="保险柜 3")
    assert "小陈 · 保险柜 3" in page(house, own)


def test_the_page_costs_the_same_however_long_it_is(
    house: House, own: Case, django_assert_max_num_queries: Any
) -> None:
    me, at = house.actor("甲"), now()
    findings.list_issues(own, me, at, texts=[f"第 {n} 个问题" for n in range(15)])
    for n in range(12):
        inquiry.plan_point(own, me, at, what=f"查 {n}")
        findings.dispute(own, me, at, point=f"争 {n}", ours="是", theirs="否")
    browser = signed_in(house["甲"])
    browser.get(f"/cases/{own.id}/investigation/")
    with django_assert_max_num_queries(34):
        browser.get(f"/cases/{own.id}/investigation/")


def test_a_card_without_an_investigation_costs_nothing(
    house: House, own: Case, django_assert_num_queries: Any
) -> None:
    who = house.who("甲")
    with django_assert_num_queries(0):
        assert card(who, own, now()) is None
