"""The worker: letters leave once, and trouble stays where it is (HA-12)."""

import logging
import smtplib
from datetime import datetime, timedelta
from email.message import Message
from itertools import pairwise

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError

from factories import NOON, House, fresh, kinds, later, make_case, make_house
from tingsu import lane, work
from tingsu.cases.actions import deliver, reply
from tingsu.cases.models import Case, Letter
from tingsu.cases.queries import lists

pytestmark = pytest.mark.django_db
MAIL = "wang@example.cn"
Mails = list[EmailMessage]


class Now:
    """The instant at which the worker looks and at which it is done."""

    def __init__(self) -> None:
        self.at = NOON

    def look(self, at: datetime) -> bool:
        self.at = at
        return work.letters(at)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    found = Now()
    monkeypatch.setattr(work, "now", lambda: found.at)
    return found


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def case(house: House, now: Now, mailoutbox: Mails) -> Case:
    """甲's case of a customer who wants mail; the acknowledgement has left."""
    found = make_case(house, by="甲", email=MAIL)
    now.look(NOON)
    mailoutbox.clear()
    return found


def _written(case: Case, house: House, text: str = "明天上午有人上门。") -> Letter:
    """甲 replies at noon."""
    reply.reply(fresh(case), house.actor("甲"), NOON, text=text)
    return Letter.objects.get(case=case, kind="interim")


def test_a_letter_waits_its_fifteen_seconds_and_leaves_once(
    case: Case, house: House, now: Now, mailoutbox: Mails
) -> None:
    letter = _written(case, house)
    assert not now.look(later(seconds=14))
    assert mailoutbox == []
    assert now.look(later(seconds=15))
    assert not now.look(later(seconds=16))
    assert not now.look(later(days=2))
    assert [mail.body for mail in mailoutbox] == ["明天上午有人上门。"]
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == ("sent", later(seconds=15))
    assert kinds(case).count("letter_sent") == 1


def test_mail_says_what_it_is_and_who_it_is_for(
    case: Case, house: House, now: Now, mailoutbox: Mails
) -> None:
    letter = _written(case, house)
    now.look(later(minutes=1))
    (mail,) = mailoutbox
    sent: Message = mail.message()
    assert mail.to == [MAIL]
    assert case.number in mail.subject
    # RFC 3834: a person wrote this; an answer-phone on the other side is asked not to answer.
    assert sent["Auto-Submitted"] == "no"
    assert sent["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert sent["Message-ID"] == f"<{letter.id.hex}@tingsu>"


def test_the_acknowledgement_leaves_at_once_and_gets_no_entry(
    house: House, now: Now, mailoutbox: Mails
) -> None:
    case = make_case(house, email=MAIL)
    now.look(NOON)
    assert [mail.to for mail in mailoutbox] == [[MAIL]]
    assert case.number in mailoutbox[0].body
    assert "letter_sent" not in kinds(case)


def test_without_an_address_the_follow_page_has_it(
    house: House, now: Now, mailoutbox: Mails
) -> None:
    case = make_case(house, by="甲")
    letter = _written(case, house)
    now.look(later(minutes=1))
    letter.refresh_from_db()
    assert (letter.channel, letter.state) == ("portal", "sent")
    assert mailoutbox == []


def test_a_letter_taken_back_never_leaves(
    case: Case, house: House, now: Now, mailoutbox: Mails
) -> None:
    letter = _written(case, house)
    reply.take_back(fresh(case), house.actor("甲"), later(seconds=5), letter_id=letter.id)
    assert not now.look(later(minutes=5))
    assert mailoutbox == []


def test_what_a_dead_worker_had_claimed_is_sent_by_the_next(
    case: Case, house: House, now: Now, mailoutbox: Mails
) -> None:
    letter = _written(case, house)
    died = later(minutes=1)
    assert deliver.claim(died) == [letter]
    assert deliver.claim(died) == []  # no second worker has it meanwhile
    assert not now.look(died + deliver.CLAIM)
    assert now.look(died + deliver.CLAIM + timedelta(seconds=1))
    assert len(mailoutbox) == 1
    assert kinds(case).count("letter_sent") == 1


@pytest.fixture
def broken_mail(now: Now, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """A mail server that answers nobody. The list holds the moments of the tries."""
    tries: list[datetime] = []

    def send(_mail: EmailMessage) -> int:
        tries.append(now.at)
        raise smtplib.SMTPServerDisconnected(f"no answer for {MAIL}")

    monkeypatch.setattr(EmailMessage, "send", send)
    return tries


def test_tries_grow_apart_and_then_the_owner_is_told(
    case: Case, house: House, now: Now, broken_mail: list[datetime]
) -> None:
    letter = _written(case, house)
    while letter.state == "waiting":
        assert not now.look(letter.send_after - timedelta(seconds=1))
        assert now.look(letter.send_after)
        letter.refresh_from_db()
    minutes = [(then - before).total_seconds() / 60 for before, then in pairwise(broken_mail)]
    assert minutes == sorted(minutes) == list(deliver.PAUSES)
    assert letter.state == "failed"
    assert not now.look(later(days=30))
    told = fresh(case)
    assert kinds(case)[-2:] == ["letter_failed", "task_asked"]
    assert told.planned_at == told.next_at == broken_mail[-1]
    assert [event.kind for event in lists.news(house.who("甲"), now.at)] == []
    at = broken_mail[-1] + timedelta(hours=1)
    assert "letter_failed" in [event.kind for event in lists.news(house.who("甲"), at)]


def test_the_trouble_is_kept_without_the_address(
    case: Case, house: House, now: Now, broken_mail: list[datetime]
) -> None:
    letter = _written(case, house)
    now.look(later(minutes=1))
    letter.refresh_from_db()
    assert (letter.error, letter.attempts) == ("SMTPServerDisconnected", 1)


def test_mail_that_works_again_is_sent_and_nobody_is_bothered(
    case: Case, house: House, now: Now, mailoutbox: Mails
) -> None:
    letter = _written(case, house)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmailMessage, "send", _refuses)
        now.look(later(minutes=1))
    now.look(later(minutes=2))
    letter.refresh_from_db()
    assert (letter.state, len(mailoutbox)) == ("sent", 1)
    assert "letter_failed" not in kinds(case)


def _refuses(_mail: EmailMessage) -> int:
    raise ConnectionRefusedError


def test_an_address_that_is_none_stops_no_other_letter(
    case: Case, house: House, now: Now, mailoutbox: Mails
) -> None:
    bad = _written(case, house)
    bad.address = "wang@例..cn"
    bad.save()
    good = make_case(house, email="li@example.cn")
    now.look(later(minutes=1))
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == ("failed", 1)  # tomorrow it is none either
    assert [mail.to for mail in mailoutbox] == [["li@example.cn"]]
    assert Letter.objects.get(case=good).state == "sent"


def test_a_slow_relay_gets_no_letter_whose_claim_may_have_run_out(
    house: House, now: Now, mailoutbox: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker could be sending it too."""
    for number in range(3):
        make_case(house, email=f"a{number}@example.cn")
    clock = iter(range(0, 1_000, 45))  # each letter takes as long as that
    with monkeypatch.context() as slow:
        slow.setattr(work, "monotonic", lambda: next(clock))
        now.look(NOON)
    assert len(mailoutbox) == 1
    now.look(NOON + timedelta(minutes=1))
    assert len(mailoutbox) == 1  # the others are still claimed
    now.look(NOON + timedelta(minutes=3))
    assert len(mailoutbox) == 3


def test_a_sweep_that_fails_stops_no_other_and_says_no_names(
    house: House,
    mailoutbox: Mails,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_at: datetime) -> bool:
        raise DatabaseError("row of 王小明 13800001234")

    class Importer:
        """A sweep without a function's name, as the imports have."""

        def __call__(self, _at: datetime) -> bool:
            raise DatabaseError

    renewed: list[str] = []  # the test's own transaction hangs on the connection
    monkeypatch.setattr(lane, "close_old_connections", lambda: renewed.append("connection"))
    make_case(house, email=MAIL)
    with caplog.at_level(logging.ERROR):
        assert lane.once((broken, Importer(), work.letters), later(minutes=1))
    assert len(mailoutbox) == 1
    assert "broken: DatabaseError" in caplog.text
    assert "Importer: DatabaseError" in caplog.text
    assert renewed == ["connection", "connection"]
    assert "王小明" not in caplog.text
