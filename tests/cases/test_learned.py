"""Categories as suggestions: from the pack on the first day, from people's choices later (SC-5)."""

from datetime import timedelta

import pytest

from factories import NOON, House, make_case, make_house
from tingsu.cases import learned
from tingsu.cases.actions import learn
from tingsu.cases.models import Case, Learned
from tingsu.people.rulebook import pack_of

pytestmark = pytest.mark.django_db

LIFT, WATER = "facility.lift", "facility.water"
# Words of one house alone, which no pack has among its examples.
SAYINGS = {LIFT: "梯子又趴窝了，卡在半道", WATER: "管子里一滴都不出来，澡都没法洗"}


@pytest.fixture
def house() -> House:
    learned.forget()
    return make_house()


def sort_cases(house: House, times: int) -> None:
    """Cases that people have put under a category."""
    for number in range(times):
        for category, words in SAYINGS.items():
            make_case(house, narrative=f"{number + 1} 幢：{words}。", category=category)


def best(house: House, text: str) -> str:
    found = learned.guesses(house.organisation.id, "property", text)
    return found[0].label if found else ""


def test_on_the_first_day_the_pack_itself_knows_what_people_say(house: House) -> None:
    assert best(house, "电梯一周停了三次，老人被关在电梯里没人应") == LIFT


def test_three_at_most_and_all_of_the_pack(house: House) -> None:
    found = learned.guesses(house.organisation.id, "property", "电梯停了，水是黄的，没有通知")
    assert 1 <= len(found) <= 3
    assert {one.label for one in found} <= set(
        pack_of(house.organisation.id, "property").categories
    )


def test_a_few_words_are_no_ground_for_a_guess(house: House) -> None:
    assert learned.guesses(house.organisation.id, "property", "电梯") == []


def test_what_people_choose_is_learned(house: House) -> None:
    assert best(house, "梯子趴窝了，在半道") != LIFT
    sort_cases(house, learn.FEWEST // 2)
    row = learn.learn(house.organisation.id, "property", NOON)
    assert row is not None
    learned.forget()
    assert best(house, "梯子趴窝了，在半道") == LIFT
    assert best(house, "管子里一滴都不出来，没法洗") == WATER


def test_too_few_sorted_cases_are_left_alone(house: House) -> None:
    sort_cases(house, 3)
    assert learn.waiting(NOON) == []
    assert learn.learn(house.organisation.id, "property", NOON) is None


def test_learning_waits_until_there_is_something_new(house: House) -> None:
    key = house.organisation.id
    sort_cases(house, learn.FEWEST // 2)
    assert learn.waiting(NOON) == [(key, "property"), (key, learned.WORDS)]
    for pack in ("property", learned.WORDS):
        learn.learn(key, pack, NOON)
    assert learn.waiting(NOON + timedelta(hours=1)) == []
    sort_cases(house, 3)
    assert (key, "property") in learn.waiting(NOON + timedelta(hours=2))
    learn.learn(key, "property", NOON)
    assert learn.waiting(NOON + timedelta(days=2)) == [(key, learned.WORDS)]
    assert (key, "property") in learn.waiting(NOON + timedelta(days=8))


def test_one_house_never_learns_from_another(house: House) -> None:
    other = make_house("other", "另一家")
    sort_cases(other, learn.FEWEST // 2)
    learn.learn(other.organisation.id, "property", NOON)
    learned.forget()
    assert best(house, "梯子趴窝了，在半道") != LIFT


def test_a_lost_file_is_the_first_day_again(house: House) -> None:
    Learned.objects.create(
        organisation=house.organisation,
        pack="property",
        stored_as="gone.npz",
        texts=9,
        made_at=NOON,
    )
    assert best(house, "电梯一周停了三次，老人被关在电梯里没人应") == LIFT


def test_a_sorted_case_is_offered_nothing(house: House) -> None:
    case = make_case(house, narrative="电梯停了三次，被关在电梯里没人应", category="")
    assert learned.guesses_for(case)
    Case.objects.filter(id=case.id).update(category=LIFT)
    case.refresh_from_db()
    assert learned.guesses_for(case) == []


def test_what_people_correct_is_learned(house: House) -> None:
    """Here, those who speak of the committee want fairness: no list of words knows that."""
    key = house.organisation.id
    said = "业委会开会的事没有通知我们这一栋"
    assert "aim" not in learned.listened(key, said).values
    for number in range(learn.FEWEST // 2):
        for words, aim in (
            (f"业委会开会没有通知，第 {number} 次", "balance"),
            (f"水管漏了 {number} 天", "respect"),
        ):
            case = make_case(house, narrative=words)
            Case.objects.filter(id=case.id).update(reading={"aim": aim})
    what = f"{learned.READ}aim"
    assert (key, what) in learn.waiting(NOON)
    assert learn.learn(key, what, NOON)
    learned.forget()
    assert learned.listened(key, said).values["aim"].code == "balance"
