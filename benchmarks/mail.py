"""Mail from the door to the case: how many a second, and what one costs in processor time."""

import multiprocessing
import os
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from benchmarks.clients import STORY  # noqa: E402
from benchmarks.floor import commits  # noqa: E402
from benchmarks.inside import organisation  # noqa: E402
from benchmarks.outside import _free_port  # noqa: E402
from benchmarks.table import report  # noqa: E402
from tingsu.channels.models import Mailbox, ReceivedMail  # noqa: E402

SENDERS = 4
MAILS = 250  # of each sender
TICKS = os.sysconf("SC_CLK_TCK")


def measure() -> None:
    """Start door and worker, send, wait until every mail is a case."""
    house, at = organisation(), now()
    Mailbox.objects.get_or_create(
        address="ts@bench.example",
        defaults={"organisation": house, "kind": "smtp", "starts_on": at.date(), "created_at": at,
                  "answers_from": at},
    )  # fmt: skip
    connection.close()
    floor, port = commits(1, 3.0), _free_port()
    ours = [sys.executable, "-m", "tingsu.cli"]
    running = [
        subprocess.Popen([*ours, "smtp", "--port", str(port)]),
        subprocess.Popen([*ours, "work"]),
    ]
    try:
        _send([(port, 9, 1)])  # both are up once this is a case
        _until_taken(1)
        before = sum(_spent(one.pid) for one in running)
        began = time.perf_counter()
        _send([(port, sender, MAILS) for sender in range(SENDERS)])
        kept = time.perf_counter() - began
        total = SENDERS * MAILS
        _until_taken(total + 1)
        taken = time.perf_counter() - began
        spent = sum(_spent(one.pid) for one in running) - before
        report("mail kept by SMTP, 4 senders", total / kept, "/s", floor=floor)
        report(
            "mail from SMTP to case", total / taken, "/s", floor=floor, aim="≥ 100 on PostgreSQL"
        )
        report("processor time of door and worker", spent / total * 1000, "ms a mail")
    finally:
        for one in running:
            one.kill()
            one.wait()


def _until_taken(number: int) -> None:
    last = time.monotonic() + 300
    rows = ReceivedMail.objects.filter(mailbox__address="ts@bench.example", state="taken")
    while rows.count() < number:
        if time.monotonic() > last:
            raise SystemExit(f"{rows.count()} of {number} mails became cases")
        time.sleep(0.05)


def _send(orders: list[tuple[int, int, int]]) -> None:
    with multiprocessing.get_context("spawn").Pool(len(orders)) as pool:
        pool.starmap(send, orders, chunksize=1)


def send(port: int, sender: int, mails: int) -> None:
    """One client with one connection; each mail comes from somebody else."""
    last = time.monotonic() + 60
    while True:
        try:
            client = smtplib.SMTP("127.0.0.1", port, timeout=60)
            break
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
    with client:
        for number in range(mails):
            mail = EmailMessage()
            ident = f"{sender}-{number}-{time.time_ns()}"
            mail["From"], mail["To"] = f"王小明 <k{ident}@kehu.example>", "ts@bench.example"
            mail["Subject"], mail["Message-ID"] = f"投诉电梯 {number}", f"<{ident}@kehu.example>"
            mail.set_content(f"{STORY}第{ident}号。")
            client.sendmail("a@kehu.example", ["ts@bench.example"], mail.as_bytes())


def _spent(pid: int) -> float:
    """Seconds of processor time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    measure()
