"""A full or read-only disk: nobody hears "registered", and what was typed comes back (PL-7).

Real file systems and real processes: what a database says of a full disk is its own affair.
"""

import contextlib
import os
import smtplib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from factories import make_house
from mail_letters import written
from real_house import RealHouse
from tables import ON_POSTGRES
from tingsu.cases.actions import receive
from tingsu.cases.models import Case
from visitor import Visitor, answers, free_port

STORY = "电梯停了三天没人管，老人下不了楼，打了五次电话没人接。"
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk: needs root")


@pytest.mark.django_db
def test_what_was_typed_is_handed_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_house()

    def full(*_given: object, **_more: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(receive, "receive_public", full)
    client.raise_request_exception = False
    typed = {"narrative": f"{STORY}<script>", "name": "王小明", "ik": "k" * 16, "agreed": "on"}
    answer = client.post("/o/yunfan/new/", typed)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "120")
    assert "没有登记上" in page
    assert f"{STORY}&lt;script&gt;" in page
    assert "草稿" not in page


@pytest.mark.django_db
def test_other_faults_stay_other_faults(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_house()

    def odd(*_given: object, **_more: object) -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr(receive, "receive_public", odd)
    client.raise_request_exception = False
    answer = client.post("/o/yunfan/new/", {"narrative": STORY, "ik": "k" * 16})
    assert answer.status_code == 500
    assert not Case.objects.exists()


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of 48 MB."""
    place = tmp_path_factory.mktemp("disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(scope="module")
def ports(disk: Path) -> Iterator[tuple[int, int]]:
    """The whole house on that disk: pages, worker, the door for mail."""
    web, mail = free_port(), free_port()
    with RealHouse(disk / "data", "disk", {"TINGSU_MAIL_PORT": str(mail)}) as house:
        house.found()
        code, told = house.run(script=MAILBOX)
        assert code == 0, told
        process = house.start("serve", "--port", str(web), "--web-workers", "1")
        assert answers(web)
        assert answers(mail)
        yield web, mail
        process.terminate()
        process.communicate(timeout=30)


MAILBOX = """
from django.utils.timezone import now
from tingsu.channels.models import Mailbox
from tingsu.people.models import Organisation
Mailbox.objects.create(organisation=Organisation.objects.get(), address="ts@yunfan.example",
    kind="smtp", starts_on=now().date(), created_at=now())
"""


def _mail(port: int, number: int) -> int:
    """The code that the door answers with at the end."""
    mail = written(f"第{number}封", Message_ID=f"<{number}@x>")
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
            client.sendmail("a@b.example", ["ts@yunfan.example"], mail.as_bytes())
    except smtplib.SMTPRecipientsRefused as refused:
        return refused.recipients["ts@yunfan.example"][0]
    except smtplib.SMTPResponseException as refused:
        return refused.smtp_code
    return 250


@contextlib.contextmanager
def _full(disk: Path) -> Iterator[None]:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    filler.unlink()


@contextlib.contextmanager
def _postgres_read_only() -> Iterator[None]:
    house = RealHouse(Path(), "disk")
    name = house._database
    own = house.environment["DATABASE_URL"]
    for value in ("on", "off"):
        with psycopg.connect(
            own, autocommit=True, options="-c default_transaction_read_only=off"
        ) as c:
            c.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {value}".encode())
            c.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        if value == "on":
            yield


def _until_well(port: int, mail: int) -> None:
    """The pools notice within a moment that their connections are gone."""
    last = time.monotonic() + 60
    while time.monotonic() < last:
        if Visitor(port).complain("又好了")[0] in (302, 303) and _mail(mail, 99) == 250:
            return
        time.sleep(0.2)
    pytest.fail("it did not come back")


@needs_root
@pytest.mark.skipif(ON_POSTGRES, reason="the disk of the server is not ours to fill")
def test_on_a_full_disk_nobody_hears_registered(disk: Path, ports: tuple[int, int]) -> None:
    web, mail = ports
    _until_well(web, mail)
    with _full(disk):
        status, page = Visitor(web).complain(STORY)
        assert status == 503
        assert STORY in page
        assert _mail(mail, 1) in (451, 452)
        assert Visitor(web).get("/healthz")[0] == 200
    _until_well(web, mail)


@needs_root
@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite on a read-only disk is another test")
def test_where_the_database_takes_nothing(ports: tuple[int, int]) -> None:
    web, mail = ports
    _until_well(web, mail)
    with _postgres_read_only():
        last = time.monotonic() + 30
        while (answer := Visitor(web).complain(STORY))[0] in (200, 302, 303):
            assert time.monotonic() < last, answer
        assert answer[0] == 503
        assert _mail(mail, 2) in (451, 452)
    _until_well(web, mail)


@needs_root
@pytest.mark.skipif(ON_POSTGRES, reason="the database is elsewhere")
def test_on_a_read_only_disk_nothing_is_taken(tmp_path: Path) -> None:
    place, port = tmp_path / "disk", free_port()
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], check=True)
    try:
        with RealHouse(place / "data", "ro") as house:
            house.found()
            assert house.run(script=MAILBOX)[0] == 0
            subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
            house.start("smtp", "--port", str(port))
            assert answers(port)
            assert _mail(port, 3) in (451, 452)
            code, told = house.run("serve", "--port", str(free_port()))
            assert code == 1
            assert "Traceback" not in told
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.django_db
def test_a_database_that_only_reads(client: Client) -> None:
    make_house()
    client.raise_request_exception = False
    sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON" if sqlite else "SET TRANSACTION READ ONLY")
        answer = client.post("/o/yunfan/new/", {"narrative": STORY, "ik": "k" * 16})
        if sqlite:
            cursor.execute("PRAGMA query_only=OFF")
        transaction.set_rollback(True)
    assert answer.status_code == 503
    assert STORY in answer.content.decode()
