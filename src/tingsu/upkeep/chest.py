"""The file of a copy: a tar with what is kept, and at its end a list of what must be in it, with
the hash of each. Touches the file alone; knows no Django: it is opened before there is a house."""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import UUID

LIST = "list.json"
# A known word, sealed with the keys in use: it opens with the right ones alone.
WORD, WITNESS = "tingsu", UUID(int=0)
LAYOUT = 1
_NAME = re.compile(r"(?:database|keys/[a-z]+\.key|files/[\w.-]+(?:/[\w.-]+)*)")
_BLOCK = 1 << 20


class Unusable(Exception):
    """The file is no copy of ours, or not whole. The argument is a word: what is wrong with it."""


@dataclass
class Chest:
    """A copy that is being written."""

    tar: tarfile.TarFile
    held: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, content: IO[bytes], size: int) -> None:
        """Exactly ``size`` bytes. Raises OSError when there are fewer."""
        entry = _entry(name, size)
        seen = _Seen(content, size)
        self.tar.addfile(entry, seen)
        if seen.left:
            raise OSError(f"{name} became shorter while it was read")
        self.held[name] = {"size": size, "sha256": seen.digest.hexdigest()}

    def close(self, facts: Mapping[str, Any]) -> None:
        """Write the list, the last thing."""
        told = {"layout": LAYOUT, **facts, "held": self.held}
        raw = json.dumps(told, ensure_ascii=False, indent=1).encode()
        self.tar.addfile(_entry(LIST, len(raw)), io.BytesIO(raw))


@contextmanager
def writing(place: Path) -> Iterator[Chest]:
    """A new copy; it gets its name once it is whole and on the disk."""
    beside = place.with_name(f"{place.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            packed = gzip.GzipFile("", "wb", compresslevel=3, fileobj=file, mtime=0)
            with packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Chest(tar)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def unpack(place: Path, folder: Path) -> dict[str, Any]:
    """Lay everything out below the folder and check it; returns the list. Raises Unusable."""
    found: dict[str, dict[str, Any]] = {}
    told: dict[str, Any] | None = None
    try:
        with tarfile.open(place, mode="r:gz") as tar:
            for entry in tar:
                source = tar.extractfile(entry) if entry.isreg() else None
                if source is None or told is not None:
                    raise Unusable("strange")
                if entry.name == LIST:
                    told = json.load(source)
                else:
                    found[entry.name] = _lay(folder, entry.name, source)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, ValueError, KeyError) as broken:
        raise Unusable("broken") from broken
    if told is None or told.get("held") != found:
        raise Unusable("incomplete")
    if told.get("layout") != LAYOUT:
        raise Unusable("newer")
    return told


def _lay(folder: Path, name: str, source: IO[bytes]) -> dict[str, Any]:
    if not _NAME.fullmatch(name) or ".." in name.split("/"):
        raise Unusable("strange")
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while block := source.read(_BLOCK):
            digest.update(block)
            file.write(block)
        size = file.tell()
    return {"size": size, "sha256": digest.hexdigest()}


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    return entry


class _Seen(io.RawIOBase):
    """Counts and hashes what is read, and never reads more than was promised."""

    def __init__(self, content: IO[bytes], size: int) -> None:
        super().__init__()
        self.content, self.left, self.digest = content, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.content.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(block)
        self.digest.update(block)
        return block
