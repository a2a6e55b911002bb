"""The people and the case that tests of this room start from."""

import pytest

from factories import House, make_case, make_house
from tingsu.cases.models import Case


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()


@pytest.fixture
def case(house: House) -> Case:
    """A case from the public page that waits in 甲's department."""
    return make_case(house)
