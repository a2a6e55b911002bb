"""The figures of the house for Prometheus, as text (exposition format 0.0.4). No personal data, no
names: counts and ages alone."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from django.conf import settings

from tingsu import __version__
from tingsu.upkeep.lags import lags

KIND = "text/plain; version=0.0.4; charset=utf-8"
_MEANINGS = {
    "letters_waiting": "Letters that are due and have not left",
    "letters_late": "Seconds since the oldest of them was due",
    "mails_unread": "Mails that were kept and not yet read",
    "mails_late": "Seconds since the oldest of them was kept",
    "mails_quarantined": "Mails that wait for a person",
    "clocks_late": "Seconds since the oldest clock ran out without being told",
    "imports_waiting": "Imports that are to be worked on",
    "mailboxes": "Mailboxes that are fetched by IMAP",
    "mailboxes_in_trouble": "Mailboxes whose last look failed",
    "mailboxes_late": "Seconds since the mailbox that waits longest was looked at",
}


def text(at: datetime) -> str:
    """One gauge a line. Raises DatabaseError."""
    return "\n".join(_lines(at)) + "\n"


def _lines(at: datetime) -> Iterator[str]:
    for name, value in asdict(lags(at)).items():
        unit = "_seconds" if name.endswith("late") else ""
        yield from _gauge(f"tingsu_{name}{unit}", _MEANINGS[name], value)
    room = shutil.disk_usage(settings.DATA)
    yield from _gauge("tingsu_disk_free_bytes", "Room left in the data folder", room.free)
    yield from _gauge("tingsu_disk_bytes", "Size of the disk with the data folder", room.total)
    yield "# HELP tingsu_info Version that answers"
    yield "# TYPE tingsu_info gauge"
    yield f'tingsu_info{{version="{__version__}"}} 1'


def _gauge(name: str, meaning: str, value: float) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    yield f"{name} {round(value)}"
