"""Complaints received over the API, with one and with eight programs."""

import os
import subprocess
import sys
from datetime import timedelta
from statistics import quantiles

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils.timezone import localdate, now  # noqa: E402

from benchmarks.floor import commits  # noqa: E402
from benchmarks.inside import organisation  # noqa: E402
from benchmarks.outside import _family, _free_port, _wait  # noqa: E402
from benchmarks.processor import spent  # noqa: E402
from benchmarks.programs import load  # noqa: E402
from benchmarks.table import report  # noqa: E402
from tingsu.people import tokens  # noqa: E402
from tingsu.people.directory import as_who  # noqa: E402
from tingsu.people.models import Member  # noqa: E402


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
            web = [pid for pid, words in _family(server.pid) if " web " in words]
            before = spent(*web)
            times = load(port, secret, clients, seconds)
            own = (spent(*web) - before) / len(times) * 1000
            rate, p95 = len(times) / seconds, quantiles(sorted(times), n=20)[18]
            report(f"receive over the API, {clients} client(s)", rate, "/s", floor=floor)
            aim = "≤ 50" if clients == 8 else ""
            report(f"receive over the API, {clients} client(s), p95", p95, "ms", aim=aim)
            report(f"processor time of the web, {clients} client(s)", own, "ms a complaint")
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    measure(float(sys.argv[1]))
