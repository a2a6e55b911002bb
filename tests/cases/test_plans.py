"""Plans put together, changed, put in order, agreed to, dropped; how far we go (HA-6, HA-16)."""

from typing import Any

import pytest

from factories import NOON, House, fresh, kinds
from plans import FRAUD, draft, made, offered, ripe
from tingsu.cases.actions.bargain import bargain
from tingsu.cases.actions.bottom_line import set_line
from tingsu.cases.actions.plan import change, drop, make, order
from tingsu.cases.actions.plan_consent import consent
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import BottomLine, Case, Event, RemedyPlan
from tingsu.cases.plan_draft import Wanted
from tingsu.cases.remedies import Asking
from tingsu.cases.remedy_kept import Gift


@pytest.fixture
def case(house: House) -> Case:
    return ripe(house)


def places(case: Case) -> list[str]:
    rows = RemedyPlan.objects.filter(case=case).exclude(state="dropped").order_by("place")
    return [row.name for row in rows]


def test_a_plan_keeps_its_lines_its_costs_and_how_it_was_weighed(case: Case, house: House) -> None:
    weighed = {"benefit": "客户留下", "risk": "别家效仿", "odd": "不认识的"}
    row = made(
        case, house, own_cost=3_000, own_cost_for="上门工时", feasible="easy", weighed=weighed
    )
    assert (row.owed, row.goodwill, row.own_cost, row.place) == (50_000, 0, 3_000, 1)
    assert row.weighed == {"benefit": "客户留下", "risk": "别家效仿"}
    assert row.outcome["words"]["en"]["lines"][0]["shown"] == "¥500.00"
    assert fresh(case).plans == 1
    entry = Event.objects.get(case=case, kind="plan_made")
    assert (entry.public, entry.data["name"]) == (False, "赔付并道歉")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"asking": Asking(), "gifts": ()}, "s"),
        ({"asking": Asking(("cpl.fraud",), {})}, "f.price"),
        ({"gifts": (Gift("gift", 0, "花"),)}, "g"),
        ({"own_cost": -1}, "own_cost"),
        ({"own_cost": 5}, "own_cost_for"),
        ({"feasible": "sure"}, "feasible"),
        ({"weighed": {"risk": "长" * 401}}, "risk"),
        ({"consents": (Wanted("department", "nobody"),)}, "consents"),
        ({"consents": (Wanted("role", "king"),)}, "consents"),
        ({"consents": (Wanted("ghost", "x"),)}, "consents"),
        ({"consents": tuple(Wanted("other", name=f"厂家{n}") for n in range(7))}, "consents"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(
    case: Case, house: House, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make(case, house.actor("甲"), NOON, draft=draft(**more))
    assert set(refused.value.fields) == {field}
    assert not RemedyPlan.objects.exists()


def test_four_are_enough(case: Case, house: House) -> None:
    for n in range(4):
        made(fresh(case), house, name=f"方案{n}")
    with pytest.raises(Refusal) as refused:
        made(fresh(case), house)
    assert refused.value.code == "too_many"
    first = RemedyPlan.objects.get(place=1)
    drop(fresh(case), house.actor("甲"), NOON, plan_id=first.id, reason="客户不要实物")
    assert made(fresh(case), house, name="第五个").place == 5


def test_the_order_of_offering_is_ours(case: Case, house: House) -> None:
    for name in "甲乙丙":
        last = made(fresh(case), house, name=name)
    order(fresh(case), house.actor("甲"), NOON, plan_id=last.id, earlier=True)
    assert places(case) == ["甲", "丙", "乙"]
    order(fresh(case), house.actor("甲"), NOON, plan_id=last.id, earlier=False)
    assert places(case) == ["甲", "乙", "丙"]


def test_a_change_of_what_is_given_asks_those_who_agreed_again(case: Case, house: House) -> None:
    wanted = (Wanted("role", "supervisor"),)
    row = made(case, house, consents=wanted)
    consent(
        fresh(case), house.actor("主管"), NOON, plan_id=row.id, code="role:supervisor", agreed=True
    )
    by = house.actor("甲")
    change(fresh(case), by, NOON, plan_id=row.id, draft=draft("换个名字", consents=wanted))
    row.refresh_from_db()
    assert (row.name, row.version, row.consents[0]["state"]) == ("换个名字", 1, "agreed")
    more = draft(asking=FRAUD, gifts=(Gift("gift", 5_000, "果篮"),), consents=wanted)
    change(fresh(case), by, NOON, plan_id=row.id, draft=more)
    row.refresh_from_db()
    assert (row.goodwill, row.version, row.consents[0]["state"]) == (5_000, 2, "waiting")


def test_what_the_customer_has_is_not_changed(case: Case, house: House) -> None:
    row = made(case, house)
    offered(case, house, row)
    by = house.actor("甲")
    with pytest.raises(Refusal) as refused:
        change(fresh(case), by, NOON, plan_id=row.id, draft=draft())
    assert refused.value.code == "out"
    with pytest.raises(Refusal) as refused:
        drop(fresh(case), by, NOON, plan_id=row.id, reason="不要了")
    assert refused.value.code == "out"


def test_their_own_word_or_how_it_came(case: Case, house: House) -> None:
    wanted = (
        Wanted("department", str(house.second.id)),
        Wanted("member", str(house["丁"].id)),
        Wanted("other", name="厂家"),
    )
    row = made(case, house, consents=wanted)
    assert [one["name"] for one in row.consents] == ["工程部", "丁", "厂家"]
    say: dict[str, Any] = {"plan_id": row.id, "agreed": True}
    consent(fresh(case), house.actor("乙"), NOON, code=wanted[0].code, **say)
    with pytest.raises(Invalid) as refused:
        consent(fresh(case), house.actor("甲"), NOON, code=wanted[2].code, **say)
    assert "电话" in refused.value.fields["text"]
    consent(fresh(case), house.actor("甲"), NOON, code=wanted[2].code, text="厂家来函同意", **say)
    with pytest.raises(Invalid):
        consent(
            fresh(case), house.actor("丁"), NOON, plan_id=row.id, code=wanted[1].code, agreed=False
        )
    row.refresh_from_db()
    assert [one["state"] for one in row.consents] == ["agreed", "waiting", "agreed"]
    own = [one.data["own"] for one in Event.objects.filter(kind="plan_consent").order_by("seq")]
    assert own == [True, False]


def test_the_line_is_sealed_and_told_to_nobody(case: Case, house: House) -> None:
    set_line(case, house.actor("甲"), NOON, most=123_456, words="不公开道歉")
    row = BottomLine.objects.get(case=case)
    assert (row.most, row.words) == ("123456", "不公开道歉")
    assert b"123456" not in bytes(row.most_sealed)
    entry = Event.objects.get(case=case, kind="line_set")
    assert (entry.text, entry.data, entry.public) == ("", {}, False)
    set_line(fresh(case), house.actor("主管"), NOON, most=None, words="不换整机")
    assert [one.words for one in BottomLine.objects.filter(case=case)] == ["不换整机"]
    with pytest.raises(Invalid):
        set_line(fresh(case), house.actor("甲"), NOON, most=None)


def test_a_talk_is_kept_with_its_tactics_and_is_a_contact(case: Case, house: House) -> None:
    quiet = case.quiet_until
    bargain(
        case, house.actor("甲"), NOON, text="客户要求退全款", channel="visit",
        tactics=["hold_the_line", "same_side"], present="主管", agreed="运费由我们出",
    )  # fmt: skip
    entry = Event.objects.get(case=case, kind="negotiated")
    assert entry.data == {
        "channel": "visit", "tactics": ["same_side", "hold_the_line"], "present": "主管",
        "agreed": "运费由我们出",
    }  # fmt: skip
    now = fresh(case)
    assert now.contacted_at == NOON
    assert now.quiet_until
    assert quiet
    assert now.quiet_until >= quiet
    with pytest.raises(Invalid):
        bargain(now, house.actor("甲"), NOON, text="谈了", tactics=["shouting"])


def test_a_repeated_submit_makes_one_plan(case: Case, house: House) -> None:
    for _again in range(2):
        make(fresh(case), house.actor("甲"), NOON, draft=draft(), key="once")
    assert RemedyPlan.objects.filter(case=case).count() == 1
    assert kinds(case).count("plan_made") == 1
