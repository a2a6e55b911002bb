"""What persons ask of their data: recorded by one, decided by another, done by the worker (PL-2).
Calls ``followup/actions``."""

from typing import Any, Literal
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.cases import Complainant
from tingsu.api.door import Call
from tingsu.api.files import BYTES
from tingsu.api.lines import Named, named, plain
from tingsu.api.place import Place
from tingsu.api.shapes import Asked, Flag, In, Instant, Out, Text
from tingsu.cases.queries import access_party
from tingsu.cases.queries.file import person as as_seen
from tingsu.followup import queries
from tingsu.followup.actions import export
from tingsu.followup.actions import person as persons
from tingsu.people.permission import Can, Who

place = Place("persons")
PLAIN = "id kind checked words state asked_at due_at decided_at note size sha256 ended_at"


class PersonAsked(Out):
    """erase | export; waiting | approved | refused | done. checked: how we know that it is they."""

    id: UUID
    person: Complainant | None
    kind: str
    checked: str
    words: str
    state: str
    asked_by: Named
    asked_at: Instant
    due_at: Instant
    decided_by: Named | None
    decided_at: Instant | None
    note: str
    size: int
    sha256: str
    ended_at: Instant | None


class PersonGround(Out):
    """What stands in the way of erasing: open | held | duty; day: until when."""

    code: str
    number: str
    day: str
    words: str


class PersonAskedWhole(PersonAsked):
    """With what stands in the way now, or stood there when it was refused."""

    grounds: list[PersonGround]


class PersonAskedPage(Out):
    """The newest first."""

    requests: list[PersonAsked]
    following: str | None


class WhichPersons(Asked):
    """Which page."""

    after: str = Field("", max_length=600)
    limit: int = Field(queries.PAGE, ge=1, le=100)


@place.get("/person-requests", Can.PARTIES, _l("个人信息请求"), PersonAskedPage)
def listing(request: Call, wanted: Query[WhichPersons]) -> Any:
    """With the day by which each is answered."""
    who = request.auth.who
    start = cursor.opened("person-requests", wanted.after)
    found = queries.requests(who, after=start, size=wanted.limit)
    following = cursor.sealed("person-requests", found.following)
    return {"requests": [_told(who, row) for row in found.rows], "following": following}


@place.get(
    "/person-requests/{uuid:request_id}", Can.PARTIES, _l("一个个人信息请求"), PersonAskedWhole
)
def read(request: Call, request_id: UUID) -> Any:
    """One request."""
    return _whole(request, queries.access_request(request.auth.who, request_id))


class PersonAskIn(In):
    """Who wants what, and how we know that it is they."""

    party_id: UUID
    kind: Literal["erase", "export"]
    checked: Text
    words: Text = ""


@place.post("/person-requests", Can.PARTIES, _l("登记个人信息请求"), {200: PersonAskedWhole})
def ask(request: Call, told: PersonAskIn) -> Any:
    """Another decides."""
    auth, given = request.auth, told.dict()
    party = access_party(auth.who, given.pop("party_id"))
    return _whole(request, persons.ask(party, auth.by, auth.at, **given))


class PersonDecideIn(In):
    """approved, or why not: the words are told to the person."""

    approved: Flag
    note: Text = Field("", max_length=2_000)


@place.post(
    "/person-requests/{uuid:request_id}", Can.DISPOSE, _l("决定个人信息请求"),
    {200: PersonAskedWhole},
)  # fmt: skip
def decide(request: Call, request_id: UUID, told: PersonDecideIn) -> Any:
    """Never by the one who recorded it; not while something stands in the way."""
    auth = request.auth
    row = queries.access_request(auth.who, request_id, Can.DISPOSE)
    done = persons.decide(row, auth.by, auth.at, approved=told.approved, note=told.note)
    return _whole(request, done)


@place.operation(
    "GET", "/person-requests/{uuid:request_id}/copy", Can.UNMASK,
    _l("取个人信息副本（留下记录）"), {200: None}, extra=BYTES,
)  # fmt: skip
def take(request: Call, request_id: UUID) -> HttpResponse:
    """A ZIP, for a week."""
    auth = request.auth
    row = queries.access_request(auth.who, request_id, Can.UNMASK)
    content = export.take(row, auth.by, auth.at)
    name = f"personal-data-{row.id.hex[:8]}.zip"
    kind = "application/octet-stream"
    response: Any = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]


def _told(who: Who, row: Any) -> dict[str, Any]:
    people = {one: named(getattr(row, one)) for one in ("asked_by", "decided_by")}
    seen = None if row.party.erased_at else as_seen(who, row.party)
    return plain(row, PLAIN) | people | {"person": seen}


def _whole(request: Call, row: Any) -> dict[str, Any]:
    auth = request.auth
    found = queries.grounds(row, auth.at)
    return _told(auth.who, row) | {
        "grounds": [plain(one, "code number day words") for one in found]
    }
