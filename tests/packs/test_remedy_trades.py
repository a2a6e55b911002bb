"""Remedies of cars, computers, telecom, hotels, property, banks and shops, row by row (HA-8)."""

from collections.abc import Mapping

import pytest

from remedy_rows import NEW, Row, owed, worked
from tingsu.core.remedy import Cut, Value, compute
from tingsu.core.remedy_ways import Right
from tingsu.packs import load
from tingsu.packs.remedies import REMEDIES

PRICE: dict[str, Value] = {"car_wish": "refund", "car_price": 20_000_000}
FEE: dict[str, Value] = {"mileage": 10_000, "use_rate": 5_000, "in_guarantee": 1}
COSTS: dict[str, int] = {"registration": 50_000, "fittings": 30_000, "services": 20_000}
LOSSES = COSTS
USED: dict[str, Value] = {**PRICE, **FEE, **COSTS}
# 200,000 yuan × 10,000 km ÷ 1,000 × 0.5 %
AFTER_USE: dict[str, int] = {"refund": 20_000_000, "use_fee": 1_000_000, **LOSSES}
RENT: dict[str, Value] = {"monthly_rent": 3_000, "month_days": 30}

CARS: list[Row] = [
    ("car.repair", {"in_warranty": 1}, {"repair": 0}),
    ("car.repair", {}, {}),
    ("car.towing", {"in_warranty": 1, "towing": 80_000}, {"towing": 80_000}),
    ("car.main_unit", {"car_days": 60, "mileage": 3_000}, {"unit": 0}),
    ("car.main_unit", {"car_days": 60, "mileage": 3_001}, {}),
    ("car.main_unit", {"car_days": 61, "mileage": 100}, {}),
    ("car.substitute", {"substitute": "car", "in_warranty": 1, "repair_days": 6}, {"car": 0}),
    ("car.substitute", {"substitute": "car", "in_warranty": 1, "repair_days": 5}, {}),
    (
        "car.substitute",
        {"substitute": "money", "in_warranty": 1, "repair_days": 9, "travel_costs": 40_000},
        {"money": 40_000},
    ),
    ("car.seven_days", {**PRICE, **COSTS, "car_days": 7}, {"refund": 20_000_000, **LOSSES}),
    ("car.seven_days", {**PRICE, **COSTS, "car_days": 8}, {}),
    (
        "car.grave_fault",
        {**PRICE, "car_days": 60, "mileage": 3_000},
        {"refund": 20_000_000},  # article 23: no use fee
    ),
    ("car.grave_fault", {**PRICE, "car_days": 10, "mileage": 3_001}, {}),
    (
        "car.safety_repairs",
        {**USED, "safety_repairs": 2, "fault_remains": 1},
        AFTER_USE,
    ),
    ("car.safety_repairs", {**PRICE, **FEE, "safety_repairs": 1, "fault_remains": 1}, {}),
    ("car.unit_changes", {**USED, "unit_changes": 2, "still_unusable": 1}, AFTER_USE),
    ("car.part_changes", {**USED, "part_changes": 2, "still_unusable": 1}, AFTER_USE),
    ("car.repair_time", {**USED, "repair_days_total": 31}, AFTER_USE),
    ("car.repair_time", {**PRICE, **FEE, "repair_days_total": 30}, {}),
    ("car.same_fault", {**USED, "same_fault_repairs": 5}, AFTER_USE),
    ("car.same_fault", {**PRICE, **FEE, "same_fault_repairs": 4}, {}),
    ("car.repair_time", {**PRICE, **FEE, "in_guarantee": 0, "repair_days_total": 31}, {}),
    (
        "car.repair_time",
        {**PRICE, **FEE, "car_wish": "replacement", "repair_days_total": 31},
        {"replacement": 0, "use_fee": 1_000_000},
    ),
]  # fmt: skip

OTHERS: list[tuple[str, str, Mapping[str, Value], Mapping[str, int]]] = [
    (
        "computer", "pc.fault",
        {"pc_wish": "refund", "pc_days": 7, "pc_price": 599_900}, {"refund": 599_900},
    ),
    ("computer", "pc.fault", {"pc_wish": "refund", "pc_days": 8, "pc_price": 599_900}, {}),
    ("computer", "pc.fault", {"pc_wish": "replacement", "pc_days": 15}, {"replacement": 0}),
    ("computer", "pc.fault", {"pc_wish": "replacement", "pc_days": 16}, {}),
    ("computer", "pc.fault", {"pc_wish": "repair", "pc_days": 365}, {"repair": 0}),
    ("computer", "pc.fault", {"pc_wish": "repair", "pc_days": 366}, {}),
    (
        "computer", "pc.fault",
        {"pc_wish": "repair", "pc_days": 730, "main_part": 1}, {"repair_part": 0},
    ),
    ("computer", "pc.fault", {"pc_wish": "repair", "pc_days": 731, "main_part": 1}, {}),
    ("computer", "pc.fault", {"pc_wish": "repair", "pc_days": 3, "user_error": 1}, {}),
    ("computer", "pc.repair_again", {"days_since_repair": 30}, {"repair": 0}),
    ("computer", "pc.repair_again", {"days_since_repair": 31}, {}),
    (
        "telecom", "telecom.late_installation",
        {"installation_fee": 10_000, "days_late": 7}, {"penalty": 700},
    ),
    # 30 yuan × 72 hours ÷ 720 hours
    (
        "telecom", "telecom.fault_town",
        {"monthly_rent": 3_000, "fault_hours": 72, "month_days": 30}, {"rent": 300},
    ),
    ("telecom", "telecom.fault_town", {**RENT, "fault_hours": 48}, {}),
    ("telecom", "telecom.fault_country", {**RENT, "fault_hours": 72}, {}),
    (
        "telecom", "telecom.fault_country",
        {"fault_hours": 73, "monthly_rent": 3_000, "month_days": 31}, {"rent": 294},  # 294.35…
    ),
    (
        "telecom", "telecom.fault_town",
        {"fault_hours": 90, "monthly_rent": 3_000, "month_days": 30, "own_terminal": 1}, {},
    ),
    ("hotel", "hotel.not_provided", {"extra_lodging": 12_000}, {"instead": 0, "extra": 12_000}),
    (
        "hotel", "hotel.deposit_slip",
        {"deposit": 50_000, "consumed": 12_000, "payer_proof": 1, "identity_copied": 1},
        {"deposit": 38_000},
    ),
    ("hotel", "hotel.deposit_slip", {"deposit": 50_000, "payer_proof": 1}, {}),
    ("hotel", "hotel.harm", {"guest_loss": 7_700}, {"loss": 7_700}),
    ("property", "property.repair_failed", {}, {"repair": 0, "apology": 0}),
    (
        "property", "property.paid_by_owner",
        {"own_repair": 30_000, "home_damage": 8_000}, {"repair": 30_000, "damage": 8_000},
    ),
    ("property", "property.errand", {}, {"apology": 0, "visit": 0}),
    ("bank", "bank.fee", {"wrong_fee": 2_500, "fee_interest": 3}, {"fee": 2_500, "interest": 3}),
    ("bank", "bank.not_told", {}, {"explanation": 0, "apology": 0}),
    ("retail", "retail.short", {"short_price": 1_990}, {"price": 1_990}),
    ("retail", "cpl.fraud", {"price": 10_000}, {"extra": 50_000}),  # taken over from general
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "expected"), CARS)
def test_cars(rule: str, facts: Mapping[str, Value], expected: dict[str, int]) -> None:
    assert owed(worked("auto", NEW, rule, facts)) == expected


def test_a_loan_car_is_due_from_day_six() -> None:
    facts: dict[str, Value] = {"substitute": "car", "in_warranty": 1, "repair_days": 9}
    (line,) = worked("auto", NEW, "car.substitute", facts).lines
    assert isinstance(line.line.way, Right)
    assert line.line.way.lasts(facts) == 4


def test_a_use_coefficient_above_half_a_percent_is_named() -> None:
    facts = {**PRICE, **FEE, "use_rate": 5_001, "repair_days_total": 31}
    (trouble,) = worked("auto", NEW, "car.repair_time", facts).troubles
    assert (trouble.fact, trouble.why) == ("use_rate", "rate_high")


def test_the_way_without_a_use_fee_is_the_better_one() -> None:
    """Article 23 and article 24 at once: one car goes back once, without the fee."""
    facts = {**PRICE, **FEE, "car_days": 30, "mileage": 2_000, "repair_days_total": 31}
    outcome = worked("auto", NEW, "car.grave_fault car.repair_time", facts)
    assert owed(outcome) == {"refund": 20_000_000}
    assert {one.why for one in outcome.left_out if one.amount} == {"group"}


def test_a_ground_of_release_ends_the_duty() -> None:
    book = REMEDIES.of(load("auto"))
    rules = [rule for rule in book.on(NEW) if rule.id == "car.repair"]
    misuse = next(one for one in book.reductions_on(NEW) if one.id == "car.misuse")
    assert misuse.rate
    outcome = compute(rules, {"in_warranty": 1}, book.facts, cuts=[Cut(misuse, misuse.rate)])
    assert not outcome.lines
    assert [one.why for one in outcome.left_out] == ["waived"]


@pytest.mark.parametrize(("pack", "rule", "facts", "expected"), OTHERS)
def test_other_trades(
    pack: str, rule: str, facts: Mapping[str, Value], expected: dict[str, int]
) -> None:
    assert owed(worked(pack, NEW, rule, facts)) == expected
