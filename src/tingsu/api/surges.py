"""Matters of which suddenly many complain: listed, with the cases behind them, looked at. Calls
``actions/surge`` (IM-3)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _l

from tingsu.api.door import Call
from tingsu.api.lines import Line, lines, plain
from tingsu.api.place import Place
from tingsu.api.shapes import Instant, Out
from tingsu.cases.actions import surge
from tingsu.cases.queries import surges as queries
from tingsu.people.permission import Can

place = Place("surges")
TOLD = "id state people days usual words place product first_at last_at found_at seen_at"


class SurgeOut(Out):
    """new | seen | over. people: in so many days; usual: how many there would be by chance."""

    id: UUID
    state: str
    people: int
    days: int
    usual: float
    words: list[str]
    place: str
    product: str
    first_at: Instant
    last_at: Instant
    found_at: Instant
    seen_at: Instant | None


class Surges(Out):
    """New ones first, those that are over last."""

    surges: list[SurgeOut]


@place.get("/surges", Can.ASSIGN, _l("突然多起来的投诉"), Surges)
def listing(request: Call) -> Any:
    """Of the house, the newest fifty."""
    return {"surges": [plain(row, TOLD) for row in queries.listed(request.auth.who)]}


class SurgeWhole(SurgeOut):
    """With the cases that the caller may read, the newest first; how many others there are."""

    cases: list[Line]
    others: int


@place.get("/surges/{uuid:surge_id}", Can.ASSIGN, _l("一件突然多起来的事"), SurgeWhole)
def read(request: Call, surge_id: UUID) -> Any:
    """What makes it up."""
    return _whole(request, queries.one(request.auth.who, surge_id))


@place.post("/surges/{uuid:surge_id}/seen", Can.ASSIGN, _l("看过了"), {200: SurgeWhole})
def seen(request: Call, surge_id: UUID) -> Any:
    """It is new again when it has grown."""
    who = request.auth.who
    surge.see(who, queries.one(who, surge_id), request.auth.at)
    return _whole(request, queries.one(who, surge_id))


def _whole(request: Call, row: Any) -> dict[str, Any]:
    who = request.auth.who
    found = queries.behind(who, row)
    return plain(row, TOLD) | {"cases": lines(who, found.cases), "others": found.others}
