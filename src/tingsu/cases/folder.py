"""Files in the data folder, whole or not at all: written beside, made safe on the disk, then given
their name. A kill or a power cut in between leaves no half of a file under a good name (PL-7)."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from django.core.files.storage import FileSystemStorage

BESIDE = ".part-"  # such files belong to nobody
LONGEST = timedelta(days=1)  # nothing is being written for as long as that


class Folder(FileSystemStorage):
    """`default_storage` where no bucket is set."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = mkstemp(prefix=BESIDE, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _settle(path.parent)
        return name.replace("\\", "/")

    def sweep(self, at: datetime) -> int:
        """Take away what was being written when the power went; how many files."""
        number = 0
        for path in Path(self.base_location).rglob(f"{BESIDE}*"):
            with suppress(FileNotFoundError):  # another machine was quicker
                if path.stat().st_mtime < (at - LONGEST).timestamp():
                    path.unlink()
                    number += 1
        return number


def _settle(folder: Path) -> None:
    """The name itself is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
