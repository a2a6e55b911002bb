"""The engine: Django's own, and whoever writes takes a turn first.

SQLite has one writer. Who finds it busy sleeps for a millisecond, then two, five, ten …, while the
database stands idle; with two web processes a third of the day goes by like that. A lock on a file
beside the database is looked at every half millisecond instead. It is no more than good manners:
it belongs to the process, ends with it, and who has waited too long goes on without it.
"""

import os
import sys
import time
from contextlib import suppress
from typing import Any

from django.db.backends.sqlite3 import base

if sys.platform != "win32":
    import fcntl

GLANCE = 0.0005  # seconds between two looks
PATIENCE = 30.0  # seconds after which SQLite itself may say what is wrong


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes turns with all others to the same file."""

    _door: int | None = None  # the open lock file

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if sys.platform != "win32" and self._door is None and not self.is_in_memory_db():
            name = f"{self.settings_dict['NAME']}-turn"
            with suppress(OSError):  # a folder that is read-only: nobody writes there
                self._door = os.open(name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_way()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._give_way()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_way()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            if self._door is not None:
                os.close(self._door)
                self._door = None

    def _take_turn(self) -> None:
        if self._door is None or sys.platform == "win32":
            return
        last = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(self._door, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > last:
                    return
                time.sleep(GLANCE)
            else:
                return

    def _give_way(self) -> None:
        if self._door is not None and sys.platform != "win32":
            fcntl.flock(self._door, fcntl.LOCK_UN)
