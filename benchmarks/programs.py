"""Programs that hand in complaints over the API. Know no Django: each is a process of its own."""

import json
import multiprocessing
import secrets
import time
from multiprocessing.synchronize import Barrier

from benchmarks import wire
from benchmarks.clients import MOST_A_SECOND, STORY

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
    letters = [_letter(secret) for _ in range(int(seconds * MOST_A_SECOND))]
    times = []
    with wire.connected(port) as line:
        _GATE[0].wait(60)
        stop = time.perf_counter() + seconds
        for letter in letters:
            began = time.perf_counter()
            if began >= stop:
                return times
            line.sendall(letter)
            status, body = wire.answer(line)
            if status != 201:
                raise RuntimeError(f"not received: {status} {body[:300]!r}")
            times.append((time.perf_counter() - began) * 1000)
    raise RuntimeError("more letters are needed: raise MOST_A_SECOND")


def _letter(secret: str) -> bytes:
    told = {"channel": "web", "narrative": f"{STORY}第{secrets.randbelow(10**9)}号。"}
    told |= {"name": "王小明", "phone": f"13{secrets.randbelow(10**9):09d}"}
    heads = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    heads["Idempotency-Key"] = secrets.token_hex(16)
    return wire.letter("/api/v1/cases", heads, json.dumps(told).encode())
