"""The people and the case that tests of this room start from."""

import pytest

from factories import House, make_case, make_house
from programs import Program, program
from tingsu.cases.models import Case


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()


@pytest.fixture
def case(house: House) -> Case:
    """A case that 甲 received and keeps."""
    return make_case(house, by="甲")


@pytest.fixture
def handler(house: House) -> Program:
    """甲's program, with all that 甲 may do."""
    return program(house["甲"])
