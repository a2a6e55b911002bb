"""A lane of the worker: some sweeps one after the other, again and again, in a thread of their own,
so that a slow relay keeps no mail waiting and a thousand time limits no letter."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils.timezone import now

log = logging.getLogger(__name__)
Sweep = Callable[[datetime], bool]  # whether it found something
IDLE = 1.0  # seconds between looks when there was nothing to do


class Lane:
    """Looks until told to stop. What nobody foresaw ends the whole worker, which is then started
    anew: half a worker looks like a whole one."""

    def __init__(self, name: str, sweeps: Sequence[Sweep], stop: threading.Event) -> None:
        self.sweeps, self.stop = sweeps, stop
        self.problem: BaseException | None = None
        self.thread = threading.Thread(target=self._go, name=name, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self.thread.start()

    def end(self) -> None:
        """Wait until the look under way is over. Raises what ended it before its time."""
        self.thread.join()
        if self.problem is not None:
            raise self.problem

    def run(self) -> None:
        """Look, work, rest; in the caller's thread."""
        while not self.stop.is_set():
            if not once(self.sweeps, now()):
                self.stop.wait(IDLE)

    def _go(self) -> None:
        try:
            self.run()
        except BaseException as problem:  # noqa: BLE001 - raised where the worker ends
            self.problem = problem
        finally:
            self.stop.set()
            connection.close()


def once(sweeps: Sequence[Sweep], at: datetime) -> bool:
    """Every sweep once; whether any of them found something. One that fails does not stop the
    others: its rows are still there for the next look."""
    busy = False
    for each in sweeps:
        try:
            busy = each(at) or busy
        except DatabaseError as problem:
            # The kind of trouble only: the message of a database can quote a row.
            name = getattr(each, "__name__", type(each).__name__)
            log.error("%s: %s", name, type(problem).__name__)
            close_old_connections()
    return busy


class Every:
    """A sweep that does something once in a while, and never keeps its lane busy."""

    def __init__(self, pause: timedelta, do: Callable[[datetime], object], first: datetime) -> None:
        self.pause, self.do, self.next = pause, do, first
        self.__name__ = getattr(do, "__name__", type(do).__name__)

    def __call__(self, at: datetime) -> bool:
        if at >= self.next:
            self.next = at + self.pause
            self.do(at)
        return False
