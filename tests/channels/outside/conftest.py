"""A counterpart outside, to which the house may speak although it is on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from counterpart import Counterpart, counterpart
from factories import House, make_house


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
