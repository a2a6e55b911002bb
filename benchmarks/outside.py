"""Figures taken from outside, over HTTP, of a server started as users start it."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles

from benchmarks.clients import Person, public_form, receive_load
from benchmarks.floor import commits
from benchmarks.table import report

SAMPLES = 200


def measure(seconds: float) -> None:
    """Start the house, measure everything, end it."""
    port = _free_port()
    began = time.perf_counter()
    house = subprocess.Popen(
        [sys.executable, "-m", "tingsu.cli", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, house)
        report("cold start to the first page", time.perf_counter() - began, "s", aim="≤ 3")
        _pages(port)
        _receives(port, seconds)
        _memory(house.pid)
    finally:
        house.terminate()
        house.wait(30)


def _receives(port: int, seconds: float) -> None:
    for clients in (1, 8):
        floor = commits(clients, min(seconds, 3.0))
        report(f"floor, INSERT + COMMIT, {clients} client(s)", floor, "/s")
        rate, p95 = receive_load(port, clients, seconds)
        aim = f"≥ {max(300.0, floor / 20):,.0f}" if clients == 8 else ""
        report(f"receive over HTTP, {clients} client(s)", rate, "/s", floor=floor, aim=aim)
        report(f"receive over HTTP, {clients} client(s), p95", p95, "ms")


def _pages(port: int) -> None:
    person = Person(port, "head")
    case = person.newest_case()
    for name, path in (
        ("desk", "/desk/"),
        ("own queue", "/desk/?queue=all"),
        ("list", "/cases/"),
        ("case", f"/cases/{case}/"),
        ("search page", "/cases/?q=%E7%94%B5%E6%A2%AF"),
        ("public form", public_form()),
    ):
        times = sorted(person.time(path) for _ in range(SAMPLES))
        cuts = quantiles(times, n=20)
        report(f"{name} page, p50", cuts[9], "ms")
        report(f"{name} page, p95", cuts[18], "ms", aim="≤ 60")


def _memory(parent: int) -> None:
    for pid, command in _family(parent):
        try:
            status = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:  # a helper of the worker that has just ended
            continue
        sizes = {line.split(":")[0]: line.split()[1] for line in status.splitlines()[1:]}
        name = "worker" if " work" in command else "web" if "web" in command else "parent"
        aim = "≤ 150" if name == "web" else ""
        report(f"memory of {name} ({pid}), resident", int(sizes["Rss"]) / 1024, "MB", aim=aim)
        report(f"memory of {name} ({pid}), own share", int(sizes["Pss"]) / 1024, "MB")


def _family(parent: int) -> list[tuple[int, str]]:
    """The process and all below it."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [parent]
    while todo:
        pid = todo.pop()
        todo += below.get(pid, [])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        found.append((pid, words))
    return found


def _wait(port: int, house: "subprocess.Popen[bytes]") -> None:
    deadline = time.perf_counter() + 60
    while time.perf_counter() < deadline and house.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/account/login/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the house did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    os.environ.setdefault("BENCH_RESULTS", "/dev/stdout")
    measure(float(sys.argv[2]))
