"""A row made the short way is the row Django would have made."""

from typing import Any
from uuid import UUID

import pytest
from django.db import models

from tingsu.cases._fresh import fresh
from tingsu.cases.models import Case, Clock, Event, Letter, Party

KEY = UUID(int=7)


@pytest.mark.parametrize("model", [Case, Clock, Event, Letter, Party])
def test_like_the_long_way(model: type[models.Model]) -> None:
    short, long = fresh(model, id=KEY), model(id=KEY)
    assert _values(short) == _values(long)
    assert short._state.adding
    assert short == long


def test_what_is_given_counts() -> None:
    assert fresh(Case, id=KEY, number="TS-1", party_id=KEY).party_id == KEY


def test_nothing_is_shared_between_rows() -> None:
    first, second = (fresh(Event, id=KEY) for _n in range(2))
    first.data["x"] = 1
    assert second.data == {}


def _values(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in row.__dict__.items() if name != "_state"}
