"""The house under fire: web, worker and the door for mail, killed and started again at once."""

import os
import random
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from types import TracebackType

import psycopg

from benchmarks.home import Home
from benchmarks.outside import _family, _free_port

GROWN = 6.0  # seconds that each gets to do something before it is killed again
STILL = 90.0  # seconds without an answer after which it does not come back by itself
ANSWER = 5.0  # seconds for one answer


class House:
    """Use as a context manager: nothing of it is left at the end. ``kills``: how many of what;
    ``stood_still``: what lived and did not answer any more."""

    def __init__(self, home: Home, relay: int, seed: int) -> None:
        self.home, self.chance = home, random.Random(seed)
        self.web, self.smtp = _free_port(), _free_port()
        self.kills: Counter[str] = Counter()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.begun: dict[str, float] = {}
        self.heard: dict[str, float] = {}  # when it was started or answered last
        self.stood_still: list[str] = []
        self.deck = self._dealt()
        self.lock = threading.Lock()
        self.log = (home.folder / "house.log").open("ab")
        home.more = {
            "TINGSU_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "TINGSU_SMTP_HOST": "127.0.0.1",
            "TINGSU_SMTP_PORT": str(relay),
            "PYTHONFAULTHANDLER": "1",  # what stands still says where
        }

    def __enter__(self) -> "House":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()
        self.log.close()

    def start(self) -> None:
        """All of it."""
        for name in ("web", "work", "smtp"):
            self._start(name)

    def end(self) -> None:
        """With -9 as well: the last kill."""
        with self.lock:
            for name in list(self.running):
                self._kill(name)

    def is_up(self, name: str) -> bool:
        """Whether it answers; of the worker, whether it lives."""
        up = {"web": self._web_answers, "smtp": self._door_answers, "work": lambda: True}[name]()
        if up:
            self.heard[name] = time.monotonic()
        return up

    def wait(self, seconds: float) -> None:
        """Until both listen, or patience is out."""
        last = time.monotonic() + seconds
        while not (self.is_up("web") and self.is_up("smtp")) and time.monotonic() < last:
            time.sleep(0.1)

    @contextmanager
    def killing(self, pause: float) -> Iterator[None]:
        """Something is killed about every so many seconds."""
        stop = threading.Event()

        def go_on() -> None:
            while not stop.wait(pause * self.chance.uniform(0.3, 1.7)):
                self._raise_fallen()
                self._strike()

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _raise_fallen(self) -> None:
        """As `tingsu serve` does: what ended by itself is started again. What stands still says
        where, in the log, and counts as a fault."""
        with self.lock:
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    self.kills[f"{name} ended by itself"] += 1
                    self._kill(name)  # what is left below it would keep the port
                    self._start(name)
                elif not self.is_up(name) and time.monotonic() - self.heard[name] > STILL:
                    self.stood_still.append(name)
                    self._ask_where(name)
                    self._kill(name)
                    self._start(name)

    def _strike(self) -> None:
        """The next of the deck that has had time to get up: killed again and again none would ever
        do anything."""
        ready = [name for name in self.deck if self._is_grown(name)]
        if not ready:
            return
        name = ready[0]
        self.deck.remove(name)
        if not self.deck:
            self.deck = self._dealt()
        self.kills[name] += 1
        with self.lock:
            if name == "connections":
                self._cut()
            elif name == "a web process":
                self._kill_one_below("web")
            else:
                self._kill(name)
                self._start(name)

    def _dealt(self) -> list[str]:
        """Everything in turn, in an order that chance chooses."""
        deck = ["web", "a web process", "work", "smtp"]
        if self.home.url:
            deck += ["connections"] * 2
        return self.chance.sample(deck, len(deck))

    def _is_grown(self, target: str) -> bool:
        name = target if target in self.running else "web"
        return time.monotonic() - self.begun[name] > GROWN and self.is_up(name)

    def _ask_where(self, name: str) -> None:
        """Every thread of it writes into the log where it is."""
        for pid, _words in _family(self.running[name].pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGABRT)
        time.sleep(1)

    def _web_answers(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.web, timeout=ANSWER)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def _door_answers(self) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.smtp, timeout=ANSWER):
                return True
        except (OSError, smtplib.SMTPException):
            return False

    def _start(self, name: str) -> None:
        words = {
            "web": ("web", "--port", str(self.web), "--web-workers", "2"),
            "work": ("work",),
            "smtp": ("smtp", "--port", str(self.smtp)),
        }[name]
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "tingsu.cli", *words],
            env=self.home.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            process_group=0,
        )
        self.begun[name] = self.heard[name] = time.monotonic()

    def _kill(self, name: str) -> None:
        process = self.running.pop(name, None)
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _kill_one_below(self, name: str) -> None:
        below = [pid for pid, _words in _family(self.running[name].pid)][1:]
        if below:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(below), signal.SIGKILL)

    def _cut(self) -> None:
        """Some connections of this database, from the server's side."""
        with psycopg.connect(self.home.url, autocommit=True) as own:
            own.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND random() < 0.5"
            )
