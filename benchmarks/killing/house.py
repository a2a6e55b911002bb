"""The house under fire: web, worker and the door for mail, killed and started again at once."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

import psycopg

from benchmarks.home import Home
from benchmarks.outside import _family, _free_port


class House:
    """Use as a context manager: nothing of it is left at the end. ``kills``: how many of what."""

    def __init__(self, home: Home, relay: int, seed: int) -> None:
        self.home, self.chance = home, random.Random(seed)
        self.web, self.smtp = _free_port(), _free_port()
        self.kills: Counter[str] = Counter()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.lock = threading.Lock()
        self.log = (home.folder / "house.log").open("ab")
        home.more = {
            "TINGSU_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "TINGSU_SMTP_HOST": "127.0.0.1",
            "TINGSU_SMTP_PORT": str(relay),
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
        """Whether web or smtp listens."""
        return _listens(self.web if name == "web" else self.smtp)

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
        """As `tingsu serve` does: what ended by itself is started again."""
        with self.lock:
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    self.kills[f"{name} ended by itself"] += 1
                    self._start(name)

    def _strike(self) -> None:
        targets = ["web", "a web process", "work", "smtp"]
        if self.home.url:
            targets += ["connections"] * 2
        name = self.chance.choice(targets)
        if not self.is_up("smtp" if name == "smtp" else "web"):
            return  # still getting up: killed again and again it would never receive
        self.kills[name] += 1
        with self.lock:
            if name == "connections":
                self._cut()
            elif name == "a web process":
                self._kill_one_below("web")
            else:
                self._kill(name)
                self._start(name)

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


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
