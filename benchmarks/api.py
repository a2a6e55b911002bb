"""Complaints received over the API, with one and with eight programs."""

import json
import multiprocessing
import os
import secrets
import subprocess
import sys
import time
from datetime import timedelta
from http.client import HTTPConnection
from multiprocessing.synchronize import Barrier
from statistics import quantiles

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils.timezone import localdate, now  # noqa: E402

from benchmarks.clients import STORY  # noqa: E402
from benchmarks.floor import commits  # noqa: E402
from benchmarks.inside import organisation  # noqa: E402
from benchmarks.outside import _free_port, _wait  # noqa: E402
from benchmarks.table import report  # noqa: E402
from tingsu.people import tokens  # noqa: E402
from tingsu.people.directory import as_who  # noqa: E402
from tingsu.people.models import Member  # noqa: E402

_GATE: list[Barrier] = []


def measure(seconds: float) -> None:
    """Start the house, send, end it."""
    house = organisation()
    head = Member.objects.get(organisation=house, user__username="head")
    soon = localdate(now()) + timedelta(days=1)
    _row, secret = tokens.make(
        as_who(head), name="bench", scopes=["receive"], expires_on=soon, at=now()
    )
    connection.close()
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tingsu.cli", "serve", "--port", str(port)],
        env={**os.environ, "TINGSU_API_PER_MINUTE": "1000000"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        for clients in (1, 8):
            floor = commits(clients, min(seconds, 3.0))
            times = _load(port, secret, clients, seconds)
            rate, p95 = len(times) / seconds, quantiles(sorted(times), n=20)[18]
            report(f"receive over the API, {clients} client(s)", rate, "/s", floor=floor)
            aim = "≤ 50" if clients == 8 else ""
            report(f"receive over the API, {clients} client(s), p95", p95, "ms", aim=aim)
    finally:
        server.terminate()
        server.wait(30)


def _load(port: int, secret: str, clients: int, seconds: float) -> list[float]:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(clients)
    with context.Pool(clients, _stand_before, [gate]) as pool:
        answers = pool.starmap(_program, [(port, secret, seconds)] * clients, chunksize=1)
    return [one for answer in answers for one in answer]


def _stand_before(gate: Barrier) -> None:
    _GATE.append(gate)


def _program(port: int, secret: str, seconds: float) -> list[float]:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    _GATE[0].wait(60)
    stop = time.perf_counter() + seconds
    while time.perf_counter() < stop:
        told = {"channel": "web", "narrative": f"{STORY}第{secrets.randbelow(10**9)}号。"}
        told |= {"name": "王小明", "phone": f"13{secrets.randbelow(10**9):09d}"}
        heads = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        heads["Idempotency-Key"] = secrets.token_hex(16)
        began = time.perf_counter()
        line.request("POST", "/api/v1/cases", json.dumps(told), heads)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 201:
            raise RuntimeError(f"not received: {answer.status} {body[:300]!r}")
        times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    measure(float(sys.argv[1]))
