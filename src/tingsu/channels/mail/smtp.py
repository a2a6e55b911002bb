"""``tingsu smtp``: takes mail in by SMTP and answers 250 only when it is on disk (IN-4, PL-7)."""

import argparse
import asyncio
import logging
import signal
import threading
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections, connection
from django.utils.timezone import now

from tingsu.channels.mail import store

log = logging.getLogger(__name__)
KEPT = "250 2.0.0 kept"
LATER = "451 4.3.0 not kept, try again later"
NOBODY = "550 5.1.1 no such mailbox here"
MOST_RECIPIENTS = 20


class Door:
    """What happens to a mail at the door. The database is asked in threads: the loop goes on."""

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Only for addresses of ours."""
        del server, session, options
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        try:
            known = await asyncio.to_thread(_known, address)
        except DatabaseError:
            return LATER
        if not known:
            return NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep it, then say so."""
        del server
        peer: Any = session.peer  # (address, port), or "" over a socket file
        try:
            await asyncio.to_thread(
                _keep, list(envelope.rcpt_tos), _bytes(envelope), peer[0] if peer else ""
            )
        except (DatabaseError, OSError) as problem:
            log.error("mail not kept: %s", type(problem).__name__)
            return LATER
        return KEPT


def _bytes(envelope: Envelope) -> bytes:
    content: Any = envelope.original_content or envelope.content or b""
    return content if isinstance(content, bytes) else str(content).encode()


def _known(address: str) -> bool:
    close_old_connections()
    try:
        return store.mailbox_for(address) is not None
    finally:
        connection.close()


def _keep(addresses: list[str], raw: bytes, peer: str) -> None:
    """Once for each mailbox of ours among the recipients."""
    try:
        boxes = {box.id: box for a in addresses if (box := store.mailbox_for(a))}
        for box in boxes.values():
            store.keep(box, raw, f"smtp {peer}", now())
    finally:
        connection.close()


def controller(host: str, port: int) -> Controller:
    """The server, not yet started."""
    return Controller(
        Door(), hostname=host, port=port, data_size_limit=store.LARGEST, decode_data=False,
        enable_SMTPUTF8=True, ident="tingsu", ready_timeout=30,
    )  # fmt: skip


def command(asked: argparse.Namespace) -> int:
    """``tingsu smtp --host … --port …``."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    door = controller(asked.host, asked.port)
    door.start()
    stop.wait()
    door.stop()
    return 0
