"""What a pack forbids or asks for before a move, and what an organisation adds to it (HA-14)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from factories import NOON, House, accepted, fresh, later, make_case, signed_in
from tingsu.cases.actions import close, confirm, escalate, facts
from tingsu.cases.actions.move import move
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move
from tingsu.people import rulebook
from tingsu.people.actor import CUSTOMER
from tingsu.people.models import Organisation, RuleChange

BAN = """
[[move]]
id = "mediate"
since = {day}
forbidden = {{ zh-hans = "本公司不调解。", zh-hant = "本公司不調解。", en = "We do not mediate." }}
source = "公司制度"
"""
ASK = """
[[move]]
id = "investigate"
since = {day}
needs = ["category", "restated", "reason"]
source = "公司制度"
"""


TODAY = NOON.date()


def rule(house: House, text: str, day: date = TODAY) -> None:
    """A rule of the organisation, signed, since a day."""
    RuleChange.objects.create(
        organisation=house.organisation, pack="property", state="signed", since=day,
        texts={"handling.toml": text.format(day=day)}, before={}, proposed_by=house["丁"],
        proposed_at=now(), ended_by=house["管理员"], ended_at=now(),
    )  # fmt: skip
    Organisation.objects.filter(id=house.organisation.id).update(rules_version=1)
    rulebook.forget()


def step(house: House, case: Case, to: Move, reason: str = "") -> None:
    move(fresh(case), house.actor("甲"), later(hours=2), to=to, reason=reason)


def test_a_forbidden_move_is_refused_in_the_packs_words(house: House) -> None:
    rule(house, BAN)
    case = accepted(make_case(house, by="甲"), house)
    with pytest.raises(Refusal) as refused:
        step(house, case, Move.MEDIATE)
    assert refused.value.words == "本公司不调解。"
    step(house, case, Move.INVESTIGATE)
    assert fresh(case).state == "investigating"


def test_the_rule_of_the_day_of_receipt_holds(house: House) -> None:
    rule(house, BAN, later(days=1).date())
    case = accepted(make_case(house, by="甲"), house)
    move(fresh(case), house.actor("甲"), later(days=3), to=Move.MEDIATE)
    assert fresh(case).state == "mediating"


def test_what_is_missing_is_said_all_at_once(house: House) -> None:
    rule(house, ASK)
    case = make_case(house, by="甲")
    move(case, house.actor("甲"), later(hours=1), to=Move.ACCEPT)
    with pytest.raises(Refusal) as refused:
        step(house, case, Move.INVESTIGATE)
    assert refused.value.words == "这一步之前还要：选定类别；复述一遍，请客户说对不对。"


def test_a_reason_is_asked_for_at_its_field(house: House) -> None:
    rule(house, ASK.replace('"category", "restated", ', ""))
    case = accepted(make_case(house, by="甲"), house)
    with pytest.raises(Refusal) as refused:
        step(house, case, Move.INVESTIGATE)
    assert refused.value.field == "reason"
    step(house, case, Move.INVESTIGATE, "去现场看电梯")
    assert fresh(case).state == "investigating"


def test_what_the_customer_does_is_never_refused(house: House) -> None:
    rule(house, ASK)
    case = accepted(make_case(house, by="甲"), house)
    step(house, case, Move.ASK_CONFIRM)
    confirm.confirm(fresh(case), CUSTOMER, later(hours=3), agreed=False, text="电梯今天又停了")
    assert fresh(case).state == "investigating"


def test_a_major_complaint_in_property_waits_for_the_heads_instruction(house: House) -> None:
    case = accepted(make_case(house, by="甲"), house)
    facts.change(fresh(case), house.actor("甲"), later(hours=1), values={"severity": "major"})
    ending: dict[str, Any] = {"verdict": "founded", "reason": "客户出国，电话里说满意"}
    with pytest.raises(Refusal, match="facts_missing"):
        close.close(fresh(case), house.actor("甲"), later(hours=3), **ending)
    escalate.instruct(fresh(case), house.actor("丁"), later(hours=4), text="换新电梯，逐户致歉")
    close.close(fresh(case), house.actor("甲"), later(hours=5), **ending)
    assert fresh(case).state == "closed"


def test_a_forbidden_move_is_not_offered_and_not_taken(house: House) -> None:
    case = accepted(make_case(house, by="甲"), house)
    client: Client = signed_in(house["甲"])
    assert f"/cases/{case.id}/mediate/" in client.get(f"/cases/{case.id}/").text
    rule(house, BAN)
    assert f"/cases/{case.id}/mediate/" not in client.get(f"/cases/{case.id}/").text
    answer = client.post(f"/cases/{case.id}/mediate/", {"version": fresh(case).version})
    assert "本公司不调解。" in answer.text
    assert fresh(case).state == "accepted"
