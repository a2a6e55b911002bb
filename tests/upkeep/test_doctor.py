"""``tingsu doctor``: each thing it can tell is told, and nothing where all is well (PL-7)."""

import os
import shutil
from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils.timezone import now

from factories import House, make_case, make_house
from tingsu.cases.folder import BESIDE, Folder
from tingsu.cases.models import Attachment, Case, Clock, Event, Letter
from tingsu.channels import accounts, taking
from tingsu.channels.mail import store
from tingsu.channels.mail.forget import forget_case
from tingsu.channels.models import Delivery, Mailbox, ReceivedMail, ReceivedMessage
from tingsu.channels.webhook import ledger, subscriptions
from tingsu.upkeep import doctor, looks, ready
from tingsu.upkeep.backup import LAST
from tingsu.vault import Vault, VaultError

pytestmark = pytest.mark.django_db
LONG = timedelta(minutes=25)


@pytest.fixture
def house() -> House:
    return make_house()


def _told(*, bad: bool) -> str:
    return "\n".join(one.words for one in doctor.examine(now()) if one.bad == bad)


def _mailbox(house: House, **facts: Any) -> Mailbox:
    at = now()
    given = {"kind": "imap", "starts_on": at.date(), "created_at": at, "answers_from": at,
             "looked_at": at}  # fmt: skip
    told = {"organisation": house.organisation, "address": "ts@yunfan.example"} | given | facts
    return Mailbox.objects.create(**told)


def _letter_late(house: House) -> None:
    make_case(house, at=now() - LONG, email="wang@kehu.example", preferred_channel="mail")
    Letter.objects.update(send_after=now() - LONG)


def _clock_late(house: House) -> None:
    make_case(house, at=now())
    Clock.objects.update(due_at=now() - LONG)


def _mail_unread(house: House) -> None:
    store.keep(_mailbox(house), b"From: a@b.example\r\n\r\nx", "smtp", now() - LONG)


def _mailbox_trouble(house: House) -> None:
    _mailbox(house, trouble="LoginError")


def _mailbox_late(house: House) -> None:
    _mailbox(house, looked_at=now() - LONG)


def _mailbox_never(house: House) -> None:
    _mailbox(house, looked_at=None, created_at=now() - LONG)


def _letter_stuck(house: House) -> None:
    make_case(house, at=now(), email="wang@kehu.example", preferred_channel="mail")
    Letter.objects.update(attempts=2, send_after=now() + LONG)


def _message_late(house: House) -> None:
    taking.keep(_account(house), b"{}", now() - LONG)


def _account(house: House) -> Any:
    return accounts.add(house.who("管理员"), {"kind": "sms", "name": "x"}, now())[0]


def _chain_broken(house: House) -> None:
    make_case(house, at=now())
    Case.objects.update(version=7)  # as if entries had been taken out


def _file_gone(house: House) -> None:
    case = make_case(house, at=now())
    entry = Event.objects.get(case=case)
    Attachment.objects.create(
        case=case, event_id=entry.id, name="x.txt", stored_as="ab/gone", sha256="0" * 64, size=1,
        content_type="text/plain", given_by="customer", at=now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (_letter_late, "1 封信该发没发，最早的晚了 25 分钟"),
        (_clock_late, "时限已过 25 分钟还没有人被提醒"),
        (_mail_unread, "1 封来信收下了还没读，最早的等了 25 分钟"),
        (_message_late, "1 条消息收下了还没读"),
        (_mailbox_trouble, "ts@yunfan.example 连不上（LoginError）"),
        (_mailbox_late, "ts@yunfan.example 很久没有收取了"),
        (_mailbox_never, "ts@yunfan.example 很久没有收取了"),
        (_letter_stuck, "1 封信发了几次没发出去"),
        (_chain_broken, "的经过对不上"),
        (_file_gone, "1 个文件不见了"),
    ],
    ids=lambda told: told.__name__.strip("_") if callable(told) else "",
)
def test_what_needs_a_person(house: House, happens: Callable[[House], None], words: str) -> None:
    assert words not in _told(bad=True)
    happens(house)
    assert words in _told(bad=True)


def test_what_is_only_a_hint(house: House) -> None:
    row = store.keep(_mailbox(house, answers_from=None), b"From: a@b\r\n\r\nx", "smtp", now())
    assert row is not None
    ReceivedMail.objects.update(state="quarantine")
    taking.keep(_account(house), b"not json", now())
    taking.sweep(now())
    make_case(house, at=now(), email="wang@kehu.example", preferred_channel="mail")
    Letter.objects.update(state="failed", send_after=now())
    house.organisation.contact_phone = ""
    house.organisation.save()
    told = _told(bad=False)
    for words in ("1 封来信等人看", "1 条消息没读懂", "只收不答", "两天里有 1 封信没有送达",
                  "还没写对外的联系电话"):  # fmt: skip
        assert words in told
    assert ReceivedMessage.objects.get().cause == "json"


def test_what_did_not_reach_an_address_outside(house: House, settings: Any) -> None:
    settings.OUTSIDE_MAY_BE_INSIDE = True
    told = {"kind": "webhook", "name": "x", "url": "http://127.0.0.1:9/"}
    subscriptions.add(house.who("管理员"), told, now())
    make_case(house, at=now())
    ledger.sweep(now() + timedelta(minutes=10))
    Delivery.objects.update(state="dead")
    number = Delivery.objects.count()
    assert number
    assert f"{number} 条通知没能送到外面的系统" in _told(bad=False)


def test_keys_that_do_not_open_what_is_sealed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "钥匙打不开个人资料"
    make_case(house, at=now(), phone="13800001234")
    assert words not in _told(bad=True)

    def shut(*_given: object) -> bytes:
        raise VaultError

    with monkeypatch.context() as other:
        other.setattr(Vault, "open", shut)
        assert words in "\n".join(one.words for one in looks.keys(now()))
    store.keep(_mailbox(house), b"From: a@b\r\n\r\nx", "smtp", now())
    with monkeypatch.context() as other:
        other.setattr(Vault, "open_bytes", shut)
        assert words in "\n".join(one.words for one in looks.keys(now()))


def test_an_erased_mail_is_no_sign_of_wrong_keys(house: House) -> None:
    case = make_case(house, at=now(), phone="")
    row = store.keep(_mailbox(house), b"From: a@b\r\n\r\nx", "smtp", now())
    assert row is not None
    ReceivedMail.objects.update(case_id=case.id)
    forget_case(case.id)
    assert not list(looks.keys(now()))


@pytest.mark.parametrize(("left", "bad"), [(2**30, False), (2**28, True)])
def test_a_disk_that_fills_up(
    house: House, monkeypatch: pytest.MonkeyPatch, left: int, *, bad: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=left))
    words = f"磁盘只剩 {left // 2**20} MB"
    assert words in _told(bad=bad)
    assert words not in _told(bad=not bad)


def test_a_storage_that_takes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "storage_takes", lambda: False)
    assert "附件存不进去" in _told(bad=True)


def test_a_scanner_that_does_not_answer(house: House, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:9"
    assert "查毒程序没有应答（127.0.0.1:9）" in _told(bad=True)


def test_a_backup_that_is_missing_or_old(house: House, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert "还没有备份过" in _told(bad=False)
    (tmp_path / LAST).write_text((now() - timedelta(days=9)).isoformat())
    assert "上次备份是 9 天以前" in _told(bad=False)
    (tmp_path / LAST).write_text(now().isoformat())
    assert "备份" not in _told(bad=False)


def test_doors_that_stand_open(house: House, settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.ALLOWED_HOSTS = tmp_path, ["*", "tousu.example.com"]
    settings.BEHIND_TLS, settings.PUBLIC_URL, settings.REQUIRE_MFA = False, "", False
    settings.PUBLIC_LIMITS = False
    key = tmp_path / "vault.key"
    key.write_text("x")
    tmp_path.chmod(0o755)
    key.chmod(0o644)
    bad, hints = _told(bad=True), _told(bad=False)
    for words in ("TINGSU_HOSTS 里有 *", "没有开 TINGSU_TLS", "次数限制关着", f"读得到 {key}"):
        assert words in bad
    for words in ("没有写 TINGSU_PUBLIC_URL", "TINGSU_REQUIRE_MFA"):
        assert words in hints
    key.chmod(0o600)
    assert f"读得到 {key}" not in _told(bad=True)


def test_letters_that_do_not_leave_or_leave_in_clear(house: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/srv/mail"
    assert "信只写进 /srv/mail" in _told(bad=False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "mx.example", False, False
    settings.DKIM, settings.DKIM_KEY = "example.com:k", "/nowhere"
    told = _told(bad=True)
    assert "发信不加密" in told
    assert "读不到签名用的钥匙" in told
    settings.EMAIL_USE_TLS = True
    assert "发信不加密" not in _told(bad=True)


def test_tables_of_another_version(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "pending", lambda: 3)
    assert "数据库还差 3 步升级" in _told(bad=True)


def test_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused\n")

    monkeypatch.setattr(connection, "cursor", away)
    told = _told(bad=True)
    assert "数据库连不上或不能用：connection refused" in told


@pytest.mark.parametrize("bad", [True, False])
def test_the_answer_of_the_command(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, bad: bool
) -> None:
    found = [looks.Finding("提示一"), looks.Finding("坏了", bad=bad)]
    monkeypatch.setattr(doctor, "examine", lambda _at: [looks.Finding("提示", bad=False), found[1]])
    assert doctor.command(Namespace()) == int(bad)
    said = capsys.readouterr()
    assert ("1 处要处理，1 处提示" in said.err) == bad
    assert ("一切正常，2 处提示" in said.out) != bad


def test_half_of_a_file_is_taken_away_after_a_day(house: House) -> None:
    assert isinstance(default_storage, Folder)
    kept = default_storage.save("ab/whole", ContentFile(b"x"))
    folder = Path(default_storage.path(kept)).parent
    old, new = folder / f"{BESIDE}old", folder / f"{BESIDE}new"
    for path in (old, new):
        path.write_bytes(b"half")
    before = (now() - timedelta(days=2)).timestamp()
    os.utime(old, (before, before))
    os.utime(default_storage.path(kept), (before, before))
    assert default_storage.sweep(now()) == 1
    assert (old.exists(), new.exists(), default_storage.exists(kept)) == (False, True, True)
    assert Case.objects.count() == 0
