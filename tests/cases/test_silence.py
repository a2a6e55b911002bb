"""The customer's word at the end: silence, a signature on the result, what is given beyond."""

import json
from typing import Any

import pytest

from endings import REFUND, RULING, both_sign, doing, drafted, line, put_up
from factories import NOON, House, accepted, answered, fresh, later, make_case
from hands import stroke
from tingsu import work
from tingsu.cases.actions import (
    ask_again,
    document,
    perform,
    rule_on,
    sign,
    take_on,
)
from tingsu.cases.actions.approve import approve, ask
from tingsu.cases.actions.close import close
from tingsu.cases.actions.confirm import confirm
from tingsu.cases.actions.sign import Hand
from tingsu.cases.errors import Invalid, NeedsApproval
from tingsu.cases.models import (
    Agreement,
    Approval,
    Case,
    CheckAsked,
    Decision,
    Event,
    Letter,
    Obligation,
    Signing,
)
from tingsu.core.ending import Line
from tingsu.documents.issuing import issue_draft
from tingsu.people.actor import CUSTOMER


@pytest.fixture
def case(house: House) -> Case:
    return accepted(make_case(house, by="甲"), house)


@pytest.fixture
def by(house: House) -> Any:
    return house.actor("甲")


def test_silence_is_counted_told_and_never_closes_by_itself(house: House, by: Any) -> None:
    case = answered(make_case(house, by="甲"), house)
    assert CheckAsked.objects.get(case=case).until > later(days=4)
    work.endings(later(days=20))
    assert Event.objects.get(case=case, kind="customer_silent").data == {
        "times": 1, "enough": False,
    }  # fmt: skip
    assert fresh(case).planned_at == later(days=20)
    ask_again.ask_again(case, by, later(days=20))
    assert Letter.objects.filter(case=case, kind="notice").count() == 1
    work.endings(later(days=40))
    assert Event.objects.filter(case=case, kind="customer_silent").latest("seq").data["enough"]
    assert fresh(case).state == "confirming"
    assert not work.endings(later(days=60))


def test_an_answer_ends_the_waiting(house: House) -> None:
    case = answered(make_case(house, by="甲"), house)
    confirm(case, CUSTOMER, later(hours=1), agreed=True)
    assert CheckAsked.objects.get(case=case).state == "answered"
    assert not work.endings(later(days=20))


def test_where_the_pack_closes_silent_cases_the_worker_does_and_only_when_nothing_is_open(
    house: House, by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tingsu.cases.actions import ask_again as asked
    from tingsu.core.ending import NoAnswer

    monkeypatch.setattr(asked, "no_answer", lambda _case: NoAnswer(1, 5, "wd", closes=True))
    case = answered(make_case(house, by="甲"), house)
    work.endings(later(days=20))
    now = fresh(case)
    assert (now.state, now.outcome) == ("closed", "unconfirmed")


def test_a_binding_rule_keeps_a_case_open_until_the_customer_was_asked_enough(
    house: House, by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tingsu.cases import _closing
    from tingsu.core.ending import NoAnswer

    monkeypatch.setattr(_closing, "no_answer", lambda _case: NoAnswer(1, 5, "wd", binding=True))
    case = answered(make_case(house, by="甲"), house)
    with pytest.raises(Invalid) as refused:
        close(case, by, NOON, verdict="founded", reason="没回话")
    assert set(refused.value.fields) == {"silence"}
    work.endings(later(days=20))
    close(case, by, later(days=20), verdict="founded", reason="没回话")


def test_the_customer_signs_the_result_and_that_is_their_word(house: House, by: Any) -> None:
    case = answered(make_case(house, by="甲"), house)
    told: dict[str, Any] = {
        "about": "result",
        "subject": case.id,
        "title": "处理结果",
        "text": "已修好",
    }
    made = sign.ask(case, by, NOON, role="complainant", name="王小明", **told)[1]
    hand = Hand("王小明", True, stroke(), "link")
    sign.sign(case, CUSTOMER, later(hours=1), signing_id=made, hand=hand)
    now = fresh(case)
    assert (now.confirmed_at, now.state) == (later(hours=1), "confirming")


def test_extra_service_is_costed_and_signed_above_the_authority(
    case: Case, by: Any, house: House
) -> None:
    visit = Line("visit", "下月上门回访一次")
    take_on.plan_extra(case, by, NOON, line=visit, cost=0, reason="老人独居")
    take_on.plan_extra(case, by, NOON, line=Line("gift", "一箱水果"), cost=9_900, reason="久等了")
    with pytest.raises(NeedsApproval) as needed:
        take_on.plan_extra(case, by, NOON, line=Line("gift", "免一年"), cost=90_000, reason="很久")
    assert needed.value.demand.stages == ("supervisor",)
    rows = Obligation.objects.filter(case=case, source="extra")
    assert sorted(row.cost for row in rows) == [0, 9_900]
    assert fresh(case).owed_open == 0
    gift = line(case, "gift")
    perform.perform(case, by, NOON, obligation_id=gift.id, doing=doing(fen=8_800, how="门卫处签收"))
    gift.refresh_from_db()
    assert (gift.state, gift.done_fen) == ("done", 8_800)


def test_a_second_click_does_nothing_twice(case: Case, by: Any) -> None:
    made = drafted(case, by, REFUND)
    put_up(case, by, made)
    both_sign(case, by, made)
    owed = line(case, "refund")
    told = doing(fen=10_000, reference="1")
    for _click in range(2):
        perform.perform(case, by, NOON, obligation_id=owed.id, doing=told, key="once")
    owed.refresh_from_db()
    assert owed.done_fen == 10_000


def test_the_paper_shows_the_signatures_that_were_drawn(case: Case, by: Any) -> None:
    made = drafted(case, by, REFUND)
    put_up(case, by, made)
    both_sign(case, by, made)
    paper = Agreement.objects.get(id=made).document
    assert paper
    move_on = fresh(case)
    issue_draft(
        move_on, by, later(hours=2),
        document_id=paper.id, signatory="甲", checked_at="https://t/verify/",
    )  # fmt: skip
    paper.refresh_from_db()
    parties = json.loads(paper.paper)["parties"]
    assert [row[0] for row in parties] == ["投诉人", "被投诉方"]
    assert all(row[2].startswith("<svg") and "data:image/png" in row[2] for row in parties)
    digest = Signing.objects.filter(subject=made).values_list("text_hash", flat=True)[0]
    assert digest[:16] in parties[0][3]


def test_what_the_head_signed_is_not_signed_again_on_its_paper(house: House) -> None:
    house.organisation.packs, house.organisation.kind = ["tourism"], "authority"
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism", respondent_unit="某旅行社", request="退款")
    Case.objects.filter(id=case.id).update(state="deciding")
    case, by = fresh(case), house.actor("甲")
    with pytest.raises(NeedsApproval) as needed:
        rule_on.decide(case, by, NOON, ruling=RULING)
    asked = ask(case, by, NOON, planned=needed.value.planned)
    row = Approval.objects.get(case=case)
    approve(asked.case, house.actor("丁"), NOON, approval_id=row.id, text="同意")
    paper = Decision.objects.get(case=case).document
    assert paper
    told: dict[str, Any] = {
        "document_id": paper.id, "signatory": "甲", "checked_at": "https://t/verify/",
    }  # fmt: skip
    document.fill(
        fresh(case), document_id=paper.id, values={"terms": "退还 3000 元"}, language="zh-hans"
    )
    with pytest.raises(NeedsApproval):
        issue_draft(fresh(case), by, NOON, **told)
    document.fill(
        fresh(case), document_id=paper.id, values={"terms": "退还 300 元"}, language="zh-hans"
    )
    issue_draft(fresh(case), by, NOON, **told)
    entry = Event.objects.get(case=case, kind="document_issued")
    assert entry.data["approval"] == str(row.id)
