"""The wording library: own sayings come first on the card; use and effect are counted (CO-5)."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, House, fresh, make_case, make_outsider, signed_in
from tingsu.cases.actions import reply
from tingsu.cases.models import Case, Letter, SayingUse
from tingsu.cases.sayings import Effect, effects, library_of
from tingsu.people.models import HouseChange, OwnSaying

pytestmark = pytest.mark.django_db
TYPED = {"technique": "empathy", "text": "{called}，水漫到屋里谁都会急，我这就到。……"}
LETTER = "您好，水漫到屋里谁都会急，我这就到。电话在信末。"


@pytest.fixture
def browser(house: House) -> Client:
    return signed_in(house["培训师"])


def add(browser: Client, **more: str) -> Any:
    return browser.post(reverse("coach_saying_add"), {**TYPED, **more})


def own_id() -> str:
    return f"own.{OwnSaying.objects.get().id}"


def test_an_own_saying_comes_first_and_only_at_home(house: House, browser: Client) -> None:
    assert add(browser).status_code == 302
    library = library_of(make_case(house))
    assert library.words_for("empathy", set())[0].id == own_id()
    other = make_outsider()
    assert own_id() not in {one.id for one in library_of(make_case(other)).sayings}
    assert HouseChange.objects.filter(kind="saying_added").exists()


def test_the_card_of_a_case_offers_it(house: House, browser: Client) -> None:
    add(browser)
    angry = make_case(house, by="甲", narrative="气死我了，气死人了，太过分了！")
    page = signed_in(house["甲"]).get(f"/cases/{angry.id}/").content.decode()
    assert "水漫到屋里谁都会急" in page


def test_use_is_counted_once_for_a_case_and_effect_by_how_it_ended(
    house: House, browser: Client
) -> None:
    add(browser)
    first, second = make_case(house), make_case(house, phone="13900005678", name="李四")
    for case in (first, first, second):
        reply.reply(fresh(case), house.actor("甲"), NOON, text=LETTER)
    Case.objects.filter(id=second.id).update(
        open=False, state="closed", confirmed_at=NOON, next_at=None
    )
    assert effects(house.organisation.id)[own_id()] == Effect(2, 1, 1, 0)
    Case.objects.filter(id=second.id).update(rating=1)
    assert effects(house.organisation.id)[own_id()].content == 0
    page = browser.get(reverse("coach_sayings")).content.decode()
    assert "水漫到屋里谁都会急" in page


def test_the_library_s_own_words_are_counted_too(house: House) -> None:
    case = make_case(house)
    reply.reply(case, house.actor("甲"), NOON, text="遇到这样的事，换了我也会着急。明天十点回您。")
    assert SayingUse.objects.get().saying == "empathy.1"


def test_a_letter_taken_back_counts_no_more(house: House, browser: Client) -> None:
    case = make_case(house)
    add(browser)
    reply.reply(case, house.actor("甲"), NOON, text=LETTER)
    letter = Letter.objects.get(case=case, kind="interim")
    reply.take_back(fresh(case), house.actor("甲"), NOON, letter_id=letter.id)
    assert not SayingUse.objects.exists()


def test_words_that_are_not_there_do_not_count(house: House) -> None:
    reply.reply(make_case(house), house.actor("甲"), NOON, text="师傅明天十点到。")
    assert not SayingUse.objects.exists()


def test_taken_out_it_is_offered_no_more(house: House, browser: Client) -> None:
    add(browser)
    row = OwnSaying.objects.get()
    browser.post(reverse("coach_saying_end", args=[row.id]))
    assert own_id() not in {one.id for one in library_of(make_case(house)).sayings}


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"text": ""}, "请写下可以怎么说"), ({"technique": "magic"}, "请选一个方法"),
     ({"stage": "x"}, "请从列出的选项中选择"), ({"text": "长" * 301}, "300")],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_was_typed(
    browser: Client, changed: dict[str, str], words: str
) -> None:
    answer = add(browser, **changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OwnSaying.objects.exists()


def test_only_who_may_coach(house: House) -> None:
    assert add(signed_in(house["甲"])).status_code == 403
    assert add(signed_in(house["丁"])).status_code == 302


def test_another_house_s_saying_is_not_there(house: House, browser: Client) -> None:
    from factories import make_house

    add(browser)
    stranger = signed_in(make_house("binhai", "滨海")["培训师"])
    row: UUID = OwnSaying.objects.get().id
    assert stranger.post(reverse("coach_saying_end", args=[row])).status_code == 404
