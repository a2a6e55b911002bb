"""The bell: how many news there are since the member last looked (HA-2)."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories import NOON, House, later, make_case, signed_in
from tingsu.cases.actions import customer, note
from tingsu.cases.models import Case
from tingsu.cases.queries import lists
from tingsu.people.permission import Who

pytestmark = pytest.mark.django_db


class Clock:
    """The instant of the next request."""

    at = NOON


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr("tingsu.web.door.now", lambda: found.at)
    return found


@pytest.fixture
def mine(house: House) -> Case:
    """A case that 甲 keeps."""
    return make_case(house, by="甲")


def _bell(browser: Client, page: str = "desk") -> str:
    shown = browser.get(reverse(page)).content.decode()
    found = re.search(r'class="bell-count"[^>]*>([^<]*)<', shown)
    return found[1] if found else ""


def _writes(case: Case, at: datetime, text: str = "又停了一次") -> None:
    customer.add(case, at, text=text)


def test_it_counts_what_others_did_since_the_last_look(
    house: House, mine: Case, clock: Clock
) -> None:
    browser = signed_in(house["甲"])
    assert _bell(browser) == ""
    _writes(mine, later(minutes=1))
    _writes(mine, later(minutes=2), "还有一段录像")
    note.note(mine, house.actor("甲"), later(minutes=3), text="自己写的不算")
    clock.at = later(minutes=5)
    assert _bell(browser) == "2"
    assert _bell(browser, "waiting") == ""  # seen as it opens
    assert _bell(browser) == ""
    _writes(mine, later(minutes=6), "什么时候有人来？")
    clock.at = later(minutes=7)
    assert _bell(browser) == "1"


def test_what_is_a_week_old_and_what_is_a_colleagues_does_not_ring(
    house: House, mine: Case, clock: Clock
) -> None:
    _writes(mine, NOON)
    clock.at = later(days=7)
    assert _bell(signed_in(house["甲"])) == ""
    clock.at = later(minutes=1)
    assert _bell(signed_in(house["乙"])) == ""
    assert _bell(signed_in(house["管理员"])) == ""


def test_a_very_full_bell_says_so(
    house: House, mine: Case, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "unseen", lambda *_facts: lists.MOST_UNSEEN)
    assert _bell(signed_in(house["甲"])) == "99+"


def test_it_costs_one_query_and_parts_of_pages_none(
    house: House, mine: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    who = house.who("甲")
    with django_assert_num_queries(1):
        lists.unseen(who, NOON, None)
    browser = signed_in(house["甲"])
    browser.get(reverse("desk"))
    asked: list[Who] = []

    def unseen(who: Who, *_facts: object) -> int:
        asked.append(who)
        return 3

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "unseen", unseen)
        browser.get(reverse("preview", args=[mine.id]))
        assert asked == []
        browser.get(reverse("desk"))
        assert len(asked) == 1
