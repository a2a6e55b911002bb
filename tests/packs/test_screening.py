"""The check lists of the packs: whole, cited, and with no effect that the pack does not have."""

from datetime import date

import pytest

from tingsu.core.screening import Effect, Kind, Outcome
from tingsu.packs import available, load
from tingsu.packs.screening import SCREENING, CheckList

TODAY = date(2026, 11, 22)
DAYS = (date(2005, 6, 1), date(2024, 3, 1), date(2026, 4, 14), date(2026, 4, 15), TODAY)
LEADS = {
    Effect.REFUSE: Outcome.REFUSE,
    Effect.TRANSFER: Outcome.TRANSFER,
    Effect.REFER: Outcome.REFER,
    Effect.COMPLETE: Outcome.COMPLETE,
}


def listed(pack: str, day: date, house: str = "authority") -> CheckList:
    return SCREENING.of(load(pack)).on(day, house)


def codes(found: CheckList) -> set[str]:
    return {one.item.code for one in found.checks}


@pytest.mark.parametrize("pack", available())
@pytest.mark.parametrize("house", ["authority", "company"])
def test_no_item_leads_where_the_pack_does_not_go(pack: str, house: str) -> None:
    for day in DAYS:
        found = listed(pack, day, house)
        for item in found.items:
            for effect in (item.no, item.unknown):
                assert LEADS.get(effect, Outcome.ACCEPT) in found.allowed, (item.code, effect)


@pytest.mark.parametrize("pack", available())
def test_what_leads_somewhere_says_why_in_three_languages(pack: str) -> None:
    for house in ("authority", "company"):
        for one in listed(pack, DAYS[-1], house).checks:
            assert set(one.labels) == {"zh-hans", "zh-hant", "en"}
            if one.item.no is Effect.REFUSE:
                assert set(one.reason) == {"zh-hans", "zh-hant", "en"}, one.item.code
                assert one.act or one.source


@pytest.mark.parametrize("pack", available())
def test_a_company_refuses_nobody_by_list(pack: str) -> None:
    effects = {item.no for item in listed(pack, DAYS[-1], "company").items}
    assert Effect.REFUSE not in effects


def test_order_121_knows_no_transfer_and_refuses_for_missing_material() -> None:
    found = listed("general", date(2026, 4, 15))
    assert found.allowed == (Outcome.ACCEPT, Outcome.REFUSE)
    material = found.check("material")
    assert material is not None
    assert (material.item.no, material.article) == (Effect.REFUSE, "16(5)")


def test_order_20_holds_for_what_was_received_before() -> None:
    before, after = listed("general", date(2026, 4, 14)), listed("general", date(2026, 4, 15))
    assert {one.act for one in before.checks if one.only} == {"cn.samr.20"}
    assert {one.act for one in after.checks if one.only} == {"cn.samr.121"}
    assert codes(after) - codes(before) == {"true_identity", "true_material"}


def test_tourism_has_all_five_and_demands_the_list() -> None:
    found = listed("tourism", DAYS[-1])
    assert set(found.allowed) == set(Outcome)
    assert found.required
    assert not listed("tourism", DAYS[-1], "company").required
    assert not {"power", "consumer"} & codes(found)


def test_the_time_bar_of_tourism_by_the_day_of_receipt() -> None:
    old, new = (listed("tourism", day).check("tour.in_time") for day in (DAYS[0], DAYS[-1]))
    assert old is not None
    assert new is not None
    assert old.item.clocks == ("cn.tour.timebar_deposit", "cn.tour.timebar")
    assert (new.item.clocks, new.article) == (("cn.tour.timebar",), "9(4)")
    assert old.labels == new.labels


@pytest.mark.parametrize(
    ("pack", "people", "speak", "fits"),
    [
        ("tourism", 3, 0, True),
        ("tourism", 4, 0, False),
        ("tourism", 4, 1, True),
        ("tourism", 40, 3, True),
        ("tourism", 40, 4, False),
        ("bank", 2, 5, True),
        ("bank", 9, 6, False),
        ("general", 2, 2, True),
        ("general", 2, 3, False),
    ],
)
def test_how_many_speak_for_the_others(pack: str, people: int, speak: int, fits: bool) -> None:
    joint = listed(pack, DAYS[-1]).joint
    assert joint is not None
    assert joint.fits(people, speak) == fits


@pytest.mark.parametrize("pack", ["general", "tourism", "telecom", "bank", "hotel"])
def test_a_refusal_names_the_other_ways(pack: str) -> None:
    routes = listed(pack, DAYS[-1]).routes
    assert any("诉讼" in route["zh-hans"] for route in routes)
    assert any("仲裁" in route["zh-hans"] for route in routes)


def test_every_kind_stands_in_some_pack() -> None:
    found = {
        item.kind
        for pack in available()
        for house in ("authority", "company")
        for item in listed(pack, DAYS[-1], house).items
    }
    assert found == set(Kind)
