"""The register has no gaps when many issue at once and some fail: asked of PostgreSQL itself."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tingsu.cases._numbers import register_number
from tingsu.cases.models import Counter
from tingsu.people.models import Organisation

pytestmark = pytest.mark.django_db


class Refused(Exception):
    """The step is refused after it took its number."""


def issue(house: Organisation, turn: int) -> int:
    """One issuing in a connection of its own; every third is rolled back."""
    try:
        with transaction.atomic():
            place, _number = register_number(house, "受", 2026)
            if turn % 3 == 0:
                raise Refused
            return place
    except Refused:
        return 0
    finally:
        connection.close()


def forget(house: Organisation) -> None:
    """What the threads committed is not the test's to roll back."""
    Counter.objects.filter(key__contains=house.id.hex).delete()
    connection.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_many_at_once_and_some_refused() -> None:
    house = Organisation(id=uuid4(), number_prefix="TS")
    with ThreadPoolExecutor(8) as crowd:
        places = list(crowd.map(lambda turn: issue(house, turn), range(60)))
        crowd.submit(forget, house).result()
    assert sorted(place for place in places if place) == list(range(1, 41))
