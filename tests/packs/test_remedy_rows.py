"""Every row of the tables of remedies, worked out (HA-8). Sums in fen; rates in millionths."""

from collections.abc import Mapping

import pytest

from remedy_rows import NEW, OLD, Row, owed, worked
from tingsu.core.remedy import Value

HANDOUT: list[Row] = [
    (
        "tour.grade",
        {"agreed_amount": 498_000, "actual_cost": 400_000},
        {"difference": 98_000, "penalty": 98_000},
    ),
    (
        "tour.cancelled",
        {"prepayment": 200_000, "notice_days": 2},
        {"prepayment": 200_000, "home": 20_000},
    ),
    ("tour.cancelled", {"prepayment": 200_000, "notice_days": 3}, {"prepayment": 200_000}),
    (
        "tour.cancelled",
        {"prepayment": 200_000, "notice_days": 6, "abroad": 1},
        {"prepayment": 200_000, "abroad": 20_000},
    ),
    (
        "tour.cancelled",
        {"prepayment": 200_000, "notice_days": 7, "abroad": 1},
        {"prepayment": 200_000},
    ),
    # 1,300 − 1,000 × 1.15
    ("tour.price_gap", {"paid_price": 130_000, "other_price": 100_000}, {"gap": 15_000}),
    ("tour.price_gap", {"paid_price": 115_000, "other_price": 100_000}, {}),
    ("tour.fake_goods", {"fake_goods": 88_800}, {"price": 88_800}),
    (
        "tour.delay",
        {
            "delay_choice": "goes_on", "delay_costs": 60_000, "tour_price": 500_000,
            "delay_rate": 50_000, "delay_days": 2,
        },
        {"costs": 60_000, "penalty": 50_000},
    ),
    (
        "tour.delay",
        {
            "delay_choice": "ends", "return_costs": 70_000, "unfinished": 150_000,
            "direct_loss": 20_000, "tour_price": 500_000, "delay_rate": 0, "delay_days": 1,
        },
        {"return": 70_000, "unfinished": 150_000, "loss": 20_000},
    ),
    (
        "tour.lower_grade",
        {"paid_grade": 120_000, "actual_grade": 80_000},
        {"difference": 40_000, "penalty": 8_000},
    ),
    ("tour.meal", {"meal_price": 30_000}, {"meal": 6_000}),
    (
        "tour.sight_closed",
        {"closed_ticket": 18_000, "closed_guide_fee": 2_000},
        {"ticket": 20_000, "penalty": 4_000},
    ),
    ("tour.other_operator", {"operator_loss": 45_000}, {"loss": 45_000}),
    ("tour.guide_below", {"guide_fee": 15_000}, {"penalty": 30_000}),
    (
        "tour.guide_drops",
        {"dropped_ticket": 18_000, "dropped_guide_fee": 1_000},
        {"ticket": 19_000, "penalty": 19_000},
    ),
    ("tour.guide_adds", {"added_costs": 36_000}, {"costs": 36_000}),
    ("tour.guide_shops", {"stop_purchases": 250_000}, {"purchases": 50_000}),
    ("tour.guide_sells", {"sold_goods": 9_900}, {"price": 9_900}),
    ("tour.guide_tips", {"tip": 10_000}, {"tip": 20_000}),
    (
        "tour.guide_leaves",
        {"stranded_costs": 43_000, "tour_price": 500_000},
        {"costs": 43_000, "penalty": 150_000},
    ),
    ("tour.hotel_harm", {"hotel_loss": 12_345}, {"loss": 12_345}),
    ("tour.lower_transport", {"overpaid_transport": 21_000}, {"surplus": 21_000}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "expected"), HANDOUT)
def test_the_handout_standards(
    rule: str, facts: Mapping[str, Value], expected: dict[str, int]
) -> None:
    outcome = worked("tourism", OLD, rule, facts)
    assert owed(outcome) == expected
    assert all("资料004" in one.rule.source for one in outcome.lines)


STANDARDS_2011: list[Row] = [
    *(
        (
            "tour2011.cancelled",
            {"prepayment": 100_000, "tour_price": 400_000, "notice_days": days},
            {"prepayment": 100_000} | ({"home": penalty} if penalty else {}),
        )
        for days, penalty in [
            (8, 0), (7, 40_000), (4, 40_000), (3, 60_000), (1, 60_000), (0, 80_000),
        ]
    ),
    *(
        (
            "tour2011.cancelled",
            {"prepayment": 100_000, "tour_price": 400_000, "notice_days": days, "abroad": 1},
            {"prepayment": 100_000} | ({"abroad": penalty} if penalty else {}),
        )
        for days, penalty in [
            (31, 0), (30, 8_000), (15, 8_000), (14, 20_000), (7, 20_000), (6, 40_000),
            (4, 40_000), (3, 60_000), (1, 60_000), (0, 80_000),
        ]
    ),
    ("tour2011.transfer", {"tour_price": 400_000}, {"penalty": 100_000}),
    ("tour2011.guide_fault", {"tour_price": 400_000, "guide_rate": 10_000}, {"penalty": 4_000}),
    ("tour2011.guide_fault", {"tour_price": 400_000, "guide_rate": 50_000}, {"penalty": 20_000}),
    (
        "tour2011.forced_shopping",
        {"tour_price": 400_000, "forced_stops": 3},
        {"penalty": 240_000},
    ),
    (
        "tour2011.missed_free_sight",
        {"tour_price": 400_000, "missed_free_sights": 2},
        {"penalty": 40_000},
    ),
    ("tour2011.guide_shops", {"tour_price": 400_000, "added_stops": 2}, {"penalty": 80_000}),
    (
        "tour2011.abandoned",
        {"tour_price": 400_000, "stranded_costs": 30_000},
        {"costs": 30_000, "penalty": 120_000},
    ),
    (
        "tour2011.missed_transport",
        {"transport_loss": 90_000},
        {"loss": 90_000, "penalty": 18_000},
    ),
    (
        "tour2011.grade",
        {"agreed_amount": 10_000, "actual_cost": 4_000},
        {"difference": 6_000, "penalty": 6_000},
    ),
    (
        "tour2011.guide_drops",
        {"dropped_ticket": 5_000},
        {"ticket": 5_000, "penalty": 5_000},
    ),
    ("tour2011.guide_adds", {"forced_items": 5_000}, {"costs": 5_000}),
    ("tour2011.fake_goods", {"fake_goods": 5_000}, {"price": 5_000}),
    ("tour2011.guide_sells", {"sold_goods": 5_000}, {"price": 5_000}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "expected"), STANDARDS_2011)
def test_the_standards_of_2011(
    rule: str, facts: Mapping[str, Value], expected: dict[str, int]
) -> None:
    assert owed(worked("tourism", NEW, rule, facts)) == expected


TOURISM_LAW: list[Row] = [
    (
        "tourlaw.shopping",
        {"shop_returns": 80_000, "forced_items": 20_000, "days_after_trip": 30},
        {"goods": 80_000, "items": 20_000},
    ),
    (
        "tourlaw.shopping",
        {"shop_returns": 80_000, "forced_items": 20_000, "days_after_trip": 31},
        {},
    ),
    ("tourlaw.too_few", {"prepayment": 100_000}, {"prepayment": 100_000}),
    (
        "tourlaw.traveller_ends",
        {"prepayment": 100_000, "necessary_deduction": 30_000},
        {"rest": 70_000},
    ),
    (
        "tourlaw.force_majeure",
        {"prepayment": 100_000, "not_refundable": 99_999},
        {"rest": 1},
    ),
    ("tourlaw.return", {"return_costs": 70_000}, {"return": 70_000}),
    (
        "tourlaw.refusal",
        {"direct_loss": 5_000, "tour_price": 100_000, "refusal_times": 3_000_000},
        {"loss": 5_000, "damages": 300_000},
    ),
    ("tourlaw.local_agency", {"operator_loss": 5_000}, {"loss": 5_000}),
]


@pytest.mark.parametrize(("rule", "facts", "expected"), TOURISM_LAW)
def test_the_tourism_law(rule: str, facts: Mapping[str, Value], expected: dict[str, int]) -> None:
    assert owed(worked("tourism", NEW, rule, facts)) == expected


@pytest.mark.parametrize(
    ("km", "within", "late", "rerouted", "euro"),
    [
        (1_500, 0, 0, 0, 250), (1_501, 0, 0, 0, 400), (3_500, 0, 0, 0, 400),
        (3_501, 0, 0, 0, 600), (9_000, 1, 0, 0, 400), (900, 1, 0, 0, 250),
        (1_500, 0, 120, 1, 125), (1_500, 0, 121, 1, 250), (3_000, 0, 180, 1, 200),
        (3_000, 0, 181, 1, 400), (8_000, 0, 240, 1, 300), (8_000, 0, 241, 1, 600),
        (8_000, 1, 180, 1, 200), (8_000, 1, 240, 1, 400), (8_000, 0, 60, 0, 600),
    ],
)  # fmt: skip
def test_air_passengers(km: int, within: int, late: int, rerouted: int, euro: int) -> None:
    facts = {
        "flight_km": km, "within_union": within, "arrival_delay": late, "rerouted": rerouted,
        "passengers": 2,
    }  # fmt: skip
    outcome = worked("eu_air", NEW, "eu261.fixed", facts)
    assert [(t.currency, t.owed) for t in outcome.totals] == [("EUR", 2 * euro * 100)]


CONSUMER: list[Row] = [
    ("cpl.fraud", {"price": 100_000}, {"extra": 300_000}),
    ("cpl.fraud", {"price": 9_900, "loss": 2_000}, {"loss": 2_000, "extra": 50_000}),
    ("cpl.fraud", {"price": 16_667}, {"extra": 50_001}),
    (
        "cpl.defect",
        {"grave_loss": 1_000_000, "punitive_rate": 2_000_000},
        {"loss": 1_000_000, "punitive": 2_000_000},
    ),
    ("food.unsafe", {"price": 20_000}, {"ten_times": 200_000}),
    ("food.unsafe", {"price": 500}, {"ten_times": 100_000}),
    ("food.unsafe", {"price": 500, "loss": 90_000}, {"loss": 90_000, "three_times": 270_000}),
    ("food.unsafe", {"price": 500, "harmless_label": 1}, {}),
    ("cpl.distance_return", {"price": 19_900, "days_since_receipt": 7}, {"price": 19_900}),
    ("cpl.distance_return", {"price": 19_900, "days_since_receipt": 8}, {}),
    (
        "cpl.distance_return",
        {"price": 19_900, "days_since_receipt": 2, "not_returnable": 1},
        {},
    ),
    (
        "cpl.quality",
        {"wish": "refund", "price": 19_900, "days_since_receipt": 7, "freight": 1_200},
        {"refund": 19_900, "freight": 1_200},
    ),
    ("cpl.quality", {"wish": "refund", "price": 19_900, "days_since_receipt": 8}, {}),
    (
        "cpl.quality",
        {"wish": "refund", "price": 19_900, "days_since_receipt": 8, "rescindable": 1},
        {"refund_later": 19_900},
    ),
    ("cpl.quality", {"wish": "repair"}, {"repair": 0}),
    (
        "cpl.prepaid",
        {"prepaid": 300_000, "used": 100_000, "interest": 1_234},
        {"rest": 200_000, "interest": 1_234},
    ),
    ("cpl.overcharge", {"charged": 5_000, "due_amount": 3_000}, {"difference": 2_000}),
    ("cpl.damage", {"damage": 4_200}, {"damage": 4_200}),
    ("moral.hurt", {}, {"apology": 0, "explanation": 0}),
    ("moral.visit", {}, {"apology": 0, "visit": 0}),
]


@pytest.mark.parametrize(("rule", "facts", "expected"), CONSUMER)
def test_consumer_and_food_law(
    rule: str, facts: Mapping[str, Value], expected: dict[str, int]
) -> None:
    assert owed(worked("general", NEW, rule, facts)) == expected
