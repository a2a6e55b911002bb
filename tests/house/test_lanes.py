"""The lanes of the worker: none waits for another, and what nobody foresaw stops all (HA-12)."""

import threading
from datetime import datetime, timedelta

import pytest

from factories import NOON, later
from tingsu import lane, work


class Stop(threading.Event):
    """Told to stop by the first rest after so many looks; remembers when there was a rest."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.looks = most, 0
        self.rests: list[int] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.rests.append(self.looks)
        if self.looks == self.most:
            self.set()
        return self.is_set()


def test_it_rests_only_when_there_is_nothing_to_do() -> None:
    answers = [True, True, False, True, False]
    stop = Stop(len(answers))

    def sweep(_at: datetime) -> bool:
        stop.looks += 1
        return answers[stop.looks - 1]

    lane.Lane("test", [sweep], stop).run()
    assert stop.rests == [3, 5]


def test_a_relay_that_does_not_answer_keeps_no_mail_and_no_clock_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop, mails, clocks = threading.Event(), threading.Event(), threading.Event()

    def looks(seen: threading.Event) -> lane.Sweep:
        def sweep(_at: datetime) -> bool:
            seen.set()
            return False

        return sweep

    lanes = {"letters": (lambda _at: stop.wait(60),)}
    lanes |= {"arriving": (looks(mails),), "house": (looks(clocks),)}
    monkeypatch.setattr(work, "LANES", lanes)
    monkeypatch.setattr(work, "Watchers", lambda _stop: lambda _at: False)
    monkeypatch.setattr(work, "Every", lambda *_told: lambda _at: False)
    running = threading.Thread(target=work.run, args=(stop,))
    running.start()
    both = mails.wait(30) and clocks.wait(30)  # while the letter hangs
    stop.set()
    running.join(30)
    assert both
    assert not running.is_alive()


def test_what_nobody_foresaw_ends_the_whole_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(_at: datetime) -> bool:
        raise LookupError

    monkeypatch.setattr(work, "LANES", {"house": (odd,), "letters": (lambda _at: False,)})
    monkeypatch.setattr(work, "Watchers", lambda _stop: lambda _at: False)
    monkeypatch.setattr(work, "Every", lambda *_told: lambda _at: False)
    with pytest.raises(LookupError):
        work.run(threading.Event())


def test_what_is_to_be_done_now_and_then_is_done_when_its_time_has_come() -> None:
    done: list[datetime] = []
    hourly = lane.Every(timedelta(hours=1), done.append, NOON)
    for minutes in (0, 1, 59, 60, 61, 121):
        assert not hourly(later(minutes=minutes))
    assert done == [NOON, later(minutes=60), later(minutes=121)]
