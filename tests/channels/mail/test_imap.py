"""Mail fetched from a real server (Dovecot, where it is installed): the ledger is ours (IN-4)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dovecot import dovecot, needs_dovecot
from factories import NOON, House
from mail_letters import written
from tingsu.channels.mail import imap, store
from tingsu.channels.models import Mailbox, ReceivedMail

pytestmark = [pytest.mark.django_db, needs_dovecot]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of our own on a free port."""
    with dovecot() as free:
        yield free


@pytest.fixture
def remote(house: House, port: int, request: pytest.FixtureRequest) -> Mailbox:
    """A mailbox on that server, empty at first: each test has an account of its own."""
    made = Mailbox(
        organisation=house.organisation,
        address="ts@yunfan.example",
        kind="imap",
        host="127.0.0.1",
        port=port,
        security="none",
        account=f"u{abs(hash(request.node.name))}",
        starts_on=NOON.date() - timedelta(days=30),
        created_at=NOON,
    )
    made.password = "geheim"
    made.save()
    return made


def _post(box: Mailbox, *texts: str) -> None:
    with imap.connect(box) as server:
        server.folder.set("INBOX")
        for text in texts:
            server.append(written(text, Message_ID=f"<{text}@x>").as_bytes(), "INBOX")


def _fetch(box: Mailbox) -> int:
    with imap.connect(box) as server:
        return imap.fetch(server, box, NOON)


def test_what_is_new_is_kept_once_whatever_was_read_elsewhere(remote: Mailbox) -> None:
    _post(remote, "one", "two")
    with imap.connect(remote) as server:  # somebody opens them in another program
        server.folder.set("INBOX")
        assert len(list(server.fetch(mark_seen=True))) == 2
    assert _fetch(remote) == 2
    assert _fetch(remote) == 0
    _post(remote, "three")
    assert _fetch(Mailbox.objects.get(id=remote.id)) == 1
    assert ReceivedMail.objects.count() == 3


def test_the_bytes_are_those_of_the_server_and_stay_unread(remote: Mailbox) -> None:
    _post(remote, "one")
    _fetch(remote)
    raw = store.raw_of(ReceivedMail.objects.get())
    assert raw == written("one", Message_ID="<one@x>").as_bytes().replace(b"\n", b"\r\n")
    with imap.connect(remote) as server:
        assert [mail.flags for mail in server.fetch(mark_seen=False)] in ([()], [("\\Recent",)])


def test_a_folder_that_is_numbered_anew_brings_nothing_twice(remote: Mailbox) -> None:
    _post(remote, "one", "two")
    _fetch(remote)
    remote.uid_validity, remote.last_uid = 1, 0  # as after the server had lost its numbers
    assert _fetch(remote) == 0
    assert ReceivedMail.objects.count() == 2


def test_older_mail_stays_where_it_lies(remote: Mailbox) -> None:
    _post(remote, "one")
    remote.starts_on = NOON.date() + timedelta(days=3_650)
    assert _fetch(remote) == 0


def test_a_wrong_password_is_said(remote: Mailbox) -> None:
    remote.password = "falsch"
    with pytest.raises(imap.UNREACHABLE):
        imap.connect(remote)
