"""Whoever writes to SQLite takes a turn; nobody waits for ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from tingsu.sqlite import base

pytestmark = pytest.mark.django_db  # connections are opened, though not to the test database
COUNT = "UPDATE counter SET value = value + 1"


@pytest.fixture
def house(tmp_path: Path) -> ConnectionHandler:
    """A file with one number in it; every thread has its own connection."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0}  # SQLite itself never waits here
    made = ConnectionHandler(
        {"default": {"ENGINE": "tingsu.sqlite", "NAME": tmp_path / "h.db", "OPTIONS": options}}
    )
    with made["default"].cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("CREATE TABLE counter (value integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    return made


@pytest.fixture(autouse=True)
def _closed(house: ConnectionHandler) -> Iterator[None]:
    yield
    house.close_all()


def _count(house: ConnectionHandler, times: int) -> None:
    own = house["default"]
    for _time in range(times):
        own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with own.cursor() as cursor:
            cursor.execute(COUNT)
        own.commit()
        own.set_autocommit(True)
    own.close()


def _value(house: ConnectionHandler) -> int:
    with house["default"].cursor() as cursor:
        cursor.execute("SELECT value FROM counter")
        return int(cursor.fetchone()[0])


def test_many_writers_all_get_through(house: ConnectionHandler) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _n: _count(house, 25), range(4)))
    assert _value(house) == 100


def test_a_writer_who_gives_up_lets_the_next_one_in(house: ConnectionHandler) -> None:
    own = house["default"]
    own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    own.rollback()
    own.set_autocommit(True)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_count, house, 1).result()
    assert _value(house) == 1


def test_whoever_has_waited_too_long_hears_why(
    house: ConnectionHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0)
    own = house["default"]
    own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with ThreadPoolExecutor(1) as threads, pytest.raises(OperationalError, match="locked"):
        threads.submit(_count, house, 1).result()
    own.rollback()
    own.set_autocommit(True)
