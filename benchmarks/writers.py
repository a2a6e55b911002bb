"""Those who write mails to the door. Know no Django: each is a process of its own, up at once."""

import multiprocessing
import smtplib
import time
from email.message import EmailMessage
from multiprocessing.synchronize import Barrier

from benchmarks.clients import STORY

_GATE: list[Barrier] = []


def write(port: int, writers: int, mails: int) -> tuple[float, float]:
    """Everybody sends as many; the moments when the first began and the last had ended."""
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(writers)
    orders = [(port, writer, mails) for writer in range(writers)]
    with context.Pool(writers, _stand_before, [gate]) as pool:
        spans = pool.starmap(_write, orders, chunksize=1)
    return min(began for began, _ended in spans), max(ended for _began, ended in spans)


def _stand_before(gate: Barrier) -> None:
    _GATE.append(gate)


def _write(port: int, writer: int, mails: int) -> tuple[float, float]:
    """One client with one connection; each mail comes from somebody else."""
    letters = [_mail(f"{writer}-{number}-{time.time_ns()}") for number in range(mails)]
    with _connected(port) as client:
        _GATE[0].wait(60)
        began = time.perf_counter()
        for letter in letters:
            client.sendmail("a@kehu.example", ["ts@bench.example"], letter)
        return began, time.perf_counter()


def _mail(ident: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"王小明 <k{ident}@kehu.example>", "ts@bench.example"
    mail["Subject"], mail["Message-ID"] = f"投诉电梯 {ident}", f"<{ident}@kehu.example>"
    mail.set_content(f"{STORY}第{ident}号。")
    return mail.as_bytes()


def _connected(port: int) -> smtplib.SMTP:
    """The door may still be opening."""
    last = time.monotonic() + 60
    while True:
        try:
            return smtplib.SMTP("127.0.0.1", port, timeout=60)
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
