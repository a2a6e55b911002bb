"""The door for mail, a real process: 250 means it is on disk, whatever happens next (PL-7)."""

import smtplib
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import tables
from house_on_disk import insert, one_house, tingsu
from mail_letters import written
from visitor import answers, free_port


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a house and a mailbox."""
    tables.lay(tmp_path)
    with sqlite3.connect(tmp_path / "tingsu.db") as db:
        one_house(db)
        box = {
            "id": f"{3:032x}",
            "organisation_id": f"{1:032x}",
            "address": "ts@yunfan.example",
            "kind": "smtp",
            "active": 1,
            "port": 0,
            "last_uid": 0,
            "starts_on": "2026-01-01",
            "created_at": "2026-01-01",
        }
        insert(db, "channels_mailbox", box)
    return tmp_path


@pytest.fixture
def door(data: Path) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """The process that takes mail in, on a free port."""
    port = free_port()
    process = tingsu(data, "smtp", "--port", str(port))
    assert answers(port)
    yield port, process
    process.kill()
    process.communicate()


def _kept(data: Path) -> int:
    with sqlite3.connect(data / "tingsu.db") as db:
        return int(db.execute("SELECT count(*) FROM channels_receivedmail").fetchone()[0])


def test_what_was_answered_250_is_there_after_minus_nine(
    data: Path, door: tuple[int, "subprocess.Popen[str]"]
) -> None:
    port, process = door
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        for number in range(5):
            mail = written(f"第{number}封", Message_ID=f"<{number}@x>")
            assert client.sendmail("a@b.example", ["TS+tag@yunfan.example"], mail.as_bytes()) == {}
        process.kill()
    assert _kept(data) == 5


def test_the_same_bytes_again_are_welcome_and_kept_once(
    data: Path, door: tuple[int, "subprocess.Popen[str]"]
) -> None:
    port, _process = door
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        for _again in range(3):
            client.sendmail("a@b.example", ["ts@yunfan.example"], written().as_bytes())
    assert _kept(data) == 1


def test_only_addresses_of_ours(door: tuple[int, "subprocess.Popen[str]"]) -> None:
    port, _process = door
    with (
        pytest.raises(smtplib.SMTPRecipientsRefused) as told,
        smtplib.SMTP("127.0.0.1", port, timeout=20) as client,
    ):
        client.sendmail("a@b.example", ["other@yunfan.example"], written().as_bytes())
    assert told.value.recipients["other@yunfan.example"][0] == 550


def test_a_broken_disk_is_said_and_not_lied_about(
    data: Path, door: tuple[int, "subprocess.Popen[str]"]
) -> None:
    port, _process = door
    with sqlite3.connect(data / "tingsu.db") as db:
        db.execute("ALTER TABLE channels_receivedmail RENAME TO gone")
    with (
        pytest.raises(smtplib.SMTPDataError) as told,
        smtplib.SMTP("127.0.0.1", port, timeout=20) as client,
    ):
        client.sendmail("a@b.example", ["ts@yunfan.example"], written().as_bytes())
    assert told.value.smtp_code == 451
