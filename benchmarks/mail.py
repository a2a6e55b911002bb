"""Mail from the door to the case: how many a second, and what one costs in processor time."""

import subprocess
import sys
import time
from contextlib import ExitStack

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from benchmarks.floor import commits  # noqa: E402
from benchmarks.inside import organisation  # noqa: E402
from benchmarks.outside import _free_port  # noqa: E402
from benchmarks.processor import spent  # noqa: E402
from benchmarks.table import report  # noqa: E402
from benchmarks.writers import write  # noqa: E402
from tingsu.channels.models import Mailbox, ReceivedMail  # noqa: E402

WRITERS = 4
MAILS = 250  # of each writer
PATIENCE = 120.0  # seconds until every mail must be a case


def measure() -> None:
    """Start door and worker, send, wait until every mail is a case."""
    _mailbox()
    floor, port, total = commits(1, 3.0), _free_port(), WRITERS * MAILS
    with ExitStack() as stack:
        door = _started(stack, "smtp", "--port", str(port))
        worker = _started(stack, "work")
        write(port, 1, 1)  # both are up once this is a case
        _until_taken(1)
        before = [spent(one.pid) for one in (door, worker)]
        began, kept = write(port, WRITERS, MAILS)
        _until_taken(total + 1)
        taken = time.perf_counter()
        after = [spent(one.pid) for one in (door, worker)]
    aim = "≥ 100 on PostgreSQL"
    report(f"mail kept by SMTP, {WRITERS} writers", total / (kept - began), "/s", floor=floor)
    report("mail from SMTP to case", total / (taken - began), "/s", floor=floor, aim=aim)
    for name, first, last in zip(("door", "worker"), before, after, strict=True):
        report(f"processor time of the {name}", (last - first) / total * 1000, "ms a mail")


def _mailbox() -> None:
    at = now()
    told = {"organisation": organisation(), "kind": "smtp", "starts_on": at.date()}
    told |= {"created_at": at, "answers_from": at}
    Mailbox.objects.get_or_create(address="ts@bench.example", defaults=told)
    connection.close()


def _started(stack: ExitStack, *words: str) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-m", "tingsu.cli", *words])
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _until_taken(number: int) -> None:
    last = time.monotonic() + PATIENCE
    rows = ReceivedMail.objects.filter(mailbox__address="ts@bench.example", state="taken")
    while rows.count() < number:
        if time.monotonic() > last:
            raise SystemExit(f"{rows.count()} of {number} mails became cases")
        time.sleep(0.05)


if __name__ == "__main__":
    measure()
