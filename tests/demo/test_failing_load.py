"""A load that cannot go on leaves an empty house, and the next one works."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tingsu.cases.actions import assign
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.demo import loader, play
from tingsu.people.models import Organisation

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.django_db
def test_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def take_twice(case: Case, *rest: Any) -> None:
        assign.take(case, *rest)
        assign.take(case, *rest)

    monkeypatch.setitem(play.ACTS, "take", take_twice)
    with pytest.raises(Refusal):
        loader.load(NOON, count=20)
    assert not Organisation.objects.exists()
    assert not Case.objects.exists()
