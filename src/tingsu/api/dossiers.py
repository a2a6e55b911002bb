"""Copies of a file: asked for, made by the worker, taken. Calls ``followup/actions/dossier``."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l

from tingsu.api.archive import ENTRY, FileLine
from tingsu.api.door import Call, opened, whole_file
from tingsu.api.files import BYTES
from tingsu.api.lines import plain
from tingsu.api.place import Place
from tingsu.api.shapes import Flag, In, Instant, Out
from tingsu.cases.queries import archive as kept
from tingsu.followup import queries
from tingsu.followup.actions import dossier
from tingsu.people.permission import Can, NotThere, may

place = Place("archive")
COPY = (
    "id masked language state asked_at version done total pages pdf_size pdf_sha256 zip_size"
    " zip_sha256"
)


class DossierOut(Out):
    """A copy of the file: waiting | making | ready | failed. done of total: how far it is."""

    id: UUID
    masked: bool
    language: str
    state: str
    asked_at: Instant
    version: int
    done: int
    total: int
    pages: int
    pdf_size: int
    pdf_sha256: str
    zip_size: int
    zip_sha256: str


class Dossiers(Out):
    """The newest first; the line of the register where the file is put away."""

    dossiers: list[DossierOut]
    kept: FileLine | None


@place.get("/cases/{uuid:case_id}/dossiers", Can.READ, _l("案卷"), Dossiers)
def dossiers(request: Call) -> Any:
    """Those that the caller may take."""
    case, full = request.auth.case, may(request.auth.who, Can.UNMASK)
    row = kept.of_case(case)
    found = [one for one in queries.dossiers(case) if one.masked or full]
    return {
        "dossiers": [plain(one, COPY) for one in found],
        "kept": plain(row, ENTRY) if row else None,
    }


class DossierIn(In):
    """masked: without personal data; always so for those who may not see them."""

    masked: Flag = False


@place.operation(
    "POST", "/cases/{uuid:case_id}/dossiers", Can.READ, _l("制作案卷"), {200: DossierOut},
    body=True, find=whole_file,
)  # fmt: skip
def ask(request: Call, told: DossierIn) -> Any:
    """The worker makes it; it can be taken for a week."""
    auth = request.auth
    masked = told.masked or not may(auth.who, Can.UNMASK)
    language = get_language() or "zh-hans"
    return dossier.ask(auth.case, auth.by, auth.at, masked=masked, language=language)


@place.operation(
    "GET", "/cases/{uuid:case_id}/dossiers/{uuid:dossier_id}/{what}", Can.READ,
    _l("取案卷（留下记录）"), {200: None}, find=opened, extra=BYTES,
)  # fmt: skip
def take(request: Call, dossier_id: UUID, what: str) -> HttpResponse:
    """what: pdf | zip."""
    auth = request.auth
    row = queries.access_dossier(auth.who, auth.case.id, dossier_id)
    if what not in ("pdf", "zip"):
        raise NotThere
    content = dossier.take(row, auth.who, auth.by, auth.at, what=what)
    name = f"{row.case.number}.{what}"
    kind = "application/octet-stream"
    response: Any = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]
