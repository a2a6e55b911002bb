"""Local rules and circumstances: of an organisation for all its cases, of one case (HA-14)."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from factories import NOON, House, accepted, answered, fresh, later, make_case
from tingsu.cases._screening import bar_of, checklist
from tingsu.cases.actions import close, facts
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Clock, Event
from tingsu.cases.queries.portal import time_limits
from tingsu.core.clock import extend, from_json
from tingsu.packs import calendar_of, load

SHANGHAI = ZoneInfo("Asia/Shanghai")


def running(case: Case) -> dict[str, str]:
    """Rule and due day of what runs."""
    rows = Clock.objects.filter(case=case, state__in=("running", "paused", "breached"))
    return {row.rule: str(row.due_at.astimezone(SHANGHAI).date()) for row in rows}


def choose(case: Case, house: House, *variants: str) -> None:
    facts.change(case, house.actor("甲"), later(hours=1), values={"variants": list(variants)})


def test_a_standing_rule_of_the_organisation_holds_for_every_new_case(house: House) -> None:
    assert "cn.property.hz" not in running(make_case(house))
    house.organisation.variants = ["property.hangzhou", "telecom.chongqing", "tourism.shanghai"]
    case = make_case(house)
    assert case.variants == ["hangzhou"]
    # 10 days from 21 September end on 1 October; National Day and its days off until the 7th.
    assert running(case)["cn.property.hz"] == "2026-10-08"
    assert make_case(house, pack="telecom").variants == ["chongqing"]
    assert make_case(house, pack="general").variants == []


def test_the_public_page_promises_what_holds_here() -> None:
    on = date(2026, 9, 21)
    usual = {limit.label for limit in time_limits(load("tourism"), on)}
    here = {limit.label for limit in time_limits(load("tourism"), on, ["tourism.shandong"])}
    assert "审查决定（山东）" in here - usual
    assert "审查决定" in usual - here


def test_a_case_gets_its_rule_counted_from_the_beginning(house: House) -> None:
    case = make_case(house, pack="tourism")
    assert running(case)["cn.tour.screen"] == "2026-09-29"  # Mid-Autumn on the 25th
    choose(case, house, "shandong")
    assert running(case) == {
        "cn.cpl.dept": "2026-10-08",
        "cn.tour.shandong_screen": "2026-09-24",
        "cn.tour.shandong": "2026-11-05",
    }
    entry = Event.objects.get(case=case, kind="facts_changed")
    assert entry.data["started"] == ["cn.tour.shandong_screen", "cn.tour.shandong"]
    assert entry.data["ended"] == ["cn.tour.screen"]


def test_taken_back_everything_is_as_it_was(house: House) -> None:
    case = make_case(house, pack="tourism")
    before = running(case)
    choose(case, house, "shandong")
    choose(case, house)
    assert running(case) == before


def test_what_is_met_does_not_begin_again(house: House) -> None:
    case = accepted(make_case(house, pack="tourism"), house)
    choose(case, house, "shandong")
    assert "cn.tour.shandong_screen" not in running(case)  # it was accepted in time
    assert "cn.tour.shandong" in running(case)  # no decision yet
    told = answered(make_case(house, pack="tourism"), house)
    choose(told, house, "shanghai")
    assert "cn.tour.shanghai" not in running(told)


def test_a_clock_that_was_extended_keeps_its_rule(house: House) -> None:
    case = make_case(house, pack="tourism")
    [row] = Clock.objects.filter(case=case, rule="cn.tour.screen")
    calendar = calendar_of(load("tourism"))
    row.explanation = extend(from_json(row.explanation), 2, "wd", calendar).to_json()
    row.save()
    choose(case, house, "shandong")
    assert set(running(case)) == {"cn.cpl.dept", "cn.tour.screen", "cn.tour.shandong"}


def test_what_the_pack_does_not_know_is_refused(house: House) -> None:
    case = make_case(house)
    with pytest.raises(Invalid) as refused:
        choose(case, house, "atlantis")
    assert set(refused.value.fields) == {"variants"}


def test_a_new_round_begins_none_of_the_first(house: House) -> None:
    case = answered(make_case(house, pack="tourism"), house)
    close.close(case, house.actor("甲"), NOON, verdict="unfounded", reason="已答复")
    close.reopen(fresh(case), house.actor("甲"), later(days=1), reason="又来了")
    choose(fresh(case), house, "shanghai")
    assert running(case) == {}


def test_the_limit_on_an_order_that_was_passed_on_is_the_next_date(house: House) -> None:
    def received(**facts: str) -> Case:
        told = {"from_body": "12345", **facts}
        return make_case(house, pack="hotline", channel="transfer", channel_facts=told)

    case = received(their_due="2026-09-22")
    assert str(case.planned_at.astimezone(SHANGHAI)) == "2026-09-22 23:59:59+08:00"  # type: ignore[union-attr]
    assert received(their_due="2026-09-20").planned_at is None  # over already
    assert received(their_due="十日内").planned_at is None
    assert received().planned_at is None
    urgent = received(their_due="2026-09-21")
    assert urgent.next_at == min(urgent.planned_at, urgent.quiet_until)  # type: ignore[type-var]


def test_a_circumstance_that_the_law_no_longer_knows_takes_no_time_bar_away(house: House) -> None:
    house.organisation.kind = "authority"
    house.organisation.save()
    case = make_case(house, pack="tourism")
    choose(case, house, "deposit")
    [bar] = [one for one in checklist(fresh(case)).items if one.clocks]
    rule = bar_of(fresh(case), bar)
    assert rule is not None
    assert (rule.id, rule.n) == ("cn.tour.timebar", 90)
