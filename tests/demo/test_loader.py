"""The loaded demo was lived through the actions: chains whole, states reached, queues filled."""

import argparse
from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory

from tingsu.cases.models import Case, Draft, Event, Letter, Promise, Task
from tingsu.cases.queries import lists
from tingsu.cases.verify import Report, verify
from tingsu.core.lifecycle import State
from tingsu.demo import loader, signins
from tingsu.demo.life import Life
from tingsu.people.directory import who_is
from tingsu.people.models import Member, Organisation, User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
COUNT = 40
ENDS = {"asked": "closed", "reopened": "investigating"}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[Life]]:
    """One small load for the whole module, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield loader.load(TODAY, count=COUNT)
        transaction.set_rollback(True)


def test_every_case_is_there_and_stands_where_it_should(loaded: list[Life]) -> None:
    assert Case.objects.count() == len(loaded) == COUNT
    numbers = sorted(Case.objects.values_list("state", flat=True))
    wanted = sorted(
        ENDS.get(life.target, life.target) for life in loaded if life.target != "linked"
    )
    linked = [life for life in loaded if life.target == "linked"]
    assert len(numbers) == len(wanted) + len(linked)
    assert set(numbers) <= set(State)
    assert set(wanted) <= set(numbers)


def test_every_chain_is_whole(loaded: list[Life]) -> None:
    found = list(verify())
    report = found[-1]
    assert isinstance(report, Report)
    assert report.cases == COUNT
    assert report.events == Event.objects.count() > COUNT * 8
    assert report.broken == []


def test_times_of_a_case_never_run_backwards(loaded: list[Life]) -> None:
    for case in Case.objects.all():
        moments = list(case.events.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments), case.number


def test_no_open_case_is_set_aside(loaded: list[Life]) -> None:
    for case in Case.objects.filter(open=True):
        assert case.owner_id or case.queue_id
        assert case.next_at


def test_letters_have_left_but_no_mail_was_sent(loaded: list[Life], mailoutbox: list[str]) -> None:
    assert Letter.objects.filter(state="sent").count() > COUNT / 2
    assert mailoutbox == []


def test_something_waits_in_every_queue(loaded: list[Life]) -> None:
    waiting: dict[str, int] = {}
    for user in User.objects.all():
        who = who_is(user.id)
        assert who
        for code, number in lists.counts(who).items():
            waiting[code] = max(waiting.get(code, 0), number)
    assert set(waiting) >= {"mine", "waiting", "team", "promises", "tasks", "head", "customer"}
    assert all(waiting.values()), waiting


def test_promises_tasks_and_drafts_in_several_states(loaded: list[Life]) -> None:
    assert {"due", "kept"} <= set(Promise.objects.values_list("state", flat=True))
    assert {"open", "answered"} <= set(Task.objects.values_list("state", flat=True))
    assert Draft.objects.exists()


def test_demo_members_can_sign_in(loaded: list[Life], settings: pytest.FixtureRequest) -> None:
    one = signins()[0]
    request = RequestFactory().post("/")
    assert authenticate(request, username=one.user, password=one.password)
    assert Member.objects.count() == User.objects.count()


def test_a_second_load_is_refused(loaded: list[Life], capsys: pytest.CaptureFixture[str]) -> None:
    assert loader.load_once() is False
    assert loader.command(argparse.Namespace()) == 1
    assert "空库" in capsys.readouterr().err
    assert Organisation.objects.count() == 3
