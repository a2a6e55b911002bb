"""The work beside the web: letters that are due, clocks that run out, imports, tidying.

What must happen is a row; every sweep finds it again, so a killed worker loses nothing and any
number of workers may run. May call everything from channels down.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic

from django.core.files.storage import default_storage
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import search, tidy
from tingsu.cases.actions import (
    ask_again,
    calendar,
    callback,
    close,
    deliver,
    learn,
    offer_expiry,
    overdue_owed,
    promise_remind,
    remind,
    rise,
    surge,
    sweep,
)
from tingsu.cases.errors import Refusal
from tingsu.cases.folder import Folder
from tingsu.cases.models import Case, CheckAsked, Letter
from tingsu.cases.taking_turns import handfuls, politely
from tingsu.channels import file, taking
from tingsu.channels.answering import answer
from tingsu.channels.llm import asking
from tingsu.channels.mail import arriving
from tingsu.channels.mail.sending import is_lasting, mail_of
from tingsu.channels.mail.watching import Watchers
from tingsu.channels.webhook import ledger
from tingsu.followup import sweeping
from tingsu.lane import Every, Lane, Sweep
from tingsu.people.actor import SYSTEM

LETTERS = 20  # of one look
TOGETHER = 10  # cases looked at with one commit
SETTLED = timedelta(minutes=2)
HOURLY = timedelta(hours=1)
DAILY = timedelta(days=1)


def letters(at: datetime) -> bool:
    """Send what is due. The follow page needs no sending: the letter shows once it is marked."""
    claimed = deliver.claim(at, most=LETTERS)
    shown = []
    last = monotonic() + deliver.CLAIM.total_seconds() / 2
    for letter in politely(claimed):
        if monotonic() > last:  # a slow relay: the claims of the rest run out, and they come again
            break
        try:
            left = _send(letter)
        except (OSError, ValueError) as problem:  # no answer, or an address that is none
            name = type(problem).__name__
            deliver.not_delivered(letter, now(), name, lasting=is_lasting(problem))
        else:
            if left or letter.kind != "acknowledgement":
                deliver.delivered(letter, now())
            else:
                shown.append(letter)
    deliver.shown(shown, now())
    return bool(claimed)


def promises(at: datetime) -> bool:
    """Call to mind what was promised to customers."""
    found = promise_remind.due(at)
    for promise in politely(found):
        promise_remind.remind(promise, at)
    return bool(found)


def clocks(at: datetime) -> bool:
    """Tell the cases whose clocks warn or run out, and climb the ladder of those that did."""
    late, warned = sweep.due(at)
    for clock in politely(late):
        sweep.breach(clock, at)
    for clock in politely(warned):
        sweep.warn(clock, at)
    overdue = sweep.overdue(at)
    for clock in politely(overdue):
        sweep.follow(clock, at)
    return bool(late or warned or overdue)


def offers(at: datetime) -> bool:
    """Lay aside the offers that nobody answered in time."""
    late = offer_expiry.due(at)
    for offer in politely(late):
        offer_expiry.expire(offer, at)
    return bool(late)


def calls(at: datetime) -> bool:
    """Tell the cases whose call-backs are late."""
    late = callback.late(at)
    for row in politely(late):
        callback.overdue(row, at)
    return bool(late)


def sharing(at: datetime) -> bool:
    """Cases that go up or to somebody by rule, askings that nobody answers, reminders of tasks."""
    late = rise.late(at)
    for row in politely(late):
        rise.lapse(row, at)
    tasks = remind.due(at)
    for task in politely(tasks):
        remind.remind(task, at)
    cases = rise.waiting(at)
    for some in politely(handfuls(cases, TOGETHER)):
        rise.look(some, at)
    return bool(late or tasks or cases)


def endings(at: datetime) -> bool:
    """What is owed and late, and customers who did not answer. A case is closed by itself only
    where its pack says so, and only when nothing else stands in the way."""
    late, unheard = overdue_owed.due(at), ask_again.due(at)
    for owed in politely(late):
        overdue_owed.tell(owed, at)
    for asked in politely(unheard):
        if ask_again.no_word(asked, at):
            _close_unheard(asked, at)
    return bool(late or unheard)


# What waits for others (a relay, an address outside) has a lane of its own, and so has what others
# wait for; the rest takes turns.
LANES: dict[str, tuple[Sweep, ...]] = {
    "letters": (letters,),
    "outside": (ledger.sweep,),
    "arriving": (arriving.sweep, taking.sweep),
    "house": (
        clocks,
        promises,
        offers,
        calls,
        sharing,
        endings,
        file.sweep,
        calendar.sweep,
        sweeping.sweep,
    ),
}


class Learning:
    """One run of ``tingsu learn`` at a time, beside this process: learning takes a core for a
    while and two hundred megabytes, and letters must not wait for it."""

    def __init__(self) -> None:
        self.running: subprocess.Popen[bytes] | None = None

    def begin(self, at: datetime) -> bool:
        """Start it where there is something new to learn from; whether it was started."""
        if self.running and self.running.poll() is None:
            return False
        if not learn.waiting(at) and not surge.waiting(at):
            return False
        self.running = subprocess.Popen(
            [sys.executable, "-m", "tingsu.cli", "learn"],
            env={**os.environ, "TINGSU_PARENT": str(os.getpid())},
            stdin=subprocess.DEVNULL,
        )
        return True

    def end(self) -> None:
        """Cut it off: nothing is written before it is done."""
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()


def learn_command(_asked: argparse.Namespace) -> int:
    """``tingsu learn``: whatever has something new, then what stands out in it."""
    os.nice(10)
    for organisation_id, pack in learn.waiting(now()):
        learn.learn(organisation_id, pack, now())
    for organisation_id in surge.waiting(now()):
        surge.look(organisation_id, now())
    return 0


def run(stop: threading.Event) -> None:
    """Start every lane, wait until told to stop, let each finish what it is at."""
    learning, begun = Learning(), now()
    beside = (
        Watchers(stop),
        Every(HOURLY, tidy.tidy, begun),
        Every(HOURLY, asking.forget_old, begun),
        Every(HOURLY, learning.begin, begun + SETTLED),  # first those who open their pages
        Every(DAILY, lambda _at: search.tidy(), begun + DAILY),
        Every(DAILY, _half_files, begun),
    )
    own = {"model": (asking.Answering(),), "care": beside}
    lanes = [Lane(name, sweeps, stop) for name, sweeps in {**LANES, **own}.items()]
    for lane in lanes:
        lane.start()
    stop.wait()
    learning.end()
    for lane in lanes:
        lane.end()


def command(_asked: argparse.Namespace) -> int:
    """``tingsu work``."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    run(stop)
    return 0


def _half_files(at: datetime) -> None:
    if isinstance(default_storage, Folder):
        default_storage.sweep(at)


def _close_unheard(asked: CheckAsked, at: datetime) -> None:
    case = Case.objects.get(id=asked.case_id)
    with override(case.language):
        reason = _("多次请客户确认，没有得到答复，按规则办结。客户可以随时请求重新处理。")
    with suppress(Refusal):  # something is missing: it waits on the desk
        close.close(case, SYSTEM, at, verdict=case.verdict or "undecided", reason=reason)


def _send(letter: Letter) -> bool:
    """Mail leaves by SMTP, a message by its channel; paper and telephone are done by people from
    the case page: False, nothing left the house."""
    if letter.channel == "mail" and letter.address:
        message = mail_of(letter)
        for name, content, kind in deliver.enclosed(letter):
            message.attach(name, content, kind)
        message.send()
        return True
    # The customer who wrote by a messenger reads it there too.
    return letter.channel == "portal" and answer(letter)
