"""Every page speaks the reader's language: in English no Chinese is left but what people wrote,
in Traditional nothing of it is Simplified (PL-5)."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from factories import House, answered, later, make_case, make_outsider, signed_in
from tingsu.cases.actions import promise, task
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case
from tingsu.messages import catalogue
from tingsu.messages.bare import CHINESE

pytestmark = pytest.mark.django_db

SHOWN = {"title", "alt", "placeholder", "aria-label", "data-action", "content", "value"}
OF_NO_LANGUAGE = ("简体中文", "繁體中文")  # each language by its own name
PUBLIC = ["/", "/o/yunfan/", "/o/yunfan/how/", "/o/yunfan/new/", "/o/yunfan/find/"]
STAFF = {
    "甲": [
        "/desk/",
        "/desk/waiting/",
        "/cases/",
        "/cases/?q=电梯",
        "/parties/",
        "/new/visit/",
        "/new/letter/",
        "/account/sessions/",
    ],
    "接待": ["/new/call/"],
    "丁": ["/desk/", "/import/"],
    "管理员": [
        "/desk/",
        "/house/members/",
        "/house/members/new/",
        "/house/departments/",
        "/house/settings/",
    ],
    "审计": ["/house/looks/", "/house/changes/", "/house/verify/"],
}
STEPS = ["", "sheet/", "register/"]


class Reader(HTMLParser):
    """What a page shows or says aloud, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        self.said += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.said.append(data.strip())


def said(answer: Any) -> list[str]:
    """The pieces of an answer; it must be a page."""
    assert answer.status_code == 200, answer.wsgi_request.path
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.said


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def written() -> list[str]:
    """Whatever people wrote: every text of the database, what is sealed, and their initials."""
    rows = (row for model in apps.get_models() for row in model._default_manager.values_list())
    texts = {text for row in rows for value in row for text in _texts(value)}
    texts |= {"王小明", *(line for text in texts for line in text.splitlines())}
    texts |= {text[:1] for text in texts if len(text) < 8}
    return sorted((text for text in texts if CHINESE.search(text)), key=len, reverse=True)


def left(pieces: list[str]) -> list[str]:
    """The pieces that are Chinese after taking away what people wrote."""
    own = [*OF_NO_LANGUAGE, "电梯", *written()]
    taken = re.compile("|".join(re.escape(text) for text in own))
    return [piece for piece in pieces if CHINESE.search(taken.sub("", unescape(piece)))]


def speaking(client: Client, language: str) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    caches["limits"].clear()


@pytest.fixture
def busy(house: House) -> Case:
    """A case with a promise, a task and a reply; a second house, so that "/" has a choice."""
    make_outsider()
    case = make_case(house, request="修好电梯", severity="serious")
    by = house.actor("甲")
    promise.promise(case, by, later(minutes=5), content="查清后回电", due_at=later(days=1))
    task.ask(
        case,
        by,
        later(minutes=6),
        department=house.second,
        content="请查电梯",
        due_at=later(days=2),
    )
    return answered(case, house)


def _follow(house: House, case: Case, client: Client) -> str:
    told = {"number": case.number, "code": code_of(case)}
    answer = client.post(f"/o/{house.organisation.slug}/find/", told)
    return str(answer.headers["Location"])


def pages(house: House, case: Case, language: str) -> Iterator[tuple[str, list[str]]]:
    """Every page of this list with what it says."""
    stranger = speaking(Client(), language)
    for path in [*PUBLIC, _follow(house, case, stranger)]:
        yield path, said(stranger.get(path))
    for name, paths in STAFF.items():
        client = speaking(signed_in(house[name]), language)
        for path in paths:
            yield path, said(client.get(path))
    client = speaking(signed_in(house["甲"]), language)
    for step in STEPS:
        path = f"/cases/{case.id}/{step}"
        yield path, said(client.get(path))


def test_in_english_only_what_people_wrote_is_chinese(house: House, busy: Case) -> None:
    wrong = {path: left(pieces) for path, pieces in pages(house, busy, "en")}
    assert {path: pieces for path, pieces in wrong.items() if pieces} == {}


def test_what_people_wrote_is_told_from_ours(busy: Case) -> None:
    assert left(["王小明", busy.title, "English 繁體中文", "工作台", "甲的"]) == ["工作台", "甲的"]


def test_in_traditional_no_text_of_ours_is_simplified(house: House, busy: Case) -> None:
    """A piece that is one of our texts as the source has it, though Traditional writes it anew."""
    ours = {
        original
        for message in catalogue._messages(catalogue.read("zh_Hant"))
        for original, text in zip(
            catalogue._texts(message.id), catalogue._texts(message.string), strict=False
        )
        if original != text
    }
    ours -= set(written())
    wrong = {path: ours & set(pieces) for path, pieces in pages(house, busy, "zh-hant")}
    assert {path: pieces for path, pieces in wrong.items() if pieces} == {}


@pytest.mark.parametrize(
    ("language", "tag", "word"),
    [("zh-hans", "zh-Hans", "工作台"), ("zh-hant", "zh-Hant", "條件"), ("en", "en", "Desk")],
)
def test_the_page_says_which_language_it_is_in(
    house: House, language: str, tag: str, word: str
) -> None:
    answer = speaking(signed_in(house["甲"]), language).get("/desk/")
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{tag}"' in answer.content.decode()


def test_a_choice_of_language_is_kept(house: House) -> None:
    client = signed_in(house["甲"])
    client.post("/language/", {"language": "en", "next": "/desk/"})
    assert "Desk" in said(client.get("/desk/"))
