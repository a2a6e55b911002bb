"""Mail fetched from a real server (Dovecot, where it is installed): the ledger is ours (IN-4)."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from factories import NOON, House
from mail_letters import written
from tingsu.channels.mail import imap, store
from tingsu.channels.models import Mailbox, ReceivedMail

DOVECOT = shutil.which("dovecot")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DOVECOT or os.geteuid() != 0, reason="needs Dovecot, started as root"),
]
SETTINGS = """
protocols = imap
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of our own on a free port."""
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))  # where its own users may go
    owner = pwd.getpwnam("dovecot")
    home.chmod(0o755)
    (home / "mail").mkdir()
    os.chown(home / "mail", owner.pw_uid, owner.pw_gid)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    settings = home / "dovecot.conf"
    settings.write_text(SETTINGS.format(home=home, port=free, uid=owner.pw_uid, gid=owner.pw_gid))
    server = subprocess.Popen([str(DOVECOT), "-F", "-c", str(settings)])
    _wait(free, server, home)
    yield free
    server.send_signal(signal.SIGTERM)
    server.wait(10)
    shutil.rmtree(home)


def _wait(port: int, server: "subprocess.Popen[bytes]", home: Path) -> None:
    last = time.monotonic() + 15
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
    log = home / "log"
    pytest.fail(f"Dovecot did not start: {log.read_text() if log.exists() else ''}")


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
