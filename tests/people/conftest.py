"""The people that tests of this room start from."""

import pytest

from factories import House, make_house


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()
