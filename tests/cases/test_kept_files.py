"""Files on a disk, in a bucket, past a scanner; one that is gone costs nothing else (PL-7)."""

import io
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client
from moto.server import ThreadedMotoServer

from factories import NOON, House, make_case, make_house, signed_in
from tingsu.cases import _files, scanner
from tingsu.cases.actions.attach import Given, attach
from tingsu.cases.errors import Invalid
from tingsu.cases.folder import Folder
from tingsu.cases.models import Attachment, Case
from tingsu.people.actor import CUSTOMER
from tingsu.people.permission import NotThere

CLAMD = shutil.which("clamd")
PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF"
SIGN = b"TINGSU-TRIAL-OF-THE-SCANNER-0123456789"  # a signature of our own making knows it


def _given(name: str, data: bytes) -> Given:
    return Given(name, len(data), io.BytesIO(data))


def _with_file(data: bytes = PDF, name: str = "票.pdf") -> tuple[House, Case, Attachment]:
    house = make_house()
    case = make_case(house, by="甲")
    attach(case, CUSTOMER, NOON, files=[_given(name, data)], public=True)
    return house, case, Attachment.objects.get()


# --- on a disk


def test_half_of_a_file_never_stands_under_a_good_name(tmp_path: Path) -> None:
    class Breaks(ContentFile):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError(28, "No space left on device")

    folder = Folder(location=tmp_path)
    with pytest.raises(OSError, match="No space"):
        folder.save("ab/abcd", Breaks(b"half and half"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    folder.save("ab/abcd", ContentFile(b"whole"))
    assert (tmp_path / "ab" / "abcd").read_bytes() == b"whole"
    assert (tmp_path / "ab" / "abcd").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_file_that_lost_bytes_is_made_whole_by_the_next_copy() -> None:
    digest, path = _files.store(io.BytesIO(PDF))
    Path(default_storage.path(path)).write_bytes(PDF[:5])  # as a kill of former days left it
    assert _files.store(io.BytesIO(PDF)) == (digest, path)
    with default_storage.open(path) as kept:
        assert kept.read() == PDF


@pytest.mark.django_db
def test_a_file_that_is_gone_costs_nothing_else() -> None:
    house, case, row = _with_file()
    default_storage.delete(row.stored_as)
    client = signed_in(house["甲"])
    page = client.get(f"/cases/{case.id}/")
    assert page.status_code == 200
    assert "票.pdf" in page.content.decode()
    gone = client.get(f"/cases/{case.id}/files/{row.id}/")
    assert gone.status_code == 404
    assert "文件不在了，其他内容不受影响" in gone.content.decode()


# --- in a bucket


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A bucket on loopback, over real HTTP."""
    there = ThreadedMotoServer("127.0.0.1", 0)
    there.start()
    host, port = there.get_host_and_port()
    yield f"http://{host}:{port}"
    there.stop()


@pytest.fixture
def bucket(server: str, settings: Any) -> Iterator[Any]:
    """The storage of the house is a bucket."""
    keys = {"access_key": "one", "secret_key": "two", "region_name": "us-east-1"}
    where = {"bucket_name": "files", "endpoint_url": server, "addressing_style": "path"}
    client: Any = boto3.client(
        "s3",
        endpoint_url=server,
        aws_access_key_id="one",
        aws_secret_access_key="two",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="files")
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "tingsu.cases.bucket.Bucket", "OPTIONS": keys | where}
    }
    yield client
    for entry in client.list_objects_v2(Bucket="files").get("Contents", []):
        client.delete_object(Bucket="files", Key=entry["Key"])
    client.delete_bucket(Bucket="files")


@pytest.mark.django_db
def test_files_lie_in_a_bucket(bucket: Any) -> None:
    house, case, row = _with_file()
    keys = [entry["Key"] for entry in bucket.list_objects_v2(Bucket="files")["Contents"]]
    assert keys == [row.stored_as] == [f"{row.sha256[:2]}/{row.sha256}"]
    answer: Any = signed_in(house["甲"]).get(f"/cases/{case.id}/files/{row.id}/")
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.django_db
def test_a_bucket_that_lost_a_file_or_is_away(bucket: Any, settings: Any) -> None:
    house, case, row = _with_file()
    client: Client = signed_in(house["甲"])
    bucket.delete_object(Bucket="files", Key=row.stored_as)
    assert client.get(f"/cases/{case.id}/files/{row.id}/").status_code == 404
    away = settings.STORAGES["default"]
    away["OPTIONS"] = away["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:1"}
    settings.STORAGES = settings.STORAGES | {"default": away}
    assert client.get(f"/cases/{case.id}/files/{row.id}/").status_code == 404
    assert client.get(f"/cases/{case.id}/").status_code == 200
    assert make_case(house).number  # receiving goes on
    with pytest.raises(OSError, match="bucket"):
        storages["default"].save("ab/x", ContentFile(b"x"))
    with pytest.raises(NotThere):
        _files.opened(row.stored_as)


# --- past a scanner


class Speaker:
    """A faithful listener for INSTREAM: adds up the chunks and answers as clamd does."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.heard = b""
        self.line = socket.socket(socket.AF_UNIX)
        self.line.bind(str(place))
        self.line.listen()
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        while True:
            try:
                asked, _peer = self.line.accept()
            except OSError:
                return
            with asked:
                asked.sendall(self._answer(asked))

    def _answer(self, asked: socket.socket) -> bytes:
        stream = asked.makefile("rb")
        command = b""
        while (sign := stream.read(1)) not in (b"\0", b""):
            command += sign
        if command == b"zPING":
            return b"PONG\0"
        self.heard = b""
        while length := struct.unpack("!L", stream.read(4))[0]:
            self.heard += stream.read(length)
        if len(self.heard) > 1_000_000:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Tingsu.Trial FOUND\0" if SIGN in self.heard else b"stream: OK\0"


@pytest.fixture
def speaker(tmp_path: Path, settings: Any) -> Iterator[Speaker]:
    made = Speaker(tmp_path / "clamd")
    settings.CLAMD = str(made.place)
    yield made
    made.line.close()


@pytest.mark.django_db
def test_what_is_clean_is_kept_whole(speaker: Speaker) -> None:
    data = PDF + bytes(300_000)  # more than a chunk
    _house, _case, row = _with_file(data)
    assert speaker.heard == data
    assert row.size == len(data)
    assert scanner.answers()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "words"),
    [(PDF + SIGN, "查出病毒（Tingsu.Trial）"), (PDF + bytes(1_100_000), "没法查毒")],
)
def test_what_is_not_is_refused_and_named(speaker: Speaker, data: bytes, words: str) -> None:
    case = make_case(make_house())
    with pytest.raises(Invalid) as told:
        attach(case, CUSTOMER, NOON, files=[_given("票.pdf", data)])
    assert words in told.value.fields["files"]
    assert "票.pdf" in told.value.fields["files"]
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_without_an_answer_nothing_is_taken(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD = str(tmp_path / "nobody")
    assert not scanner.answers()
    with pytest.raises(Invalid) as told:
        attach(make_case(make_house()), CUSTOMER, NOON, files=[_given("票.pdf", PDF)])
    assert "没法查毒" in told.value.fields["files"]


@pytest.mark.skipif(not CLAMD, reason="needs clamd (Debian: clamav-daemon)")
def test_the_real_daemon_says_the_same(tmp_path: Path, settings: Any) -> None:
    place = tmp_path / "socket"
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "own.ndb").write_text(f"Tingsu.Trial:0:*:{SIGN.hex()}\n")
    config = tmp_path / "clamd.conf"
    config.write_text(f"LocalSocket {place}\nDatabaseDirectory {tmp_path / 'db'}\nForeground yes\n")
    daemon = subprocess.Popen(
        [str(CLAMD), "-c", str(config)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        settings.CLAMD = str(place)
        last = time.monotonic() + 60
        while not scanner.answers() and daemon.poll() is None and time.monotonic() < last:
            threading.Event().wait(0.05)
        scanner.scan(io.BytesIO(PDF * 20_000))
        with pytest.raises(scanner.Infected, match=r"Tingsu\.Trial"):
            scanner.scan(io.BytesIO(PDF * 20_000 + SIGN))
    finally:
        daemon.kill()
        daemon.communicate()
