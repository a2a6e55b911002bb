"""Files of a case: listed, handed in, fetched. Calls ``actions/attach``."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from ninja import File, Form
from ninja.files import UploadedFile
from ninja.params.functions import Header

from tingsu.api.door import Call, whole_file
from tingsu.api.place import KEY_PATTERN, Done, Place, etag, key_of, told
from tingsu.api.shapes import Instant, Out
from tingsu.cases.actions import attach as attaching
from tingsu.cases.errors import Invalid
from tingsu.cases.queries import file, here
from tingsu.people.permission import Can

place = Place("files")
BYTES = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}
MOST = 20


class KeptFile(Out):
    """A file. ``entry``: the timeline entry that brought it."""

    id: UUID
    event_id: UUID
    name: str
    size: int
    sha256: str
    content_type: str
    public: bool
    given_by: str
    at: Instant


class Files(Out):
    """All files of a case."""

    files: list[KeptFile]


@place.get("/cases/{uuid:case_id}/files", Can.READ, _l("附件"), Files)
def listing(request: Call) -> Any:
    """By the order in which they came."""
    by_event = file.attachments(request.auth.case)
    return {"files": sorted((one for rows in by_event.values() for one in rows), key=_id)}


@place.operation(
    "GET", "/cases/{uuid:case_id}/files/{uuid:file_id}", Can.READ,
    _l("取一个附件"), {200: None}, find=whole_file, extra=BYTES,
)  # fmt: skip
def fetch(request: Call, file_id: UUID) -> HttpResponse:
    """Always as bytes: nothing that was handed in is shown by us."""
    row, content = here.file_of(request.auth.case, file_id)
    kind = "application/octet-stream"
    response: Any = FileResponse(content, as_attachment=True, filename=row.name, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]


@place.post("/cases/{uuid:case_id}/files", Can.RECORD, _l("添加附件"), {200: Done})
def attach(
    request: Call,
    response: HttpResponse,
    files: File[list[UploadedFile]],
    public: Form[bool] = False,
    key: str | None = Header(None, alias="Idempotency-Key", pattern=KEY_PATTERN),
) -> Any:
    """multipart/form-data. public: the customer sees them too."""
    auth = request.auth
    if not 0 < len(files) <= MOST:
        raise Invalid({"files": _("请先选择文件。")})
    given = [attaching.Given(one.name or "", one.size or 0, one) for one in files]
    written = attaching.attach(
        auth.case, auth.by, auth.at,
        files=given, public=public, key=key_of(auth.who, "attach", key),
    )  # fmt: skip
    etag(response, written.case.version)
    return told(written.case, repeated=written.repeated)


def _id(row: Any) -> Any:
    return row.id
