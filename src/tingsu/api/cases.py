"""Cases: lists with filters, search, one case, its timeline, a recorded look. Reads queries."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.door import Call
from tingsu.api.lines import Line, Lines, line, lines, readable, readable_in
from tingsu.api.place import Place, etag
from tingsu.api.shapes import Asked, In, Instant, Out, Text
from tingsu.cases.actions.look import look as look_at
from tingsu.cases.queries import file, found, here, lists
from tingsu.people.permission import Can, Who

place = Place("cases")


class Filter(Asked):
    """Which cases. All fields are optional and narrow the list together."""

    queue: Text = ""
    state: Text = ""
    pack: Text = ""
    category: Text = ""
    channel: Text = ""
    severity: Text = ""
    owner: UUID | None = None
    department: UUID | None = None
    received_from: Instant | None = None
    received_until: Instant | None = None
    due_from: Instant | None = None
    due_until: Instant | None = None
    is_open: bool | None = None
    q: str = Field("", max_length=100)
    after: str = Field("", max_length=600)
    limit: int = Field(25, ge=1, le=100)


@place.get("/cases", Can.READ, _l("投诉列表：筛选、搜索、翻页"), Lines)
def listing(request: Call, wanted: Query[Filter]) -> Any:
    """Open ones by the date they are due, ended ones and searches newest first. With ``q`` pages
    have 25 cases whatever ``limit`` says."""
    who, query = request.auth.who, wanted.q.replace("\0", "").strip()
    kept = lists.Filter(**wanted.dict(exclude={"q", "after", "limit"}))
    if query:
        start = cursor.opened("search", wanted.after)
        hits = found.search(who, query, kept, after=start)
        rows = [hit.case for hit in hits.hits]
        return {"cases": lines(who, rows), "following": cursor.sealed("search", hits.following)}
    place_of = f"cases:{wanted.queue}:{wanted.is_open}"
    page = lists.page(who, kept, after=cursor.opened(place_of, wanted.after), size=wanted.limit)
    following = cursor.sealed(place_of, page.following)
    return {"cases": lines(who, page.rows), "following": following}


class Complainant(Out):
    """Who complains, as the caller may see it. ``masked``: a look shows the rest."""

    id: UUID
    name: str
    phone: str
    email: str
    address: str
    masked: bool


class Case(Line):
    """A case in full. Amounts in fen."""

    narrative: str
    request: str
    reasons: str
    happened_at: Instant | None
    happened_where: str
    respondent_unit: str
    respondent_place: str
    product: str
    order_number: str
    contract_number: str
    source_ref: str
    amount: int | None
    anger: int | None
    variants: list[str]
    round: int
    people: int
    verdict: str
    rating: int | None
    contacted_at: Instant | None
    restated_at: Instant | None
    confirmed_at: Instant | None
    closed_at: Instant | None
    escalated_at: Instant | None
    planned_at: Instant | None
    approvals_waiting: int
    merged_into: UUID | None
    party: Complainant | None
    next: str
    rights: list[str]


SAID = ("narrative", "request", "reasons")
FACTS = (
    "happened_at happened_where respondent_unit respondent_place product order_number"
    " contract_number source_ref amount anger variants round people verdict rating contacted_at"
    " restated_at confirmed_at closed_at escalated_at planned_at approvals_waiting"
).split()


@place.get("/cases/{uuid:case_id}", Can.READ, _l("一件投诉的全部事实"), Case)
def read(request: Call, response: HttpResponse) -> Any:
    """The ETag of the answer is the case's version: hand it back as If-Match."""
    who, case = request.auth.who, request.auth.case
    etag(response, case.version)
    return {
        **line(who, case),
        **{name: readable(who, case, getattr(case, name)) for name in SAID},
        **{name: getattr(case, name) for name in FACTS},
        "merged_into": case.merged_into_id,
        "party": file.person(who, case.party),
        "next": file.next_of(case, here.past(case).replied).value,
        "rights": sorted(here.rights_on(who, case, file.tasks(case))),
    }


class Window(Asked):
    """Which part of the timeline."""

    before: int | None = Field(None, ge=1, le=10**9)
    limit: int = Field(here.WINDOW, ge=1, le=200)


class Entry(Out):
    """One entry of the timeline."""

    seq: int
    at: Instant
    kind: str
    actor: str
    member: UUID | None
    public: bool
    text: str
    data: dict[str, Any]


class Entries(Out):
    """A window of the timeline, oldest first. ``earlier``: how many entries lie before it."""

    entries: list[Entry]
    earlier: int


@place.get("/cases/{uuid:case_id}/timeline", Can.READ, _l("经过"), Entries)
def timeline(request: Call, wanted: Query[Window]) -> Any:
    """The newest entries, or those before a sequence number."""
    rows = here.window(request.auth.case, wanted.before, wanted.limit)
    who, case = request.auth.who, request.auth.case
    return {
        "entries": [_entry(who, case, row) for row in rows],
        "earlier": rows[0].seq - 1 if rows else 0,
    }


class LookIn(In):
    """Which fields: name, phone, email, address, respondent_person."""

    fields: list[Text]
    reason: Text = ""


class Seen(Out):
    """The values in full."""

    values: dict[str, str]


@place.post(
    "/cases/{uuid:case_id}/look", Can.UNMASK, _l("查看完整的个人信息（会留下记录）"), {200: Seen}
)
def look(request: Call, told: LookIn) -> Any:
    """Who looked at what stands in the timeline and before the auditor (PL-2)."""
    auth = request.auth
    seen = look_at(auth.case, auth.by, auth.at, fields=tuple(told.fields), reason=told.reason)
    return {"values": seen}


def _entry(who: Who, case: Any, row: Any) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at,
        "kind": row.kind,
        "actor": row.actor,
        "member": row.member_id,
        "public": row.public,
        "text": readable(who, case, row.text),
        "data": readable_in(who, case, row.data),
    }
