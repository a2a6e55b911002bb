"""A house with a mailbox."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest

from factories import NOON, House, make_house
from tingsu.channels.mail import arriving, store
from tingsu.channels.models import Mailbox, ReceivedMail


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def box(house: House) -> Mailbox:
    """Confirmed: it may answer."""
    return Mailbox.objects.create(
        organisation=house.organisation,
        address="ts@yunfan.example",
        kind="smtp",
        starts_on=NOON.date() - timedelta(days=30),
        answers_from=NOON - timedelta(days=1),
        created_at=NOON,
    )


@pytest.fixture
def arrives(box: Mailbox) -> Callable[..., ReceivedMail]:
    """Keep a mail and let the worker look once; gives the row as it then is."""

    def arrive(mail: EmailMessage | bytes, minutes: int = 0) -> ReceivedMail:
        at = NOON + timedelta(minutes=minutes)
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        row = store.keep(box, raw, "smtp 127.0.0.1", at)
        assert row is not None
        arriving.sweep(at)
        row.refresh_from_db()
        return row

    return arrive
