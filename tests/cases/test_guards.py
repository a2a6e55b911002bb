"""What the database itself refuses, whoever writes (IN-10, CL-4, SC-7)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from factories import NOON, House, make_case
from tingsu.cases.actions.look import look
from tingsu.cases.actions.note import note
from tingsu.cases.models import Case, Event, Look, WatchEntry
from tingsu.cases.verify import Broken, Report, verify, verify_case
from tingsu.core.lifecycle import OPEN, State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", sorted(OPEN))
@pytest.mark.parametrize(
    "missing",
    [{"owner": None, "queue": None}, {"next_at": None}, {"next_at": NOON - timedelta(days=1)}],
)
def test_no_open_case_without_owner_and_date(
    case: Case, state: State, missing: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(id=case.id).update(state=state.value, **missing)


@pytest.mark.parametrize("state", sorted(State))
def test_open_and_state_cannot_disagree(case: Case, state: State) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(id=case.id).update(state=state.value, open=state not in OPEN)


def test_a_queue_alone_is_enough(case: Case) -> None:
    assert case.owner_id is None
    assert case.queue_id is not None
    assert case.next_at is not None


CHANGES = [
    "UPDATE cases_event SET kind = 'note' WHERE case_id = %s",
    "UPDATE cases_event SET text = 'altered' WHERE case_id = %s",
    "UPDATE cases_event SET at = '2020-01-01 00:00:00+00:00' WHERE case_id = %s",
    "UPDATE cases_event SET data = '{}' WHERE case_id = %s",
    "DELETE FROM cases_event WHERE case_id = %s",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_timeline_takes_no_change(case: Case, sql: str) -> None:
    key = case.id if connection.vendor == "postgresql" else case.id.hex
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [key])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
def test_insert_or_replace_is_no_way_around(case: Case) -> None:
    columns = ", ".join(f'"{field.column}"' for field in Event._meta.concrete_fields)
    sql = f"INSERT OR REPLACE INTO cases_event ({columns}) SELECT {columns} FROM cases_event"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_erased_text_leaves_the_chain_whole(case: Case) -> None:
    Event.objects.filter(case=case, seq=1).update(text="", text_salt=b"", data={})
    assert Event.objects.get(case=case, seq=1).text == ""
    assert verify_case(Case.objects.get(id=case.id)) is None


def test_looks_take_no_change(case: Case, house: House) -> None:
    look(case, house.actor("甲"), NOON, fields=("phone",))
    for change in (Look.objects.update, lambda **_: Look.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(reason="altered")


def test_the_watch_list_takes_two_persons(case: Case, house: House) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WatchEntry.objects.create(
            organisation=house.organisation,
            party_id=str(case.party_id),
            kind="other",
            reason="x",
            proposed_by=house["甲"],
            proposed_at=NOON,
            approved_by=house["甲"],
            approved_at=NOON,
            expires_on=NOON.date(),
        )


def _without_guard(sql: str, values: list[str]) -> None:
    """Alter behind the triggers' back, as somebody with the database's own tools could."""
    table = "cases_event"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name=%s", [table]
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql, values)
        for _name, trigger in triggers:
            cursor.execute(trigger)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE cases_event SET text = 'altered' WHERE id = %s", "text"),
        ("UPDATE cases_event SET kind = 'contact' WHERE id = %s", "hash"),
        ("DELETE FROM cases_event WHERE id = %s", "gap"),
    ],
)
def test_verify_names_the_first_broken_link(case: Case, house: House, sql: str, what: str) -> None:
    for number in range(3):
        note(case, house.actor("甲"), NOON, text=f"第 {number} 条")
    other = make_case(house, narrative="另一件", phone="13900005678", name="李四")
    victim = Event.objects.get(case=case, seq=2)
    _without_guard(sql, [str(victim.id) if connection.vendor == "postgresql" else victim.id.hex])
    found = list(verify())
    assert found[:-1] == [Broken(case.id, case.number, 2, what)]
    assert isinstance(found[-1], Report)
    assert (found[-1].cases, verify_case(other)) == (2, None)


def test_a_cut_off_end_is_seen(case: Case, house: House) -> None:
    note(case, house.actor("甲"), NOON, text="最后一条")
    last = Event.objects.get(case=case, seq=2)
    key = str(last.id) if connection.vendor == "postgresql" else last.id.hex
    _without_guard("DELETE FROM cases_event WHERE id = %s", [key])
    assert verify_case(Case.objects.get(id=case.id)) == Broken(case.id, case.number, 2, "head")
