"""What becomes of an offer: the answer, the day, two at once (HA-6, HA-9, HA-12, HA-17)."""

from datetime import timedelta

import pytest

from factories import NOON, House, fresh, kinds, later
from plans import SORRY, UNTIL, made, offered, ripe, says
from tingsu.cases.actions import offer_answer, offer_expiry
from tingsu.cases.actions.close import end
from tingsu.cases.actions.move import move
from tingsu.cases.actions.offer import offer, withdraw
from tingsu.cases.actions.offer_answer import Said
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Calculation, Case, Event, Letter, Obligation, Offer
from tingsu.cases.remedies import Asking
from tingsu.core.lifecycle import Move
from tingsu.people.actor import CUSTOMER


@pytest.fixture
def case(house: House) -> Case:
    return ripe(house, email="wang@example.org")


def test_a_yes_hands_the_lines_over_and_the_case_goes_on(case: Case, house: House) -> None:
    first, second = made(case, house), made(fresh(case), house, name="只道歉", asking=Asking())
    row, other = offered(case, house, first), offered(case, house, second)
    says(case, row, "accepted", text="可以")
    now = fresh(case)
    assert (now.state, now.remedied, now.next_at) == ("executing", True, later(hours=1))
    done = Calculation.objects.get(case=case)
    assert (done.state, done.owed, done.made_by.name) == ("agreed", 50_000, "甲")
    assert row.calculation_id == done.id
    assert "¥500.00" in row.agreed
    assert "经理当面道歉" in row.agreed
    assert kinds(case)[-5:] == ["offer_accepted", "remedy_proposed", "owed", "owed", "moved"]
    owed = Obligation.objects.filter(case=case, source_id=done.id).order_by("id")
    assert [(one.gives, one.fen) for one in owed] == [("penalty", 50_000), ("apology", 0)]
    assert now.owed_open == 2
    other.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (other.state, first.state, second.state) == ("lapsed", "accepted", "prepared")


def test_a_no_leaves_room_for_the_next(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    says(case, row, "refused", text="太少了")
    assert (row.state, row.plan.state, row.answer) == ("refused", "refused", "太少了")
    now = fresh(case)
    assert (now.state, now.next_kind, now.next_at) == ("negotiating", "plan", later(hours=1))
    assert not Calculation.objects.exists()


def test_a_counter_offer_says_what_is_wanted(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    says(case, row, "countered", wanted=80_000)
    assert (row.state, row.wanted, row.plan.state) == ("countered", 80_000, "countered")
    entry = Event.objects.get(case=case, kind="offer_countered")
    assert (entry.public, entry.data["wanted"]) == (True, 80_000)


def test_to_talk_first_leaves_the_offer_on_the_table(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    says(case, row, "talk", text="晚上七点后打给我")
    assert (row.state, row.talk_at, row.plan.state) == ("out", later(hours=1), "out")
    assert says(case, row, "accepted", at=later(hours=9)).state == "accepted"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said("maybe"), "answer"), (Said("refused"), "text"), (Said("countered"), "text"),
        (Said("countered", wanted=-1), "wanted"), (Said("accepted", text="长" * 2_001), "text"),
    ],
)  # fmt: skip
def test_an_answer_says_enough(case: Case, house: House, said: Said, field: str) -> None:
    row = offered(case, house, made(case, house))
    with pytest.raises(Invalid) as refused:
        offer_answer.answer(fresh(case), CUSTOMER, NOON, offer_id=row.id, said=said)
    assert set(refused.value.fields) == {field}


def test_answered_twice_is_told_kindly_and_written_once(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    says(case, row, "accepted")
    for what, words in (("accepted", ""), ("refused", "想想还是不行")):
        with pytest.raises(Refusal) as refused:
            says(case, row, what, text=words)
        assert refused.value.code == "answered"
    assert kinds(case).count("offer_accepted") == 1
    assert Calculation.objects.filter(case=case).count() == 1


def test_after_the_day_the_public_door_is_shut_and_the_phone_is_not(
    case: Case, house: House
) -> None:
    row = offered(case, house, made(case, house))
    late = UNTIL + timedelta(seconds=1)
    with pytest.raises(Refusal) as refused:
        says(case, row, "accepted", at=late)
    assert refused.value.code == "expired"
    heard = Said("accepted", text="昨天就说同意", way="phone")
    offer_answer.answer(fresh(case), house.actor("甲"), late, offer_id=row.id, said=heard)
    row.refresh_from_db()
    assert (row.state, row.heard_by and row.heard_by.name) == ("accepted", "甲")
    assert fresh(case).contacted_at == late


def test_the_worker_lays_aside_what_nobody_answered_and_it_can_be_asked_again(
    case: Case, house: House
) -> None:
    row = offered(case, house, made(case, house))
    assert offer_expiry.due(UNTIL) == []
    late = UNTIL + timedelta(minutes=1)
    (found,) = offer_expiry.due(late)
    assert offer_expiry.expire(found, late)
    assert offer_expiry.expire(found, late) is None, "once"
    row.refresh_from_db()
    assert (row.state, row.plan.state) == ("expired", "prepared")
    assert fresh(case).planned_at == late
    again = later(days=9)
    offer(fresh(case), house.actor("甲"), late, plan_id=row.plan_id, expires_at=again)
    assert Offer.objects.get(case=case, state="out").expires_at == again


def test_answered_while_the_worker_was_about_to_lay_it_aside(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    late = UNTIL + timedelta(minutes=1)
    (found,) = offer_expiry.due(late)
    says(case, row, "accepted", at=UNTIL)
    assert offer_expiry.expire(found, late) is None
    row.refresh_from_db()
    assert row.state == "accepted"
    assert "offer_expired" not in kinds(case)


def test_taken_back_the_letter_stays_here_and_the_customer_reads_why(
    case: Case, house: House
) -> None:
    row = offered(case, house, made(case, house))
    withdraw(fresh(case), house.actor("甲"), NOON, offer_id=row.id, reason="金额写错了，马上重提")
    row.refresh_from_db()
    assert (row.state, row.plan.state) == ("withdrawn", "prepared")
    assert Letter.objects.get(event_id=row.event_id).state == "taken_back"
    entry = Event.objects.get(case=case, kind="offer_withdrawn")
    assert (entry.public, entry.text) == (True, "金额写错了，马上重提")
    with pytest.raises(Refusal):
        says(case, row, "accepted")


def test_no_offer_outlives_its_case(case: Case, house: House) -> None:
    row = offered(case, house, made(case, house))
    end(fresh(case), house.actor("甲"), NOON, move=Move.WITHDRAW, reason="客户撤回")
    row.refresh_from_db()
    assert (row.state, row.plan.state) == ("void", "prepared")
    with pytest.raises(Refusal):
        says(case, row, "accepted")


def test_a_second_agreement_takes_the_place_of_the_first(case: Case, house: House) -> None:

    first = made(case, house)
    says(case, offered(case, house, first), "accepted")
    move(fresh(case), house.actor("甲"), later(hours=2), to=Move.NEGOTIATE, reason="客户改了主意")
    second = made(fresh(case), house, name="只道歉", asking=Asking(), gifts=(SORRY,))
    says(case, offered(case, house, second), "accepted", at=later(hours=3))
    first.refresh_from_db()
    assert first.state == "replaced"
    states = (
        Calculation.objects.filter(case=case).order_by("made_at").values_list("state", flat=True)
    )
    assert list(states) == ["replaced", "agreed"]
    owed = Obligation.objects.filter(case=case).order_by("made_at", "id")
    assert [one.state for one in owed] == ["void", "void", "open"]
    assert fresh(case).owed_open == 1


def test_in_mediation_an_offer_changes_no_state(case: Case, house: House) -> None:

    move(fresh(case), house.actor("甲"), NOON, to=Move.MEDIATE)
    offered(case, house, made(fresh(case), house))
    assert fresh(case).state == "mediating"
