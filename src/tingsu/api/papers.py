"""Papers of a case: made, issued, served, declared void, fetched. Calls actions and documents."""

from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import Language
from tingsu.api.door import Call, whole
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Out, Text
from tingsu.cases.actions import document as drafts
from tingsu.cases.actions import serve as serving
from tingsu.cases.queries import documents
from tingsu.documents.imprints import Wish
from tingsu.documents.issuing import issue_draft
from tingsu.documents.looking import fields_of, looked
from tingsu.people.permission import Can

place = Place("papers")
PDF = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


class Served(Out):
    """To whom, how and when it was served."""

    to: str
    way: str
    at: Instant


class Paper(Out):
    """A paper: draft | issued | void."""

    id: UUID
    kind: str
    title: str
    language: str
    state: str
    number: str
    made_at: Instant
    issued_at: Instant | None
    sha256: str
    servings: list[Served]
    unserved: list[str]


class Kind(Out):
    """A paper that can be made on this case."""

    code: str
    title: str


class Papers(Out):
    """The newest first."""

    papers: list[Paper]
    kinds: list[Kind]


@place.get("/cases/{uuid:case_id}/papers", Can.READ, _l("文书"), Papers)
def listing(request: Call) -> Any:
    """All papers of the case, and those that can be made."""
    case, language = request.auth.case, get_language() or "zh-hans"
    plain = "id kind title language state number made_at issued_at sha256".split()
    return {
        "papers": [
            {
                **{name: getattr(one.row, name) for name in plain},
                "servings": one.servings,
                "unserved": one.unserved,
            }
            for one in documents.of_case(case)
        ],
        "kinds": [
            {"code": one.id, "title": one.title(language)} for one in documents.kinds(case).values()
        ],
    }


@place.operation(
    "GET", "/cases/{uuid:case_id}/papers/{uuid:document_id}/pdf", Can.UNMASK,
    _l("文书 PDF（有个人信息时留下记录）"), {200: None}, find=whole, extra=PDF,
)  # fmt: skip
def pdf(request: Call, document_id: UUID) -> HttpResponse:
    """The bytes as they were issued."""
    auth = request.auth
    shown = documents.one(auth.case, document_id)
    content = documents.pdf(shown.row)
    looked(auth.who, auth.case, auth.at, fields_of(shown))
    response: Any = FileResponse(content, content_type="application/pdf")
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]


class BeginIn(In):
    """Which paper."""

    kind: Text = Field(max_length=40)


@place.step("paper", Can.HANDLE, _l("做一份文书"))
def begin(on: Doing, told: BeginIn) -> Any:
    """A draft, filled from the case."""
    return drafts.begin(on.case, on.by, on.at, kind=told.kind, **on.once)[0]


class FillIn(In):
    """What stands in the draft instead of the case's own values, by field."""

    document_id: UUID
    values: dict[Text, Text]
    language: Language = "zh-hans"


class Filled(Out):
    """The draft as it is kept."""

    id: UUID
    title: str


@place.post("/cases/{uuid:case_id}/paper-fill", Can.HANDLE, _l("填写文书草稿"), {200: Filled})
def fill(request: Call, told: FillIn) -> Any:
    """No entry: a draft is nobody's word yet."""
    return drafts.fill(
        request.auth.case,
        document_id=told.document_id, values=told.values, language=told.language,
    )  # fmt: skip


class IssueIn(In):
    """Which draft, and who signs, as it stands on the paper. signature: with the own picture of
    it; seal: one that the member may set on this paper."""

    document_id: UUID
    signatory: Text = Field(max_length=60)
    signature: bool = False
    seal: UUID | None = None


@place.step("paper-issue", Can.HANDLE, _l("签发文书"))
def issue(on: Doing, told: IssueIn) -> Any:
    """It gets its number and cannot be changed any more. 202 when somebody else must sign."""
    base = settings.PUBLIC_URL
    return issue_draft(
        on.case, on.by, on.at,
        document_id=told.document_id, signatory=told.signatory,
        wish=Wish(signature=told.signature, seal=told.seal),
        checked_at=f"{base}{reverse('document_check')}", **on.once,
    )  # fmt: skip


class ServeIn(In):
    """How, when and to whom."""

    document_id: UUID
    to: Literal["complainant", "respondent", "unit"]
    way: Literal["portal", "mail", "letter", "hand", "public"]
    served_at: Instant | None = None
    receiver: Text = Field("", max_length=120)
    note: Text = Field("", max_length=200)


@place.step("paper-serve", Can.HANDLE, _l("送达文书"))
def serve(on: Doing, told: ServeIn) -> Any:
    """By mail and on the follow page it is sent with this step."""
    return serving.serve(on.case, on.by, on.at, **told.dict(), **on.once)


class VoidIn(In):
    """Which paper, and why."""

    document_id: UUID
    reason: Text = Field(max_length=400)


@place.step("paper-void", Can.DECIDE, _l("文书作废"))
def void(on: Doing, told: VoidIn) -> Any:
    """It stays, with its number."""
    return drafts.void(on.case, on.by, on.at, **told.dict(), **on.once)


class DropIn(In):
    """Which draft."""

    document_id: UUID


@place.step("paper-drop", Can.HANDLE, _l("删去草稿"))
def drop(on: Doing, told: DropIn) -> Any:
    """A draft has no number; nothing of it stays."""
    return drafts.drop(on.case, on.by, on.at, document_id=told.document_id, **on.once)


class Checked(Out):
    """What everybody may know of a paper by its public code."""

    number: str
    title: str
    issued_at: Instant
    house: str
    state: str
    voided_at: Instant | None
    sha256: str


@place.get("/public/papers/{code}", None, _l("公众核验文书"), Checked)
def check(request: HttpRequest, code: str) -> Any:
    """Is this paper ours, and does it still hold?"""
    del request
    return documents.by_code(code[:60].replace("\0", ""))
