"""A counterpart outside, to which the house may speak although it is on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from counterpart import Counterpart, counterpart
from factories import House, make_house
from machine import said, switch_on
from tingsu.channels.llm import connecting

DRAFT = (
    "〔姓名1〕您好：给您添了麻烦，很抱歉。您反映电梯一周停了三次，"
    "维保人员明天上午到场检查，结果当天打电话告诉您。"
)


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()


@pytest.fixture
def other(settings: Any) -> Iterator[Counterpart]:
    """It listens on loopback."""
    settings.OUTSIDE_MAY_BE_INSIDE = True
    with counterpart() as listening:
        yield listening


@pytest.fixture
def model(house: House, other: Counterpart) -> Iterator[Counterpart]:
    """A language model that is switched on, and drafts."""
    connecting.forget()
    other.answers = [(200, said(DRAFT))]
    switch_on(house, f"{other.url}/v1")
    yield other
    connecting.forget()
