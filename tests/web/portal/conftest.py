"""A stranger's browser, and an empty count of what strangers did."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from factories import House
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case
from tingsu.web.portal.access import COOKIE

Answer = Any


@pytest.fixture(autouse=True)
def nobody_came_before(settings: Any, tmp_path: Any) -> Iterator[None]:
    """Counts of the limits, and files, are those of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "files"
    caches["limits"].clear()
    yield
    caches["limits"].clear()


@pytest.fixture
def stranger() -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def complain(stranger: Client, house: House) -> Callable[..., Answer]:
    """Send the form; what is not told stays empty, as browsers do it."""

    def send(*, files: Any = (), client: Client | None = None, **told: Any) -> Answer:
        fields = {"narrative": "快递丢了没人管。", "ik": uuid.uuid4().hex} | told
        if files:
            fields["files"] = files
        return (client or stranger).post("/o/yunfan/new/", fields)

    return send


def open_case(client: Client, case: Case) -> str:
    """Look the case up with its code; returns the address of its page."""
    case.refresh_from_db()
    told = {"number": case.number, "code": code_of(case)}
    answer = client.post(f"/o/{case.organisation.slug}/find/", told)
    assert answer.status_code == 303
    return str(answer["Location"])


def words(answer: Answer) -> str:
    """What a person reads on the page."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def followed(client: Client) -> bool:
    """Whether the browser carries access to any case."""
    return COOKIE in client.cookies and bool(client.cookies[COOKIE].value)
