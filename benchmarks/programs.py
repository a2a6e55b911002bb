"""Programs that hand in complaints over the API. Know no Django: each is a process of its own."""

import json
import multiprocessing
import secrets
import time
from http.client import HTTPConnection
from multiprocessing.synchronize import Barrier

from benchmarks.clients import STORY

_GATE: list[Barrier] = []


def load(port: int, secret: str, clients: int, seconds: float) -> list[float]:
    """All at once for so long; the milliseconds of every answer."""
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
