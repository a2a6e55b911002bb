"""The ledger of promises over all cases: which are due, how many are kept. Reads queries (HA-7)."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api.door import Call
from tingsu.api.lines import Line, line, named, plain, readable
from tingsu.api.parts import Promise
from tingsu.api.place import Place
from tingsu.api.shapes import Asked, Out
from tingsu.cases.queries import promises as queries
from tingsu.people.permission import Can, Who

place = Place("promises")


class PromiseLine(Promise):
    """A promise with its case."""

    case: Line


class PromiseShare(Out):
    """How the promises of one person, team or pack ended; percent: kept in time, null where none
    ended."""

    name: str
    kept: int
    late: int
    broken: int
    moved: int
    percent: int | None


class PromiseLedger(Out):
    """Those that are due within the hours, the most urgent first; the figures of the days."""

    due: list[PromiseLine]
    all: list[PromiseShare]
    member: list[PromiseShare]
    department: list[PromiseShare]
    pack: list[PromiseShare]


class WhichPromises(Asked):
    """hours: due by then; days: of the figures, today included."""

    hours: int = Field(24, ge=0, le=720)
    days: int = Field(30, ge=1, le=366)


@place.get("/promises", Can.ASSIGN, _l("承诺台账"), PromiseLedger)
def ledger(request: Call, wanted: Query[WhichPromises]) -> Any:
    """For those who assign work."""
    who, at = request.auth.who, request.auth.at
    today = localdate(at)
    shares = queries.shares(who, today - timedelta(days=wanted.days - 1), today)
    due = queries.late(who, at + timedelta(hours=wanted.hours))
    names = " ".join(PromiseShare.model_fields)
    return {"due": [_promise(who, row) for row in due]} | {
        by: [plain(one, names) for one in rows] for by, rows in shares.items()
    }


def _promise(who: Who, row: Any) -> dict[str, Any]:
    texts = {name: readable(who, row.case, getattr(row, name)) for name in ("content", "reason")}
    more = {"made_by": named(row.made_by), "case": line(who, row.case)}
    return plain(row, "id due_at made_at state ended_at") | texts | more
