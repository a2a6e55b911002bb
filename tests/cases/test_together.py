"""Those who come at the same moment are served together, and each gets its own answer."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from tingsu.cases._together import Together

Serve = Callable[[Sequence[int]], Sequence[str]]
PATIENCE = 60  # seconds, and then something is wrong


class Busy(Exception):
    """The counter is closed for everybody."""


class Queue(deque[Any]):
    """Tells of each who joins it."""

    def __init__(self) -> None:
        super().__init__()
        self.joined = threading.Semaphore(0)

    def append(self, seat: Any) -> None:
        super().append(seat)
        self.joined.release()


class Counter:
    """Serves whoever comes; the first one holds it until the others have come."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.inside, self.go_on = threading.Event(), threading.Event()

    def serve(self, items: Sequence[int]) -> list[str]:
        self.rounds.append(list(items))
        if items[0] == 0:
            self.inside.set()
            assert self.go_on.wait(PATIENCE)
        if 13 in items:
            raise ValueError("thirteen")
        if 99 in items:
            raise Busy
        return [f"answer {item}" for item in items]

    def crowd(self, *items: int, most: int = 32) -> list[Future[str]]:
        """Everybody comes while number 0 is served; their answers, 0 first."""
        together = Together(self.serve, most=most, hopeless=(Busy,))
        together._waiting = queue = Queue()
        with ThreadPoolExecutor(len(items) + 1) as threads:
            first = threads.submit(together, 0)
            assert self.inside.wait(PATIENCE)
            found = [first, *(threads.submit(together, item) for item in items)]
            for _one in found:
                assert queue.joined.acquire(timeout=PATIENCE)
            self.go_on.set()
        return found


def test_all_who_wait_are_taken_along_and_hear_their_own_answer() -> None:
    counter = Counter()
    found = counter.crowd(1, 2, 3)
    assert [one.result() for one in found] == [f"answer {n}" for n in range(4)]
    assert [sorted(items) for items in counter.rounds] == [[0], [1, 2, 3]]


def test_no_more_than_fit() -> None:
    counter = Counter()
    assert len(counter.crowd(1, 2, 3, 4, 5, most=2)) == 6
    assert [len(items) for items in counter.rounds] == [1, 2, 2, 1]


def test_nobody_suffers_for_another() -> None:
    found = Counter().crowd(1, 13, 2)
    assert [one.result() for one in (found[1], found[3])] == ["answer 1", "answer 2"]
    with pytest.raises(ValueError, match="thirteen"):
        found[2].result()


def test_what_is_hopeless_is_not_tried_again_for_each() -> None:
    counter = Counter()
    found = counter.crowd(1, 99, 2)
    for one in found[1:]:
        with pytest.raises(Busy):
            one.result()
    assert len(counter.rounds) == 2


def test_alone_one_hears_what_went_wrong() -> None:
    together = Together(Counter().serve, most=32)
    with pytest.raises(ValueError, match="thirteen"):
        together(13)
    assert together(7) == "answer 7"
