"""A thread for each IMAP mailbox, beside the worker's loop: a slow server keeps nobody waiting."""

import logging
import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils.timezone import now

from tingsu.channels.mail.imap import UNREACHABLE, connect, fetch
from tingsu.channels.models import Mailbox

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=1)
PAUSE = 20.0  # seconds between looks; a server that can, says earlier that something came
LONGEST_PAUSE = 300.0


class Watchers:
    """Starts a thread for each mailbox that is switched on, and ends with the worker."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.threads: dict[UUID, threading.Thread] = {}
        self.looked: datetime | None = None

    def __call__(self, at: datetime) -> bool:
        """One of the worker's looks: start what is missing, once a minute. Never busy."""
        if self.looked is None or at - self.looked >= EVERY:
            self.looked = at
            self._start()
        return False

    def _start(self) -> None:
        for ident in Mailbox.objects.filter(kind="imap", active=True).values_list("id", flat=True):
            running = self.threads.get(ident)
            if running is None or not running.is_alive():
                made = threading.Thread(target=watch, args=(ident, self.stop), daemon=True)
                self.threads[ident] = made
                made.start()


def watch(ident: UUID, stop: threading.Event) -> None:
    """Look again and again until the mailbox is switched off; trouble is said at the mailbox."""
    pause = PAUSE
    while not stop.is_set():
        try:
            mailbox = Mailbox.objects.filter(id=ident, active=True, kind="imap").first()
            if mailbox is None:
                return
            _sit_beside(mailbox, stop)
            pause = PAUSE
        except UNREACHABLE as problem:
            # The kind of trouble only: servers quote addresses and passwords.
            Mailbox.objects.filter(id=ident).update(trouble=type(problem).__name__, looked_at=now())
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        except DatabaseError as problem:
            log.error("mailbox %s: %s", ident, type(problem).__name__)
            stop.wait(pause)
        finally:
            connection.close()


def _sit_beside(mailbox: Mailbox, stop: threading.Event) -> None:
    """One connection for as long as it lasts and the settings stay as they are."""
    with connect(mailbox) as server:
        says_so = b"IDLE" in b" ".join(map(_bytes, server.client.capabilities)).upper()
        while not stop.is_set():
            fetch(server, mailbox, now())
            connection.close()
            if says_so:
                server.idle.wait(timeout=PAUSE)
            else:
                stop.wait(PAUSE)
            if not _as_it_was(mailbox):
                return


def _as_it_was(mailbox: Mailbox) -> bool:
    same = ("host", "port", "security", "account", "password_sealed", "folder", "active")
    row = Mailbox.objects.filter(id=mailbox.id).first()
    return row is not None and all(getattr(row, n) == getattr(mailbox, n) for n in same)


def _bytes(word: object) -> bytes:
    return word if isinstance(word, bytes) else str(word).encode()
