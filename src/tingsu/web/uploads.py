"""Takes files off the wire without letting one fill the disk. Touches the request alone.

What is over the limit is read and thrown away, so that the rest of the form survives: the page
then names the file and its true size, and everything typed is still there.
"""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

SLACK = 4 * 2**20  # for the texts and the frame of the form


class CappedUpload(FileUploadHandler):
    """Stands before Django's own handlers and passes on what fits: no file above FILE_LIMIT, no
    more than CASE_FILES_LIMIT in one request."""

    def handle_raw_input(self, *given: Any, **_more: Any) -> None:
        """Refuse at once what no honest form sends: more than all files at their limit."""
        self.total = 0
        content_length: int = given[2]
        most = settings.FILE_LIMIT * settings.DATA_UPLOAD_MAX_NUMBER_FILES
        if content_length > most + SLACK:
            raise RequestDataTooBig(f"request body of {content_length} octets")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the next handler, None when it is too much."""
        self.total += len(raw_data)
        fits = start + len(raw_data) <= settings.FILE_LIMIT
        return raw_data if fits and self.total <= settings.CASE_FILES_LIMIT else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """A file that did not fit, by name and true size, without its content: whoever adds up
        the sizes refuses it, and half a file is never kept."""
        if file_size <= settings.FILE_LIMIT and self.total <= settings.CASE_FILES_LIMIT:
            return None
        for handler in self.request.upload_handlers if self.request else ():
            if half := getattr(handler, "file", None):
                half.close()  # what was written of it is gone at once
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, file_size)
