"""The organisation that the tests of this room import into."""

import pytest

from factories import House, make_house


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()
