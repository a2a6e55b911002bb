"""A stranger's browser, and an empty count of what strangers did."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils.timezone import now

from factories import House, make_case
from tingsu.cases.actions import move, reply
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case, Event, Letter
from tingsu.core.lifecycle import Move
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


@pytest.fixture
def own(house: House) -> Case:
    """A case in 甲's hands, accepted."""
    case = make_case(house, by="甲", at=now() - timedelta(days=1))
    move.move(case, house.actor("甲"), now(), to=Move.ACCEPT)
    return case


@pytest.fixture
def answered(house: House, own: Case) -> Case:
    """The final answer has left."""
    reply.reply(own, house.actor("甲"), now(), kind="final", text="控制板已经更换，向您道歉。")
    Letter.objects.filter(case=own).update(state="sent")
    return own


def events(case: Case) -> list[str]:
    """The kinds of its timeline entries."""
    return [event.kind for event in Event.objects.filter(case=case).order_by("seq")]
