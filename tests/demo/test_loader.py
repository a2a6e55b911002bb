"""The loaded demo was lived through the actions: chains whole, states reached, queues filled."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory

from tingsu.cases.models import (
    Agreement,
    ArchiveEntry,
    Case,
    Clock,
    Decision,
    Draft,
    Event,
    Letter,
    Obligation,
    Offer,
    Promise,
    RemedyPlan,
    SavedFilter,
    Solution,
    Task,
)
from tingsu.cases.queries.numbers import numbers
from tingsu.cases.verify import Report, verify
from tingsu.channels.models import Account, ReceivedMail, Subscription
from tingsu.core.lifecycle import State
from tingsu.demo import loader, signins
from tingsu.demo.ledger import ledger
from tingsu.demo.life import Life
from tingsu.followup.models import Disposal, PersonRequest
from tingsu.people.directory import who_is
from tingsu.people.models import Absence, Member, Organisation, Token, User

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNT = 64
ENDS = {"asked": "closed", "reopened": "investigating", "waiting": "received"}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[Life]]:
    """One small load for the whole module, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield loader.load(NOON, count=COUNT)
        transaction.set_rollback(True)


OLD_AND_MAILED = 7  # records of years ago, and what came by mail: no lives of the plan


def test_every_case_is_there_and_stands_where_it_should(loaded: list[Life]) -> None:
    assert Case.objects.count() == len(loaded) + OLD_AND_MAILED
    assert abs(len(loaded) - COUNT) <= 2
    planned = [life.received for life in loaded]
    lived = Case.objects.filter(received_at__in=planned)
    numbers = sorted(lived.values_list("state", flat=True))
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
    assert report.cases == len(loaded) + OLD_AND_MAILED
    assert report.events == Event.objects.count() > COUNT * 8
    assert report.broken == []


def test_the_plan_counts_as_the_case_file_does(loaded: list[Life]) -> None:
    """What the plan knows of dates and limits is what the database says in the end."""
    cases = {(case.received_at, case.title): case for case in Case.objects.all()}
    late = Counter(Clock.objects.filter(late=True).values_list("case_id", flat=True))
    ended = {
        *Agreement.objects.values_list("case_id", flat=True),
        *Decision.objects.values_list("case_id", flat=True),
    }
    for life in loaded:
        case = cases[life.received, life.steps[0].facts["intake"]["title"]]
        count = ledger(life, NOON)
        if case.plans or case.id in ended:  # that comes after the plan of the demo
            continue
        assert (case.open, case.next_at) == (count.open, count.next_at), case.number
        assert late[case.id] == len(count.late(NOON)), case.number


def test_nothing_lies_in_the_future(loaded: list[Life]) -> None:
    assert max(Event.objects.values_list("at", flat=True)) <= NOON
    assert not Case.objects.filter(received_at__gt=NOON).exists()
    assert Event.objects.filter(at__gt=NOON - timedelta(hours=4)).exists()


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
        for code, number in numbers(who, NOON, NOON).queues.items():
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


def test_plans_are_compared_countered_and_accepted(loaded: list[Life]) -> None:
    states = set(Offer.objects.values_list("state", flat=True))
    assert {"countered", "accepted"} <= states
    assert RemedyPlan.objects.count() >= 2


def test_every_screen_has_something_to_show(loaded: list[Life]) -> None:
    """HA-1, HA-9, CL-2, IM-5, PL-4: what somebody sees who looks around on the first day."""
    assert set(Agreement.objects.values_list("state", flat=True)) >= {"signing"}
    assert {"done", "open"} <= set(Obligation.objects.values_list("state", flat=True))
    assert Solution.objects.exists()
    assert Event.objects.filter(kind="guide_ticked").exists()
    assert ArchiveEntry.objects.exclude(hold="").exists()
    assert Disposal.objects.get().total >= 2
    assert set(PersonRequest.objects.values_list("kind", flat=True)) == {"erase", "export"}
    states = set(ReceivedMail.objects.values_list("state", flat=True))
    assert {"taken", "kept"} <= states
    assert all(model.objects.exists() for model in (Absence, Account, SavedFilter, Token))


def test_the_demo_calls_nobody(loaded: list[Life]) -> None:
    assert not Subscription.objects.filter(active=True).exists()
