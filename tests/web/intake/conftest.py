"""Sending the form as a browser does, and the case that came of it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from factories import STORY, House, signed_in
from tingsu.cases.models import Case

Send = Callable[..., Any]


@pytest.fixture
def send(house: House) -> Send:
    """POST a form: ``send("call", name="…")``; ``by`` says who, ``ik`` which sending."""

    def sent(route: str = "call", by: str = "甲", **told: Any) -> Any:
        usual = {"narrative": STORY, "ik": uuid.uuid4().hex, "token": "t1"}
        return signed_in(house[by]).post(f"/new/{route}/", usual | told)

    return sent


@pytest.fixture
def made() -> Callable[[Any], Case]:
    """The case of an answer; fails when the form was refused."""

    def case_of(answer: Any) -> Case:
        assert answer.status_code == 303, answer.content.decode()[:3000]
        return Case.objects.get(id=answer.url.rstrip("/").rpartition("/")[2])

    return case_of
