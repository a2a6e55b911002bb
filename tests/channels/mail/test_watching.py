"""Beside each IMAP mailbox: waiting for word where the server gives it, looking now and then where
it does not, and trouble said at the mailbox (IN-4)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from factories import NOON, House
from tingsu.channels.mail import watching
from tingsu.channels.models import Mailbox

pytestmark = pytest.mark.django_db


class Rest(threading.Event):
    """Notes how long it is waited for; told to stop after so many rests."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.pauses = most, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0)
        if len(self.pauses) == self.most:
            self.set()
        return self.is_set()


class Server:
    """As much of a server as a watcher speaks to."""

    def __init__(self, stop: Rest, *, idle: bool) -> None:
        words = ("IMAP4REV1", "IDLE") if idle else ("IMAP4REV1",)
        self.client = SimpleNamespace(capabilities=words)
        self.idle = SimpleNamespace(wait=self._word)
        self.stop, self.words = stop, 0

    def _word(self, timeout: float) -> None:
        self.words += 1
        self.stop.wait(timeout)


@pytest.fixture
def imap(house: House) -> Mailbox:
    return Mailbox.objects.create(
        organisation=house.organisation, address="ts@yunfan.example", kind="imap", active=True,
        host="imap.example", port=993, security="tls", account="ts", folder="INBOX",
        starts_on=NOON.date(), created_at=NOON,
    )  # fmt: skip


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Mailbox]:
    """The looks into the mailbox; the test's own transaction hangs on the connection."""
    found: list[Mailbox] = []
    monkeypatch.setattr(watching, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(watching, "fetch", lambda _server, box, _at: found.append(box))
    return found


def _reached(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    @contextmanager
    def connect(_mailbox: Mailbox) -> Iterator[Server]:
        yield server

    monkeypatch.setattr(watching, "connect", connect)


@pytest.mark.parametrize("idle", [True, False])
def test_it_waits_for_word_or_looks_now_and_then(
    imap: Mailbox, looks: list[Mailbox], monkeypatch: pytest.MonkeyPatch, *, idle: bool
) -> None:
    stop = Rest(3)
    server = Server(stop, idle=idle)
    _reached(monkeypatch, server)
    watching.watch(imap.id, stop)
    assert len(looks) == 3
    assert server.words == (3 if idle else 0)
    assert stop.pauses == [watching.PAUSE] * 3


def test_trouble_is_said_and_the_pauses_grow(
    imap: Mailbox, looks: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_mailbox: Mailbox) -> Any:
        raise ConnectionRefusedError("ts@yunfan.example geheim")

    monkeypatch.setattr(watching, "connect", away)
    stop = Rest(6)
    watching.watch(imap.id, stop)
    assert stop.pauses == [20, 40, 80, 160, 300, 300]
    imap.refresh_from_db()
    assert imap.trouble == "ConnectionRefusedError"  # the kind alone: servers quote passwords
    assert not looks


def test_other_settings_mean_another_connection(
    imap: Mailbox, looks: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(_server: Server, box: Mailbox, _at: object) -> None:
        looks.append(box)
        if len(looks) == 1:
            Mailbox.objects.update(host="new.example")

    stop = Rest(3)
    _reached(monkeypatch, Server(stop, idle=True))
    monkeypatch.setattr(watching, "fetch", fetch)
    watching.watch(imap.id, stop)
    assert [box.host for box in looks] == ["imap.example", "new.example", "new.example"]


def test_switched_off_it_ends_and_switched_on_it_begins(
    imap: Mailbox, looks: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    Mailbox.objects.update(active=False)
    watching.watch(imap.id, threading.Event())
    assert not looks
    begun: list[Any] = []
    monkeypatch.setattr(watching, "watch", lambda ident, _stop: begun.append(ident))
    watchers = watching.Watchers(threading.Event())
    watchers(NOON)
    assert begun == []
    Mailbox.objects.update(active=True)
    watchers(NOON + watching.EVERY)
    for thread in watchers.threads.values():
        thread.join(30)
    assert begun == [imap.id]
