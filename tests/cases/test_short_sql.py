"""What hand-made SQL reads and changes is what Django would have read and changed."""

from typing import Any

import pytest
from django.db import models

from factories import NOON, House, answered, later
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing, update
from tingsu.cases.models import Case, Clock, Event, Letter, Party
from tingsu.people.models import new_id


@pytest.mark.parametrize("model", [Case, Clock, Event, Letter, Party])
def test_read_as_django_reads(model: type[models.Model], case: Case, house: House) -> None:
    answered(case, house)
    for row in model._default_manager.all():
        short = row_of(model, id=row.pk)
        assert short == row
        assert short is not None
        assert _values(short) == _values(row)
        assert not short._state.adding


def test_conditions_join_and_lists_hold_one_of(case: Case) -> None:
    running = rows_of(Clock, case_id=case.id, state=("running", "breached"))
    assert {row.id for row in running} == set(case.clocks.values_list("id", flat=True))
    assert rows_of(Clock, case_id=case.id, state=("paused", "met")) == []
    assert row_of(Clock, case_id=new_id(), state="running") is None


def test_changed_and_counted(case: Case) -> None:
    clock = case.clocks.all()[0]
    assert update(Clock, {"state": "met", "ended_at": NOON, "late": True}, id=clock.id) == 1
    assert update(Clock, {"late": False}, id=clock.id, state="running") == 0
    clock.refresh_from_db()
    assert (clock.state, clock.ended_at, clock.late) == ("met", NOON, True)


def test_no_value_is_a_value_and_both_names_of_a_key_do(case: Case, house: House) -> None:
    owner = house["甲"].id
    update(Case, {"owner_id": owner, "planned_at": later(hours=1)}, id=case.id)
    update(Case, {"planned_at": None}, owner=owner)
    case.refresh_from_db()
    assert (case.owner_id, case.planned_at) == (owner, None)


def test_an_effect_changes_nothing_before_it_is_called(case: Case) -> None:
    effect = changing(Clock, {"state": "void"}, case_id=case.id)
    assert case.clocks.filter(state="void").count() == 0
    effect()
    assert case.clocks.exclude(state="void").count() == 0


def _values(row: models.Model) -> dict[str, Any]:
    """The columns; binary ones as bytes, which PostgreSQL may give as a view."""
    names = [field.attname for field in row._meta.concrete_fields]
    values = {name: getattr(row, name) for name in names}
    return {n: bytes(v) if isinstance(v, memoryview) else v for n, v in values.items()}
