"""Letters leave sealed by a relay whose certificate holds, and by no other (IN-4)."""

import datetime as dt
import ipaddress
import runpy
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from factories import House, make_case
from tingsu import settings_stores, work
from tingsu.cases.models import Letter
from tingsu.channels.models import Mailbox
from visitor import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Self-made, for 127.0.0.1: key and certificate in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "relay")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    place = tmp_path_factory.mktemp("tls") / "relay.pem"
    pem = serialization.Encoding.PEM
    place.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return place


class Taken:
    """What arrived, and whether it came sealed."""

    def __init__(self) -> None:
        self.sealed: list[bool] = []

    async def handle_DATA(self, _server: Any, session: Any, _envelope: Any) -> str:  # noqa: N802
        self.sealed.append(session.ssl is not None)
        return "250 taken"


Serve = Callable[[str], Taken]


@pytest.fixture
def serve(settings: Any, certificate: Path) -> Iterator[Serve]:
    """A relay that takes mail over "tls" or "starttls" alone, and the settings that lead to it."""
    running: list[Controller] = []

    def start(how: str) -> Taken:
        taken, port = Taken(), free_port()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        given: dict[str, Any] = (
            {"ssl_context": context}
            if how == "tls"
            else {"tls_context": context, "require_starttls": True}
        )
        door = Controller(taken, hostname="127.0.0.1", port=port, **given)
        door.start()
        running.append(door)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = how == "tls", how == "starttls"
        return taken

    yield start
    for door in running:
        door.stop()


@pytest.fixture
def letter(house: House, box: Mailbox) -> Letter:
    make_case(house, by="甲", email="wang@kehu.example", preferred_channel="mail")
    return Letter.objects.get()


@pytest.mark.parametrize("how", ["tls", "starttls"])
def test_a_letter_leaves_sealed(
    how: str, serve: Serve, letter: Letter, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    taken = serve(how)
    work.letters(letter.send_after)
    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("sent", "")
    assert len(taken.sealed) == 1
    assert how == "tls" or taken.sealed == [True]


@pytest.mark.parametrize("how", ["tls", "starttls"])
def test_nothing_is_told_to_a_relay_whose_certificate_nobody_knows(
    how: str, serve: Serve, letter: Letter
) -> None:
    taken = serve(how)
    work.letters(letter.send_after)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert letter.error == "SSLCertVerificationError"
    assert not taken.sealed


def test_a_relay_that_wants_tls_gets_nothing_in_clear(
    serve: Serve, letter: Letter, settings: Any
) -> None:
    taken = serve("starttls")
    settings.EMAIL_USE_TLS = False
    work.letters(letter.send_after)
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert not taken.sealed


@pytest.mark.parametrize(
    ("word", "ssl_on", "starttls_on"),
    [("tls", True, False), ("starttls", False, True), ("", False, False)],
)
def test_the_word_of_the_settings(
    word: str,
    ssl_on: bool,
    starttls_on: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TINGSU_SMTP_SECURITY", word)
    told = runpy.run_path(str(settings_stores.__file__))
    assert (told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (ssl_on, starttls_on)
