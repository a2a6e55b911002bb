"""The steps of the proof that need Django: the house before, what is left to do, and the checks."""

import json
import re
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from tingsu import work  # noqa: E402
from tingsu.cases import taking_turns  # noqa: E402
from tingsu.cases.models import Case, Letter  # noqa: E402
from tingsu.cases.verify import Broken, verify  # noqa: E402
from tingsu.channels.mail import arriving, imap  # noqa: E402
from tingsu.channels.models import Mailbox, ReceivedMail  # noqa: E402
from tingsu.people.models import Department, Organisation  # noqa: E402

_MARK = re.compile(r"第(K\d{5})号")
ROUNDS = 60


def found(port: int) -> None:
    """An organisation, an address behind the door and, where there is a server, a mailbox."""
    call_command("migrate", verbosity=0)
    house = Organisation.objects.create(slug="killing", name="受击", pack="general")
    Department.objects.create(organisation=house, name="客服", intake=True)
    at = now()
    told = {"organisation": house, "starts_on": at.date(), "created_at": at, "answers_from": at}
    Mailbox.objects.create(address="ts@killing.example", kind="smtp", **told)
    if port:
        where = {"host": "127.0.0.1", "port": port, "security": "none", "account": "killing"}
        box = Mailbox(address="box@killing.example", kind="imap", **told, **where)
        box.password = "geheim"
        box.save()


def settle() -> None:
    """Do what the worker would do in the next hours, at their times."""
    taking_turns.LONGEST = 0.0  # nobody is there to whom room must be left
    for box in Mailbox.objects.filter(kind="imap"):
        with imap.connect(box) as server:
            imap.fetch(server, box, now())
    for step in range(ROUNDS):
        at = now() + timedelta(minutes=30 * step)
        busy = arriving.sweep(at)
        busy = work.letters(at) or busy
        waiting = Letter.objects.filter(state="waiting").exists()
        if not busy and not waiting:
            return


def check(sent: str, left: str) -> None:
    """Write found.json beside what was sent."""
    told = json.loads(Path(sent).read_text())
    heard = [tuple(pair) for pair in json.loads(Path(left).read_text())]
    wrong: list[str] = []
    marks = Counter(
        found[1]
        for text in Case.objects.values_list("narrative", flat=True)
        if (found := _MARK.search(text))
    )
    wrong += [
        f"{mark} is there {marks[mark]} times" for mark in told["acknowledged"] if marks[mark] != 1
    ]
    wrong += [f"{mark} is there twice" for mark, number in marks.items() if number > 1]
    wrong += [f"{mark} was never sent" for mark in marks if mark not in told["tried"]]
    repeats, letters = _letters(heard, wrong)
    broken = [row for row in verify() if isinstance(row, Broken)]
    wrong += [f"{row.number}: chain {row.what}" for row in broken]
    unread = ReceivedMail.objects.exclude(state="taken").values_list("state", "cause")
    wrong += [f"a mail is {state} {cause}" for state, cause in unread]
    report = {
        "cases": Case.objects.count(),
        "letters by mail": letters,
        "letters heard more than once, under the same Message-ID": repeats,
        "broken chains": len(broken),
        "wrong": wrong[:50],
    }
    (Path(sent).parent / "found.json").write_text(json.dumps(report))


def _letters(heard: list[tuple[str, ...]], wrong: list[str]) -> tuple[int, int]:
    """How many were repeated, and how many there are."""
    rows = Letter.objects.filter(channel="mail")
    idents: dict[str, set[str]] = defaultdict(set)
    for address, ident in heard:
        idents[address.lower()].add(ident)
    for letter in rows:
        mine = [ident for ident in idents[letter.address.lower()] if letter.id.hex in ident]
        if letter.state != "sent" or len(mine) != 1:
            wrong.append(f"letter to {letter.address}: {letter.state}, heard as {mine}")
    repeats = sum(number > 1 for number in Counter(heard).values())
    return repeats, rows.count()


if __name__ == "__main__":
    step, *given = sys.argv[1:]
    if step == "found":
        found(int(given[0]))
    elif step == "settle":
        settle()
    else:
        check(*given)
