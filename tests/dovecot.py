"""A real mail server of our own for one run: Dovecot, where it is installed (started as root)."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DOVECOT = shutil.which("dovecot")
needs_dovecot = pytest.mark.skipif(
    not DOVECOT or os.geteuid() != 0, reason="needs Dovecot, started as root"
)
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


@contextmanager
def dovecot() -> Iterator[int]:
    """The port of a server; any account opens with the password "geheim"."""
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
    try:
        yield free
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
        shutil.rmtree(home)


def _wait(port: int, server: "subprocess.Popen[bytes]", home: Path) -> None:
    last = time.monotonic() + 60
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
    log = home / "log"
    pytest.fail(f"Dovecot did not start: {log.read_text() if log.exists() else ''}")
