"""Alive, ready, figures: for machines that ask, without personal data (PL-7)."""

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.test import Client

from factories import House, make_case, make_house
from tingsu.channels.models import ReceivedMail
from tingsu.upkeep import ready

pytestmark = pytest.mark.django_db
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@pytest.fixture(autouse=True)
def _anew() -> None:
    ready.forget()


def test_alive_needs_nothing(client: Client, django_assert_num_queries: object) -> None:
    answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_all_is_there(client: Client) -> None:
    answer = client.get("/readyz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not default_storage.listdir("probe")[1]  # nothing is left behind


def test_a_closed_storage_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"storage\n")


def test_tables_of_another_version_are_named(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "pending", lambda: 2)
    assert client.get("/readyz").content == b"migrations\n"


def test_a_database_that_is_away_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database\n")
    assert client.get("/healthz").status_code == 200  # to be restarted would not help


def test_figures_are_counts_and_ages_alone(client: Client, house: House) -> None:
    make_case(house, email="wang@kehu.example", preferred_channel="mail")
    answer = client.get("/metrics")
    text = answer.content.decode()
    assert answer.headers["content-type"] == PROMETHEUS
    assert "\ntingsu_letters_waiting 1\n" in text
    assert "tingsu_letters_late_seconds" in text
    for said in ("王", "wang", "yunfan", "云帆", "ts@"):
        assert said not in text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(float(line.rpartition(" ")[2]) >= 0 for line in lines)


@pytest.mark.parametrize(
    ("heads", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, 404),
        ({"HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 404),  # a proxy on this machine, for somebody else
    ],
)
def test_without_a_token_only_from_this_machine(
    client: Client, heads: dict[str, str], status: int
) -> None:
    assert client.get("/metrics", **heads).status_code == status  # type: ignore[arg-type]


def test_with_a_token_only_with_it(client: Client, settings: object) -> None:
    settings.METRICS_TOKEN = "geheim"  # type: ignore[attr-defined]
    assert client.get("/metrics").status_code == 404
    right = {"authorization": "Bearer geheim"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer x"}).status_code == 404


@pytest.fixture
def house() -> House:
    return make_house()


def test_figures_cost_the_same_however_much_there_is(
    client: Client, house: House, django_assert_max_num_queries: object
) -> None:
    for _case in range(3):
        make_case(house)
    assert ReceivedMail.objects.count() == 0
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/metrics")
