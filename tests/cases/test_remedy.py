"""Remedies proposed and carried out: worked out from the pack, within authority, kept for ever."""

from typing import Any

import pytest

from factories import NOON, House, fresh, kinds, later, make_case
from tingsu.cases.actions.approve import approve, ask
from tingsu.cases.actions.remedy import carry_out, propose
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.models import Approval, Calculation, Case, Event
from tingsu.cases.queries.remedies import newest, proposals
from tingsu.cases.remedies import Asking, Granted
from tingsu.cases.remedy_kept import Gift, in_words

FRAUD = Asking(("cpl.fraud",), {"price": "120"})


def offer(case: Case, house: House, asking: Asking = FRAUD, **more: Any) -> Calculation:
    propose(case, house.actor("甲"), NOON, asking=asking, **more)
    row = newest(fresh(case))
    assert row
    return row


@pytest.fixture
def case(house: House) -> Case:
    return make_case(house, by="甲")


def test_a_proposal_keeps_its_lines_in_words_and_tells_the_timeline(
    case: Case, house: House
) -> None:
    row = offer(case, house, text="客户出示了小票")
    assert (row.owed, row.goodwill, row.state) == (50_000, 0, "proposed")
    (line,) = row.outcome["words"]["zh-hans"]["lines"]
    assert (
        line["formula"] == "商品价款或服务费用 ¥120.00 × 300%，不足 ¥500.00，按 ¥500.00 = ¥500.00"
    )
    assert line["source"] == "消法 第55条第1款"
    assert line["recourse"] == "生产者或上一级销售者"
    english = row.outcome["words"]["en"]["lines"][0]
    assert english["formula"].startswith("Price of the goods or service ¥120.00 × 300%")
    event = Event.objects.get(case=case, kind="remedy_proposed")
    assert (event.text, event.public) == ("客户出示了小票", False)
    assert event.data["totals"] == [["CNY", 50_000, 0]]


def test_what_is_missing_or_wrong_is_named_at_its_field(case: Case, house: House) -> None:
    asking = Asking(("cpl.overcharge", "cpl.fraud"), {"charged": "10", "due_amount": "20"})
    with pytest.raises(Invalid) as refused:
        offer(case, house, asking)
    assert refused.value.fields == {
        "f.due_amount": "“应当收取的金额”比“实际收取的金额”还大，请核对。",
        "f.price": "还要填：商品价款或服务费用。",
    }
    assert not proposals(fresh(case))


def test_nothing_chosen_is_no_proposal(case: Case, house: House) -> None:
    with pytest.raises(Invalid) as refused:
        offer(case, house, Asking())
    assert set(refused.value.fields) == {"s"}


def test_an_unreadable_sum_is_not_called_missing(case: Case, house: House) -> None:
    with pytest.raises(Invalid) as refused:
        offer(case, house, Asking(("cpl.fraud",), {"price": "一百二"}))
    assert refused.value.fields == {"f.price": "“商品价款或服务费用”请只写数字，例如 1280.50。"}


def test_goodwill_within_the_authority_needs_nobody(case: Case, house: House) -> None:
    gift = Gift("gift", 20_000, "送一个月物业费，因为等了三天")
    assert offer(case, house, Asking(), gifts=[gift]).goodwill == 20_000


def test_goodwill_above_the_authority_is_signed_and_then_recorded_at_once(
    case: Case, house: House
) -> None:
    gift = Gift("gift", 20_001, "送一个月物业费")
    with pytest.raises(NeedsApproval) as needed:
        offer(case, house, FRAUD, gifts=[gift], text="老人被困")
    assert needed.value.demand.stages == ("supervisor",)
    assert needed.value.planned.told["words"] == "按规则应给 ¥500.00；赠送 ¥200.01 送一个月物业费"
    assert not proposals(fresh(case))
    asked = ask(case, house.actor("甲"), NOON, planned=needed.value.planned)
    row = Approval.objects.get(case=case)
    approve(asked.case, house.actor("主管"), later(hours=1), approval_id=row.id, text="同意")
    kept = newest(fresh(case))
    assert kept
    assert (kept.owed, kept.goodwill, kept.made_by.name) == (50_000, 20_001, "主管")
    event = Event.objects.get(case=case, kind="remedy_proposed")
    assert (event.text, event.data["approval"]) == ("老人被困", str(row.id))


def test_beyond_the_supervisor_the_head_signs(case: Case, house: House) -> None:
    with pytest.raises(NeedsApproval) as needed:
        offer(case, house, Asking(), gifts=[Gift("discount", 100_001, "减免")])
    assert needed.value.demand.stages == ("head",)


def test_a_higher_role_may_give_more(case: Case, house: House) -> None:
    gift = Gift("discount", 100_000, "减免")
    propose(case, house.actor("主管"), NOON, asking=Asking(), gifts=[gift])
    assert Calculation.objects.get(case=case).goodwill == 100_000


def test_what_was_given_already_counts(case: Case, house: House) -> None:
    row = offer(case, house, Asking(), gifts=[Gift("gift", 15_000, "水果")])
    carry_out(case, house.actor("甲"), NOON, row_id=row.id)
    with pytest.raises(NeedsApproval):
        offer(case, house, Asking(), gifts=[Gift("gift", 5_001, "再送")])
    assert offer(case, house, Asking(), gifts=[Gift("gift", 5_000, "再送")]).goodwill == 5_000


@pytest.mark.parametrize(
    "gift",
    [
        Gift("money", 100, "给"), Gift("gift", -1, "给"), Gift("gift", 100, " "),
        Gift("gift", 0, "给"), Gift("gift", 100, "长" * 201),
    ],
)  # fmt: skip
def test_a_gift_says_what_it_is(case: Case, house: House, gift: Gift) -> None:
    with pytest.raises(Invalid) as refused:
        offer(case, house, Asking(), gifts=[gift])
    assert set(refused.value.fields) == {"g"}


def test_an_apology_costs_nothing_and_needs_no_authority(case: Case, house: House) -> None:
    row = offer(case, house, Asking(), gifts=[Gift("apology", 0, "经理当面道歉")])
    assert row.goodwill == 0


def test_a_new_proposal_replaces_the_one_before(case: Case, house: House) -> None:
    first = offer(case, house)
    second = offer(case, house, Asking(("cpl.fraud",), {"price": "1000"}))
    assert [row.state for row in proposals(fresh(case))] == ["proposed", "replaced"]
    assert second.owed == 300_000
    with pytest.raises(Refusal):
        carry_out(case, house.actor("甲"), NOON, row_id=first.id)


def test_carried_out_once_and_told_to_the_customer(case: Case, house: House) -> None:
    row = offer(case, house)
    carry_out(case, house.actor("甲"), later(hours=1), row_id=row.id, text="已转账", key="k")
    carry_out(case, house.actor("甲"), later(hours=1), row_id=row.id, text="已转账", key="k")
    assert kinds(case).count("remedy_done") == 1
    assert Event.objects.get(case=case, kind="remedy_done").public
    row.refresh_from_db()
    assert (row.state, row.done_at) == ("done", later(hours=1))


def test_a_second_click_records_nothing(case: Case, house: House) -> None:
    offer(case, house, key="once")
    offer(case, house, key="once")
    assert Calculation.objects.filter(case=case).count() == 1


def test_the_law_of_the_day_of_receipt_decides(house: House) -> None:
    house.organisation.pack = "tourism"
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    old = make_case(house, by="甲", received_at=later(days=-6000), pack="tourism")
    asking = Asking(("tour.guide_tips",), {"tip": "100"})
    assert offer(old, house, asking).owed == 20_000
    new = make_case(house, by="甲", pack="tourism")
    with pytest.raises(Invalid):
        offer(new, house, asking)


def test_another_rule_set_says_so(house: House) -> None:
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism")
    asking = Asking(("tour.guide_tips",), {"tip": "100"}, rule_set="deposit")
    row = offer(case, house, asking)
    assert row.outcome["other_set"] is True
    assert in_words(row.outcome)["set"] == "质量保证金时期的标准（资料 004）"


def test_a_reduction_needs_a_share_and_a_reason(house: House) -> None:
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism")

    def tips(granted: Granted) -> Asking:
        return Asking(("tour.guide_tips",), {"tip": "100"}, (granted,), "deposit")

    for granted in (
        Granted("tour.amends", "", "当天退了小费"), Granted("tour.amends", "0", "当天退了小费"),
        Granted("tour.amends", "101", "当天退了小费"), Granted("tour.amends", "50", " "),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            offer(case, house, tips(granted))
        assert set(refused.value.fields) == {"c.tour.amends"}
    row = offer(case, house, tips(Granted("tour.amends", "50", "当天退了小费")))
    assert row.owed == 10_000
    assert "减 50%" in row.outcome["words"]["zh-hans"]["lines"][0]["formula"]


def test_what_was_typed_can_be_opened_again(case: Case, house: House) -> None:
    row = offer(case, house)
    assert Asking.from_json(row.asked) == FRAUD
