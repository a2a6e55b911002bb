"""How far the talk of a case is: what ticks itself, what a person ticks, who is held to it."""

from collections.abc import Callable
from typing import Any

import pytest

import endings
from endings import REFUND, both_sign, doing, drafted, line, put_up
from factories import NOON, House, fresh, kinds, later, make_case
from tingsu.cases._guided import Guided, _round, _seen, guided, lines, mood_first
from tingsu.cases.actions import close, contact, guide, move, perform, reply, restate
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Event
from tingsu.core.guide import evidence
from tingsu.core.lifecycle import Move
from tingsu.core.wording.said import found_in
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people import guiding
from tingsu.people.directory import organisation
from tingsu.people.models import HouseChange, Member
from tingsu.people.permission import Forbidden
from tingsu.people.rulebook import case_pack

SORRY = "您好，电梯的事让老人受惊了，非常抱歉。已经请维保单位今天到场检查，下午五点前给您回话。"


@pytest.fixture
def own(house: House) -> Case:
    """A case of the telecom pack that 甲 handles."""
    return make_case(house, by="甲", pack="telecom", request="给个说法")


def how(case: Case) -> dict[str, str]:
    """Stage -> how it was done, "now" for the one of now."""
    return {
        one.stage.code: one.how or ("now" if one.now else "")
        for one in _found(case).standing.places
    }


def _found(case: Case) -> Guided:
    found = guided(fresh(case), lines(case))
    assert found is not None
    return found


def talk(house: House, case: Case, text: str = "听完了经过", **more: Any) -> None:
    told: dict[str, Any] = {"channel": "phone", "direction": "out", "text": text} | more
    contact.contact(case, house.actor("甲"), later(hours=1), **told)


def test_stages_tick_themselves_from_the_timeline(house: House, own: Case) -> None:
    assert how(own)["listen"] == "now"
    talk(house, own)
    assert how(own)["listen"] == "shown"
    assert how(own)["apologise"] == "now"
    talk(house, own, "为等了这么久向她致歉，她气消了些")
    restate.restate(own, house.actor("甲"), NOON, text="三次停梯", confirmed=True)
    found = how(own)
    assert found["apologise"] == found["ask"] == "shown"
    assert found["sympathise"] == "now"


def test_a_settlement_ticks_what_it_offers_agrees_and_carries_out(house: House) -> None:
    """HA-1, HA-9: nobody ticks by hand what the wing of endings shows."""
    case, by = make_case(house, by="甲", request="退钱"), house.actor("甲")
    shown = _shown(case)
    assert shown.isdisjoint({"offered", "agreed", "executed"})
    made = drafted(case, by, REFUND, endings.SORRY)
    put_up(case, by, made)
    assert "offered" in _shown(case)
    both_sign(case, by, made)
    assert "agreed" in _shown(case)
    for gives, told in (("refund", {"fen": 30_000, "reference": "T1"}), ("apology", {"who": "李"})):
        assert "executed" not in _shown(case)
        row = line(case, gives).id
        perform.perform(case, by, NOON, obligation_id=row, doing=doing(how="当面", **told))
    assert "executed" in _shown(case)


def _shown(case: Case) -> frozenset[str]:
    found = fresh(case)
    return evidence(_seen(found, _round(lines(found)), TECHNIQUES.of(case_pack(found))))


@pytest.mark.parametrize(
    ("text", "letter", "found"),
    [
        ("为等了这么久向她致歉", False, {"sorry"}),
        ("客户要求书面道歉", False, set()),
        ("客户说没有人道歉，要我们登门致歉", False, set()),
        ("客户要求道歉，我当场道了歉，说了对不起", False, {"sorry"}),
        ("给您添麻烦了，谢谢您告诉我们", True, {"sorry", "thanks"}),
        ("We are sorry, and thank you.", True, {"sorry", "thanks"}),
        ("The customer demands an apology.", False, set()),
        ("已安排维修", True, set()),
    ],
)
def test_a_wish_for_an_apology_is_none(text: str, letter: bool, found: set[str]) -> None:
    assert found_in(text, letter=letter) == found


def test_a_letter_that_was_taken_back_shows_nothing(house: House, own: Case) -> None:
    talk(house, own)
    reply.reply(own, house.actor("甲"), NOON, text=SORRY)
    assert how(own)["apologise"] == "shown"
    letter = Event.objects.get(case=own, kind="replied").data["letter"]
    reply.take_back(own, house.actor("甲"), NOON, letter_id=letter)
    assert how(own)["apologise"] == "now"


def test_anger_and_nature_choose_another_method(house: House, own: Case) -> None:
    assert _found(own).method.id == "seven"
    talk(house, own, mood=4)
    assert _found(own).method.id == "calm"
    assert how(own)["vent"] == "shown"  # what was done counts in any method
    Case.objects.filter(id=own.id).update(anger=1, nature="communicative")
    assert _found(own).method.id == "asking"


def test_a_tick_by_hand_wants_a_word_and_can_be_taken_back(house: House, own: Case) -> None:
    by = house.actor("甲")
    with pytest.raises(Invalid):
        guide.tick(own, by, NOON, stage="sympathise", text=" ")
    guide.tick(own, by, NOON, stage="sympathise", text="说了换我也会急")
    assert how(own)["sympathise"] == "ticked"
    assert _found(own).ticks == {"sympathise": "说了换我也会急"}
    with pytest.raises(Refusal, match="already"):
        guide.tick(own, by, NOON, stage="sympathise", text="再勾一次")
    guide.untick(own, by, NOON, stage="sympathise")
    assert how(own)["sympathise"] == ""
    with pytest.raises(Refusal, match="missing"):
        guide.untick(own, by, NOON, stage="sympathise")
    with pytest.raises(Refusal, match="missing"):
        guide.tick(own, by, NOON, stage="nonsense", text="x")
    assert kinds(own)[-2:] == ["guide_ticked", "guide_unticked"]


def test_what_the_case_shows_cannot_be_unticked(house: House, own: Case) -> None:
    talk(house, own)
    with pytest.raises(Refusal):
        guide.untick(own, house.actor("甲"), NOON, stage="listen")
    with pytest.raises(Refusal):
        guide.tick(own, house.actor("甲"), NOON, stage="listen", text="听过")


def test_a_new_round_begins_the_talk_anew(house: House, own: Case) -> None:
    by = house.actor("甲")
    talk(house, own)
    guide.tick(own, by, NOON, stage="sympathise", text="说了理解")
    move.move(own, by, NOON, to=Move.ACCEPT)
    close.close(own, by, NOON, verdict="founded", reason="客户出国，联系不上")
    close.reopen(own, by, NOON, reason="客户回来了")
    assert how(own)["listen"] == "now"
    assert how(own)["sympathise"] == ""


@pytest.fixture
def held(house: House) -> House:
    """甲 is a beginner whom the trainer holds to the method."""
    guiding.bind(house.who("培训师"), NOON, binds=True, beginners=[house["甲"].id])
    return house


def test_a_beginner_does_the_mood_first(held: House, own: Case) -> None:
    by = held.actor("甲")
    move.move(own, by, NOON, to=Move.ACCEPT)
    steps: tuple[Callable[[], object], ...] = (
        lambda: move.move(own, by, NOON, to=Move.EXECUTE),
        lambda: reply.reply(own, by, NOON, text="已修好，请您放心使用。", kind="final"),
        lambda: close.close(own, by, NOON, verdict="founded", reason="客户出国"),
    )
    for step in steps:
        with pytest.raises(Refusal, match="mood_first") as refused:
            step()
        assert "聆听" in refused.value.words
    assert kinds(own)[-1] == "moved"
    talk(held, own, "听完，为几次停梯致歉")
    restate.restate(own, by, NOON, text="三次停梯", confirmed=True)
    with pytest.raises(Refusal, match="mood_first") as refused:
        move.move(own, by, NOON, to=Move.EXECUTE)
    assert "表示同情" in refused.value.words
    guide.tick(own, by, NOON, stage="sympathise", text="说了换我也会急")
    move.move(own, by, NOON, to=Move.EXECUTE)


def test_the_apology_may_stand_in_the_answer_itself(held: House, own: Case) -> None:
    by = held.actor("甲")
    talk(held, own)
    restate.restate(own, by, NOON, text="三次停梯", confirmed=True)
    guide.tick(own, by, NOON, stage="sympathise", text="说了换我也会急")
    move.move(own, by, NOON, to=Move.ACCEPT)
    with pytest.raises(Refusal, match="mood_first") as refused:
        reply.reply(own, by, NOON, text="已修好。", kind="final")
    assert refused.value.field == "text"
    reply.reply(own, by, NOON, text=SORRY, kind="final")


def test_others_are_free_and_only_trainers_bind(held: House, own: Case) -> None:
    move.move(own, held.actor("甲"), NOON, to=Move.ACCEPT)
    move.move(own, held.actor("丁"), NOON, to=Move.EXECUTE)
    with pytest.raises(Forbidden):
        guiding.bind(held.who("甲"), NOON, binds=False, beginners=[])
    guiding.bind(held.who("培训师"), NOON, binds=False, beginners=[])
    assert not Member.objects.get(id=held["甲"].id).beginner
    told = HouseChange.objects.order_by("at", "id").values_list("kind", flat=True)
    assert sorted(told) == ["beginner_off", "beginner_on", "guide_binds", "guide_free"]


def test_where_nobody_is_held_a_step_asks_nothing_more(
    house: House, own: Case, django_assert_num_queries: Any
) -> None:

    organisation(own.organisation_id)
    with django_assert_num_queries(0):
        mood_first(own, house.actor("甲"))
