"""The trainer's page: try a sentence, add own phrases with their effect seen first (CO-1)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, House, make_case, make_house, make_outsider, signed_in
from tingsu.cases.actions import reply
from tingsu.cases.errors import Invalid
from tingsu.people import own_phrases
from tingsu.people.models import HouseChange, OwnPhrase

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "sarcasm",
    "grade": "forbidden",
    "say": "您 可 真 会 挑 时候",
    "better": "我马上给您看。",
    "caught": "您可真会挑时候。",
    "harmless": "您挑个方便的时候。",
}


@pytest.fixture
def browser(house: House) -> Client:
    return signed_in(house["培训师"])


def post(browser: Client, **more: str) -> Any:
    return browser.post(reverse("coach_phrase"), {**TYPED, **more})


def test_the_page_says_what_is_caught_and_missed(browser: Client) -> None:
    page = browser.get(reverse("coach")).content.decode()
    assert "推责任" in page
    assert "标得准不准" in page
    assert "%</td>" in page


def test_a_sentence_is_tried_and_not_kept(browser: Client) -> None:
    page = browser.post(reverse("coach_try"), {"text": "这不归我管"}).content.decode()
    assert "coach-row-forbidden" in page
    assert "没人管我" in page
    assert not OwnPhrase.objects.exists()


def test_the_effect_is_seen_before_anything_is_saved(browser: Client) -> None:
    page = post(browser, go="look", say="您", caught="", harmless="").content.decode()
    assert "句伤人的" in page
    assert "多标的无害句" in page
    assert not OwnPhrase.objects.exists()


def test_a_saved_phrase_holds_for_the_own_house_only(house: House, browser: Client) -> None:
    other = make_outsider()
    assert post(browser).status_code == 302
    with pytest.raises(Invalid):
        reply.reply(make_case(house), house.actor("甲"), NOON, text="您可真会挑时候。")
    reply.reply(make_case(other), other.actor("甲"), NOON, text="您可真会挑时候。")
    assert HouseChange.objects.filter(kind="phrase_added").exists()


def test_a_phrase_taken_out_marks_no_more(house: House, browser: Client) -> None:
    post(browser)
    row = OwnPhrase.objects.get()
    browser.post(reverse("coach_phrase_end", args=[row.id]))
    reply.reply(make_case(house), house.actor("甲"), NOON, text="您可真会挑时候。")
    assert own_phrases.rows(house.organisation.id) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": ""}, "请选一类"),
        ({"say": ""}, "请写下要标出的说法"),
        ({"say": "{谁} 说"}, "没有叫 谁 的词表"),
        ({"caught": "今天天气好"}, "这句没有被标出"),
        ({"harmless": "您可真会挑时候"}, "这句也被标出了"),
    ],
)
def test_what_is_wrong_is_said_where_it_was_typed(
    browser: Client, changed: dict[str, str], words: str
) -> None:
    answer = post(browser, **changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert TYPED["better"] in answer.content.decode()
    assert not OwnPhrase.objects.exists()


def test_only_trainers_and_heads_change_it(house: House) -> None:
    assert post(signed_in(house["甲"])).status_code == 403
    assert post(signed_in(house["丁"])).status_code == 302


def test_another_house_s_phrase_is_not_there(house: House, browser: Client) -> None:
    post(browser)
    row = OwnPhrase.objects.get()
    stranger = signed_in(make_house("binhai", "滨海")["培训师"])
    assert stranger.post(reverse("coach_phrase_end", args=[row.id])).status_code == 404
    row.refresh_from_db()
    assert row.ended_at is None
