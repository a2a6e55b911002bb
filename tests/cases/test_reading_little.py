"""Lists and look-ups read what they show, however many cases there are (the databases differ: the
plan of SQLite is looked at, PostgreSQL reads small tables whole and is right to)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import NOON, House, make_case, make_house
from tingsu.cases.actions.receive import receive_many
from tingsu.cases.intake import Intake
from tingsu.cases.queries import file, parties
from tingsu.cases.queries.numbers import numbers
from tingsu.cases.tidy import learn_sizes
from tingsu.people.actor import CUSTOMER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite is looked at"),
]


@pytest.fixture
def house() -> House:
    """A house with three hundred cases that nobody owns."""
    made = make_house()
    many = [
        Intake("web", f"第{n}件", phone=f"138{n:08d}", received_at=NOON - timedelta(hours=n))
        for n in range(300)
    ]
    receive_many(made.organisation, many, CUSTOMER, NOON, queue=made.first)
    make_case(made, by="甲", phone="13900001111")
    learn_sizes()
    return made


def _plans(queries: CaptureQueriesContext) -> list[str]:
    """How each captured query would be run, those of tables of cases only."""
    plans = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if "cases_" in query["sql"] and query["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                plans.append(" | ".join(row[3] for row in cursor.fetchall()))
    return plans


def test_the_own_queue_is_counted_over_its_own_index(house: House) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert numbers(house.who("丁"), NOON, NOON).queues["mine"] == 0
    assert any("case_own" in plan for plan in _plans(queries))
    assert any("case_for_head" in plan for plan in _plans(queries))


def test_a_caller_is_found_over_the_blind_index(house: House) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(parties.by_phone(house.who("甲"), "138 0000 0007")) == 1
    assert "party_by_phone" in _plans(queries)[0]


def test_the_history_of_a_case_starts_from_its_people(house: House) -> None:
    case = make_case(house, phone="13800000007")
    with CaptureQueriesContext(connection) as queries:
        assert [one.title for one in file.history(house.who("甲"), case)] == ["第7件"]
    read = " | ".join(_plans(queries))
    assert "party_by_phone" in read
    assert "cases_case_party_id" in read
    assert "SCAN cases_" not in read
