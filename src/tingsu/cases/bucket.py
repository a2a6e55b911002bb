"""Files in a bucket that speaks S3. What goes wrong there is an OSError, as on a disk, so that the
rest of the house need not know where files lie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

# A person waits for the answer; the library alone would try for minutes.
PATIENCE = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 2})


def _as_on_a_disk(deed: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(deed)
    def inside(*given: Any, **more: Any) -> Any:
        try:
            return deed(*given, **more)
        except (BotoCoreError, ClientError) as problem:
            raise OSError(f"bucket: {type(problem).__name__}") from problem

    return inside


class Bucket(S3Storage):  # type: ignore[misc]
    """`default_storage` where TINGSU_S3_BUCKET is set."""

    client_config: Any

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.client_config = self.client_config.merge(PATIENCE)

    @_as_on_a_disk
    def _open(self, name: str, mode: str = "rb") -> Any:
        opened = super()._open(name, mode)
        if "r" in mode:
            _ = opened.file  # fetched now: later nobody expects the network to fail
        return opened

    _save = _as_on_a_disk(S3Storage._save)
    delete = _as_on_a_disk(S3Storage.delete)
    exists = _as_on_a_disk(S3Storage.exists)
    listdir = _as_on_a_disk(S3Storage.listdir)
    size = _as_on_a_disk(S3Storage.size)
