"""Prepared solutions: found, suggested, written out of a closed case, released by another. Calls
``actions/solution``."""

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.codes import MOST_FEN
from tingsu.api.door import Call
from tingsu.api.lines import Named, named, plain
from tingsu.api.place import Doing, Done, Place, etag, key_header, key_of
from tingsu.api.place import told as done_told
from tingsu.api.shapes import Asked, In, Instant, Out, Text, Whole
from tingsu.cases.actions import solution as actions
from tingsu.cases.queries import access_case
from tingsu.cases.queries import solutions as queries
from tingsu.people.permission import Can

place = Place("solutions")
TOLD = (
    "id case_id pack category title situation cause worked wording cost state note written_at used"
    " satisfied dissatisfied reopened"
)


class SolutionOut(Out):
    """An article: proposed | released | returned | withdrawn. cost in fen; percent: of the uses
    that say something, how many went well."""

    id: UUID
    case_id: UUID
    pack: str
    category: str
    title: str
    situation: str
    cause: str
    worked: str
    wording: str
    cost: int | None
    state: str
    note: str
    written_by: Named
    written_at: Instant
    released_by: Named | None
    used: int
    satisfied: int
    dissatisfied: int
    reopened: int
    percent: int | None


class SolutionPage(Out):
    """The newest first."""

    solutions: list[SolutionOut]
    following: str | None


class WhichSolutions(Asked):
    """q: words that must stand in them."""

    state: Literal["released", "proposed", "returned", "withdrawn"] = "released"
    q: str = Field("", max_length=80)
    pack: str = Field("", max_length=24)
    after: str = Field("", max_length=600)


@place.get("/solutions", Can.READ, _l("预案"), SolutionPage)
def listing(request: Call, wanted: Query[WhichSolutions]) -> Any:
    """Of the house."""
    words = wanted.q.replace("\0", "").strip()
    pack = wanted.pack.replace("\0", "")
    found = queries.page(
        request.auth.who, state=wanted.state, words=words, pack=pack,
        after=cursor.opened("solutions", wanted.after),
    )  # fmt: skip
    following = cursor.sealed("solutions", found.following)
    return {"solutions": [_told(row) for row in found.rows], "following": following}


@place.get("/solutions/{uuid:solution_id}", Can.READ, _l("一个预案"), SolutionOut)
def read(request: Call, solution_id: UUID) -> Any:
    """One article."""
    return _told(queries.one(request.auth.who, solution_id))


class Suggested(Out):
    """A released article that is like the case, and the words both have."""

    solution: SolutionOut
    words: list[str]


class SolutionsOfCase(Out):
    """The likest first; those used here; the one written out of this case."""

    suggested: list[Suggested]
    used: list[SolutionOut]
    own: SolutionOut | None


@place.get("/cases/{uuid:case_id}/solutions", Can.HANDLE, _l("相像的预案"), SolutionsOfCase)
def of_case(request: Call) -> Any:
    """What helped elsewhere."""
    case = access_case(request.auth.who, request.auth.case.id, Can.HANDLE)
    own = queries.of_case(case)
    return {
        "suggested": [
            {"solution": _told(one.row), "words": one.words} for one in queries.suggested(case)
        ],
        "used": [_told(one.solution) for one in queries.used_on(case)],
        "own": _told(own) if own else None,
    }


class SolutionIn(In):
    """What the situation was, why, what worked, how it was said, what it cost in fen."""

    title: Text
    situation: Text
    worked: Text
    cause: Text = ""
    wording: Text = ""
    cost: Whole | None = Field(None, ge=0, le=MOST_FEN)


@place.step("solution-write", Can.HANDLE, _l("写成预案"))
def write(on: Doing, told: SolutionIn) -> Any:
    """Out of a closed case; names and numbers are masked. It waits for another to release it."""
    return actions.compose(on.case, on.by, on.at, article=actions.Article(**told.dict()), **on.once)


class SolutionMoveIn(In):
    """release: by another than the writer; return and withdraw: with the reason."""

    do: Literal["release", "return", "withdraw"]
    reason: Text = ""


@place.post("/solutions/{uuid:solution_id}", Can.APPROVE, _l("发布、退回、撤下预案"), {200: Done})
def move(
    request: Call,
    response: HttpResponse,
    solution_id: UUID,
    told: SolutionMoveIn,
    key: str | None = key_header(),
) -> Any:
    """A released one is suggested on cases that are like it."""
    auth = request.auth
    row = queries.one(auth.who, solution_id)
    given: dict[str, Any] = {"key": key_of(auth.who, f"solution-{told.do}", key)}
    given |= {} if told.do == "release" else {"reason": told.reason}
    act: Callable[..., Any] = _ACTS[told.do]
    written = act(row, auth.by, auth.at, **given)
    etag(response, written.case.version)
    return done_told(written.case, repeated=written.repeated)


_ACTS: dict[str, Callable[..., Any]] = {
    "release": actions.release,
    "return": actions.send_back,
    "withdraw": actions.withdraw,
}


def _told(row: Any) -> dict[str, Any]:
    people = {one: named(getattr(row, one)) for one in ("written_by", "released_by")}
    return plain(row, TOLD) | people | {"percent": queries.percent(row)}
