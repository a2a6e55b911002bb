"""Takes an import file off the wire into a temporary file, up to the size that is read.

Other uploads have a smaller limit (web/uploads.py); records of years are longer than a photo.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpResponse

from tingsu.channels.file.limits import MOST_BYTES
from tingsu.web.door import Asked


class LongUpload(TemporaryFileUploadHandler):
    """Keeps what fits; of a longer file only its true size, so that the page can name it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the chunk unless the file has become too long."""
        if start + len(raw_data) <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
        return None


def long_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Set the handler before anybody reads the form; the view checks the token afterwards."""

    @wraps(view)
    def inside(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [LongUpload(request)]
        return view(request, *args, **kwargs)

    return inside
