"""Who asks: a signed-in person, and a crowd that complains."""

import json
import multiprocessing
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from multiprocessing.synchronize import Barrier
from statistics import quantiles
from urllib.parse import urlencode

from benchmarks import wire

MOST_A_SECOND = 400  # letters of one client
STORY = "我住东湖小区十二栋，电梯停了三天没人管，老人下不了楼，打了五次电话没人接，请尽快处理。"
# Signs the member in as the tests do, inside a process that knows Django.
SIGN_IN = """
import json, sys, django
django.setup()
from django.test import Client
from tingsu.people.models import Member
from tingsu.cases.models import Case
member = Member.objects.get(user__username=sys.argv[1])
client = Client()
client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
case = Case.objects.order_by("-id").first()
print(json.dumps({"session": client.cookies["sessionid"].value, "case": str(case.id)}))
"""


def public_form() -> str:
    """The address of the public form."""
    return "/o/bench/new/"


class Person:
    """A signed-in member with one connection that stays open."""

    def __init__(self, port: int, user: str) -> None:
        told = subprocess.run(
            [sys.executable, "-c", SIGN_IN, user], check=True, capture_output=True, text=True
        )
        known = json.loads(told.stdout)
        self.case = known["case"]
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": f"sessionid={known['session']}"}

    def newest_case(self) -> str:
        """The id of the case that came in last."""
        return str(self.case)

    def time(self, path: str) -> float:
        """Milliseconds until the whole page is there. Raises RuntimeError when it is not."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return (time.perf_counter() - began) * 1000


def receive_load(port: int, clients: int, seconds: float) -> tuple[float, float]:
    """Complaints received per second over the public form, and p95 of one in milliseconds."""
    context = multiprocessing.get_context("spawn")
    # All begin together: a client that is still starting takes the processor from the others.
    gate = context.Barrier(clients)
    with context.Pool(clients, _stand_before, [gate]) as pool:
        answers = pool.starmap(_complain, [(port, seconds)] * clients, chunksize=1)
    times = sorted(t for answer in answers for t in answer)
    return len(times) / seconds, quantiles(times, n=20)[18]


_GATE: list[Barrier] = []


def _stand_before(gate: Barrier) -> None:
    _GATE.append(gate)


def _complain(port: int, seconds: float) -> list[float]:
    """One client: opens the form once, then submits again and again with a new key. Its letters are
    written before the clock runs."""
    fields, cookie = _form(port)
    letters = [_post(fields, cookie) for _ in range(int(seconds * MOST_A_SECOND))]
    times = []
    with wire.connected(port) as line:
        _GATE[0].wait(60)
        stop = time.perf_counter() + seconds
        for letter in letters:
            began = time.perf_counter()
            if began >= stop:
                return times
            line.sendall(letter)
            status, _body = wire.answer(line)
            if status not in (302, 303):
                raise RuntimeError(f"not received: {status}")
            times.append((time.perf_counter() - began) * 1000)
    raise RuntimeError("more letters are needed: raise MOST_A_SECOND")


def _form(port: int) -> tuple[dict[str, str], str]:
    """The hidden fields of the form and the cookie that goes with them."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", public_form())
    answer = connection.getresponse()
    page = answer.read().decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    token = _find(page, r'name="csrfmiddlewaretoken" value="([^"]+)"')
    return hidden | {"csrfmiddlewaretoken": token}, answer.headers["Set-Cookie"].split(";")[0]


def _post(hidden: Mapping[str, str], cookie: str) -> bytes:
    """One complaint as it goes over the wire; the same story twice would be one case."""
    told = {
        "ik": secrets.token_hex(16),
        "narrative": f"{STORY}第{secrets.randbelow(10**9)}号。",
        "request": "尽快修好",
        "name": "王小明",
        "phone": f"13{secrets.randbelow(10**9):09d}",
    }
    body = urlencode(hidden | told).encode()
    heads = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return wire.letter(public_form(), heads, body)


def _find(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    if not found:
        raise RuntimeError("the form has changed: the benchmark must learn it again")
    return found.group(1)
