"""Where letters go: a real SMTP server that remembers what it took, and is at times unwilling."""

import random
import re
import threading
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

from benchmarks.outside import _free_port

_ID = re.compile(rb"(?im)^message-id:\s*(<[^>]+>)")
UNWILLING = 0.05  # of the letters are put off, some after they were taken


class Relay:
    """Use as a context manager. ``heard``: recipient and Message-ID of every letter it took."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.heard: list[tuple[str, str]] = []
        self.lock = threading.Lock()
        self.port = _free_port()
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "Relay":
        self.server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take it, put it off, or take it and claim not to have: then it comes again."""
        del server, session
        found = _ID.search(envelope.content)
        lot = self.chance.random()
        if lot < UNWILLING / 2:
            return "451 4.3.0 later"
        with self.lock:
            ident = found[1].decode() if found else ""
            self.heard += [(address, ident) for address in envelope.rcpt_tos]
        return "451 4.3.0 later" if lot < UNWILLING else "250 2.0.0 taken"
