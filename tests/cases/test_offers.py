"""Offers: with whose authority, and the letter that says so (HA-6, HA-8, HA-12, HA-17)."""

from typing import Any

import pytest
from django.test import override_settings

from factories import NOON, House, fresh, kinds, later, make_case
from plans import UNTIL, draft, made, offered, ripe
from tingsu.cases import offer_links
from tingsu.cases.actions.approve import approve, ask
from tingsu.cases.actions.bottom_line import set_line
from tingsu.cases.actions.offer import withdraw
from tingsu.cases.actions.plan import change
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.models import Approval, Case, Event, Letter, Offer
from tingsu.cases.plan_draft import Wanted
from tingsu.cases.remedies import Asking
from tingsu.cases.remedy_kept import Gift
from tingsu.channels.mail.sending import mail_of

GIFT = Gift("gift", 20_001, "送一个月物业费")


@pytest.fixture
def case(house: House) -> Case:
    return ripe(house, email="wang@example.org")


def test_an_offer_opens_the_talks_and_writes_to_the_customer(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house), text="给您添麻烦了，我们想这样补救：")
    now = fresh(case)
    assert now.state == "negotiating"
    assert kinds(case)[-2:] == ["moved", "plan_offered"]
    letter = Letter.objects.get(event_id=row.event_id)
    assert (letter.kind, letter.channel, letter.state) == ("offer", "mail", "waiting")
    for part in (
        "给您添麻烦了",
        "¥500.00",
        "赔礼道歉：经理当面道歉",
        "合计给您 ¥500.00。",
        "2026-09-24 12:00",
    ):
        assert part in letter.body
    entry = Event.objects.get(id=row.event_id)
    assert (entry.public, entry.text) == (True, row.body)
    assert row.authority == {"role": "handler", "limit": 20_000, "used": 0, "wanted": 0}
    assert now.quiet_until
    assert now.quiet_until > NOON


def test_the_link_is_added_when_the_letter_leaves_and_stands_in_no_row(
    case: Case, house: House
) -> None:
    row = offered(case, house, made(case, house))
    letter = Letter.objects.get(event_id=row.event_id)
    with override_settings(PUBLIC_URL="https://example.org"):
        sent = mail_of(letter).body
    token = offer_links.token_of(row)
    assert f"https://example.org/o/yunfan/offer/{token}/" in sent
    assert "打开不等于接受" in sent
    assert token not in letter.body + row.body
    found = offer_links.offer_behind(house.organisation.id, token)
    assert found
    assert found.id == row.id
    with override_settings(PUBLIC_URL=""):
        assert token not in mail_of(letter).body


def test_a_link_opens_its_own_offer_alone(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    token = offer_links.token_of(row)
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    changed = [token[:-1] + one for one in letters if one != token[-1]]
    other = house.organisation.id
    for bad in ("", "x", "!!", "a" * 50, *changed, token + "aaaaaaaa"):
        assert offer_links.offer_behind(other, bad) is None
    case = fresh(case)
    case.code_round += 1
    case.save(update_fields=["code_round"])
    assert offer_links.offer_behind(other, token) is None, "the code was made void"


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        ({"line": 49_999}, "beyond"), ({"consents": (Wanted("other", name="厂家"),)}, "waiting"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said(
    case: Case, house: House, prepare: dict[str, Any], code: str
) -> None:
    row = made(case, house, consents=prepare.get("consents", ()))
    if "line" in prepare:
        set_line(fresh(case), house.actor("甲"), NOON, most=prepare["line"])
    with pytest.raises(Refusal) as refused:
        offered(case, house, row)
    assert refused.value.code == code
    assert not Offer.objects.exists()


def test_nothing_is_offered_before_the_complaint_is_taken_in(house: House) -> None:
    case = make_case(house, by="甲")
    with pytest.raises(Refusal) as refused:
        offered(case, house, made(case, house))
    assert refused.value.code == "early"


def test_a_plan_is_out_once(case: Case, house: House) -> None:
    row = made(case, house)
    offered(case, house, row)
    with pytest.raises(Refusal) as refused:
        offered(case, house, row)
    assert refused.value.code == "out"


def test_more_than_the_authority_is_signed_and_then_offered_at_once(
    case: Case, house: House
) -> None:
    row = made(case, house, asking=Asking(), gifts=(GIFT,))
    with pytest.raises(NeedsApproval) as needed:
        offered(case, house, row, text="请您看看")
    planned = needed.value.planned
    assert needed.value.demand.stages == ("supervisor",)
    assert "¥200.01" in planned.told["words"]
    assert not Offer.objects.exists()
    ask(fresh(case), house.actor("甲"), NOON, planned=planned)
    waiting = Approval.objects.get(case=case)
    approve(fresh(case), house.actor("主管"), later(hours=1), approval_id=waiting.id)
    found = Offer.objects.get(case=case)
    assert found.made_by.name == "主管"
    assert found.authority["approval"] == str(waiting.id)
    assert found.expires_at == UNTIL


def test_the_authority_is_looked_at_at_every_offer(case: Case, house: House) -> None:
    """What was signed once is signed again when the offer is made again."""
    row = made(case, house, asking=Asking(), gifts=(GIFT,))
    for _again in range(2):
        with pytest.raises(NeedsApproval) as needed:
            offered(case, house, row)
        ask(fresh(case), house.actor("甲"), NOON, planned=needed.value.planned)
        waiting = Approval.objects.get(case=case, state="waiting")
        approve(fresh(case), house.actor("主管"), NOON, approval_id=waiting.id)
        out = Offer.objects.get(case=case, state="out")
        withdraw(fresh(case), house.actor("甲"), NOON, offer_id=out.id, reason="先等等")
    assert Offer.objects.filter(case=case).count() == 2


def test_what_was_signed_is_what_is_offered(case: Case, house: House) -> None:
    row = made(case, house, asking=Asking(), gifts=(GIFT,))
    with pytest.raises(NeedsApproval) as needed:
        offered(case, house, row)
    ask(fresh(case), house.actor("甲"), NOON, planned=needed.value.planned)
    more = draft(asking=Asking(), gifts=(Gift("gift", 90_000, "送三个月"),))
    change(fresh(case), house.actor("甲"), NOON, plan_id=row.id, draft=more)
    waiting = Approval.objects.get(case=case)
    with pytest.raises(Refusal) as refused:
        approve(fresh(case), house.actor("主管"), NOON, approval_id=waiting.id)
    assert refused.value.code == "changed"
    assert not Offer.objects.exists()


def test_words_that_hurt_do_not_leave(case: Case, house: House) -> None:
    row = made(case, house)
    with pytest.raises(Invalid) as refused:
        offered(case, house, row, text="这不是我们的责任，爱要不要。")
    assert "override" in refused.value.fields
    offered(case, house, row, text="这不是我们的责任，爱要不要。", override="引用客户原话")
    assert "wording_overridden" in kinds(case)
