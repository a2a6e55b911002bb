"""Letters leave with the words of the house, signed, by a real relay; a lasting failure is a task
for the owner (IN-4, HA-12)."""

import base64
import smtplib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import dkim
import pytest
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from factories import NOON, House, kinds, make_case, signed_in
from tingsu import work
from tingsu.cases.actions import deliver
from tingsu.cases.models import Case, Letter, Task
from tingsu.channels.mail.sending import is_lasting, mail_of
from tingsu.channels.models import Mailbox
from visitor import free_port

pytestmark = pytest.mark.django_db
OWN = "您好，{number} 已收到。请找：{contact}"


class Relay:
    """Takes mail, or says what it is told to say."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.heard: list[bytes] = []
        self.port = free_port()
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 ok"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.heard.append(envelope.content)
        return "250 taken"


@pytest.fixture
def relay(settings: Any) -> Iterator[Relay]:
    made = Relay()
    made.server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    yield made
    made.server.stop()


@pytest.fixture
def case(house: House, box: Mailbox) -> Case:
    return make_case(house, by="甲", email="wang@kehu.example", preferred_channel="mail")


def _read(raw: bytes) -> EmailMessage:
    found: Any = message_from_bytes(raw, policy=policy.default)
    return found  # type: ignore[no-any-return]


def test_the_house_speaks_in_its_own_words(house: House, box: Mailbox, relay: Relay) -> None:
    form = {
        "sender": "云帆客服",
        "answer_zh_hans": OWN,
        "signature_zh_hans": "云帆\n九点到五点",
    }
    admin = signed_in(house["管理员"])
    assert admin.post("/house/letters/", form).status_code == 303
    house.organisation.refresh_from_db()
    case = make_case(house, email="wang@kehu.example", preferred_channel="mail")
    work.letters(NOON)
    mail = _read(relay.heard[0])
    assert str(mail["From"]) == "云帆客服 <ts@yunfan.example>"
    text = mail.get_content().replace("\r\n", "\n")
    assert f"您好，{case.number} 已收到。请找：客户服务中心 苏敏 400-000-0000" in text
    assert text.rstrip().endswith("云帆\n九点到五点")
    english = make_case(house, email="w@kehu.example", preferred_channel="mail", language="en")
    body = Letter.objects.get(case=english).body
    assert body.startswith("We are sorry")  # where it wrote nothing, ours are used


@pytest.mark.parametrize("text", ["已收到。", "已收到 {number}", "请找 {contact}"])
def test_a_first_answer_tells_number_and_contact(house: House, text: str) -> None:
    page = signed_in(house["管理员"]).post("/house/letters/", {"answer_en": text})
    assert page.status_code == 422
    assert text in page.content.decode()
    assert "请写上 {number}" in page.content.decode()


def test_only_administrators_write_them(house: House) -> None:
    assert signed_in(house["甲"]).get("/house/letters/").status_code == 403


def test_the_signature_holds(case: Case, relay: Relay, settings: Any, tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "dkim.pem"
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain))
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    settings.DKIM, settings.DKIM_KEY = "other.example:a, yunfan.example:2026", str(file)
    work.letters(NOON)

    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    asked = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return record

    (raw,) = relay.heard
    assert dkim.verify(raw, dnsfunc=dns)
    assert asked == [b"2026._domainkey.yunfan.example."]
    assert not dkim.verify(raw.replace(b"wang@kehu", b"wing@kehu"), dnsfunc=dns)


def test_other_domains_are_not_signed_for(case: Case, settings: Any) -> None:
    settings.DKIM, settings.DKIM_KEY = "fan.example:2026", "/nowhere"
    assert "DKIM-Signature" not in mail_of(Letter.objects.get()).message()


def test_put_off_it_comes_again_under_the_same_id(case: Case, relay: Relay) -> None:
    relay.answers = ["451 later"]
    work.letters(NOON)
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts, relay.heard) == ("waiting", 1, [])
    work.letters(letter.send_after)
    assert Letter.objects.get().state == "sent"
    Letter.objects.update(state="waiting", claimed_until=None)  # as after a kill before the mark
    work.letters(letter.send_after)
    first, again = (_read(raw)["Message-ID"] for raw in relay.heard)
    assert first == again


def test_a_refused_address_is_a_task_for_the_owner(house: House, case: Case, relay: Relay) -> None:
    relay.answers = ["550 5.1.1 no such user"]
    work.letters(NOON)
    letter, task = Letter.objects.get(), Task.objects.get()
    assert (letter.state, letter.attempts) == ("failed", 1)
    assert (task.assignee_id, task.department_id) == (house["甲"].id, house.first.id)
    assert letter.subject in task.content
    assert "wang@" not in task.content
    assert kinds(case)[-2:] == ["letter_failed", "task_asked"]
    page = signed_in(house["甲"]).get(f"/cases/{case.id}/").content.decode()
    assert "没有送达。请核对地址" in page


def test_without_an_owner_the_queue_has_it(house: House, box: Mailbox, relay: Relay) -> None:
    make_case(house, email="wang@kehu.example", preferred_channel="mail")
    relay.answers = ["550 no"]
    work.letters(NOON)
    assert (Task.objects.get().assignee_id, Task.objects.get().department_id) == (
        None,
        house.first.id,
    )


def test_the_last_attempt_is_a_task_too_and_only_one(case: Case, relay: Relay) -> None:
    for _attempt in range(len(deliver.PAUSES) + 2):
        relay.answers = ["451 later"]
        work.letters(Letter.objects.get().send_after)
    assert Letter.objects.get().state == "failed"
    assert Task.objects.count() == 1


def test_what_is_lasting() -> None:
    refused = smtplib.SMTPRecipientsRefused
    assert is_lasting(refused({"a": (550, b"no")}))
    assert not is_lasting(refused({"a": (450, b"later")}))
    assert not is_lasting(smtplib.SMTPServerDisconnected())
    assert not is_lasting(FileNotFoundError("a file that may come back"))
