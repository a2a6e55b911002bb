"""The archive: files put away, held, due; disposals by two persons. Calls actions of ``cases`` and
``followup``."""

from typing import Any, Literal
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.door import Call
from tingsu.api.lines import Named, named, plain
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Asked, Day, Flag, In, Instant, Out, Text
from tingsu.cases.actions import archive as acts
from tingsu.cases.queries import archive as kept
from tingsu.followup import queries
from tingsu.followup.actions import dispose
from tingsu.people.permission import Can

place = Place("archive")
ENTRY = "id case_id number closed_at archived_at keep_until place hold held_at state"
RECORD = "id reason state proposed_at decided_at note total done ended_at"


class FileLine(Out):
    """A line of the register: kept | reopened | disposed. hold: why it must not go."""

    id: UUID
    case_id: UUID
    number: str
    closed_at: Instant
    archived_at: Instant
    keep_until: Day | None
    place: str
    hold: str
    held_at: Instant | None
    state: str


class FileRegister(Out):
    """The newest first."""

    files: list[FileLine]
    following: str | None


class WhichFiles(Asked):
    """kept | due (their term is over) | held | gone. q: a part of the number."""

    which: Literal["kept", "due", "held", "gone"] = "kept"
    q: str = Field("", max_length=32)
    after: str = Field("", max_length=600)
    limit: int = Field(kept.PAGE, ge=1, le=100)


@place.get("/archive", Can.ARCHIVE, _l("档案登记簿"), FileRegister)
def register(request: Call, wanted: Query[WhichFiles]) -> Any:
    """Where each file lies, and until when it is kept."""
    auth, name = request.auth, f"archive:{wanted.which}"
    found = kept.page(
        auth.who, wanted.which, localdate(auth.at),
        query=wanted.q.replace("\0", "").strip(), after=cursor.opened(name, wanted.after),
        size=wanted.limit,
    )  # fmt: skip
    following = cursor.sealed(name, found.following)
    return {"files": [plain(row, ENTRY) for row in found.rows], "following": following}


class ArchiveIn(In):
    """A few words, and where the paper file lies."""

    reason: Text = Field("", max_length=2_000)
    place: Text = ""


@place.step("archive", Can.DECIDE, _l("归档"), fresh=True)
def archive(on: Doing, told: ArchiveIn) -> Any:
    """The register says until when it is kept, and by which rule."""
    return acts.archive(on.case, on.by, on.at, **told.dict(), **on.fresh)


class ArchivePlaceIn(In):
    """Where the paper file lies now."""

    place: Text


@place.step("archive-place", Can.DISPOSE, _l("纸质案卷放在哪里"))
def set_place(on: Doing, told: ArchivePlaceIn) -> Any:
    """It stands in the register."""
    return acts.set_place(on.case, on.by, on.at, place=told.place, **on.once)


class HoldIn(In):
    """hold: it must not be disposed of; lift: the term holds again. With the reason."""

    do: Literal["hold", "lift"]
    reason: Text


@place.step("archive-hold", Can.DISPOSE, _l("暂缓销毁、解除"))
def hold(on: Doing, told: HoldIn) -> Any:
    """A law suit, an audit, a pending question."""
    act = acts.hold if told.do == "hold" else acts.lift
    return act(on.case, on.by, on.at, reason=told.reason, **on.once)


class DisposalItemOut(Out):
    """One file. kept: why it was left alone after all."""

    case_id: UUID
    number: str
    keep_until: Day
    done_at: Instant | None
    kept: str


class DisposalOut(Out):
    """proposed | approved | refused | done."""

    id: UUID
    reason: str
    state: str
    proposed_by: Named
    proposed_at: Instant
    decided_by: Named | None
    decided_at: Instant | None
    note: str
    total: int
    done: int
    ended_at: Instant | None


class DisposalWhole(DisposalOut):
    """With its files."""

    items: list[DisposalItemOut]


class Disposals(Out):
    """The newest, those whose files are all in reach."""

    disposals: list[DisposalOut]


@place.get("/disposals", Can.ARCHIVE, _l("销毁清单"), Disposals)
def disposals(request: Call) -> Any:
    """Proposed by one, approved by another."""
    return {"disposals": [_disposal(row) for row in queries.disposals(request.auth.who)]}


@place.get("/disposals/{uuid:disposal_id}", Can.ARCHIVE, _l("一份销毁清单"), DisposalWhole)
def disposal(request: Call, disposal_id: UUID) -> Any:
    """The record: who, when, on what ground, which files."""
    return _whole(queries.access_disposal(request.auth.who, disposal_id))


class DisposeIn(In):
    """Which lines of the register (``id``), and on what ground."""

    files: list[UUID] = Field(min_length=1, max_length=500)
    reason: Text


@place.post("/disposals", Can.DISPOSE, _l("提出销毁"), {200: DisposalWhole})
def disposal_propose(request: Call, told: DisposeIn) -> Any:
    """A second person approves."""
    auth = request.auth
    entries = kept.chosen(auth.who, set(told.files))
    return _whole(dispose.propose(entries, auth.by, auth.at, reason=told.reason))


class DisposeDecideIn(In):
    """approved, or why not."""

    approved: Flag
    note: Text = Field("", max_length=2_000)


@place.post(
    "/disposals/{uuid:disposal_id}", Can.DISPOSE, _l("批准或退回销毁"), {200: DisposalWhole}
)
def disposal_decide(request: Call, disposal_id: UUID, told: DisposeDecideIn) -> Any:
    """Never by the one who proposed it."""
    auth = request.auth
    row = queries.access_disposal(auth.who, disposal_id, Can.DISPOSE)
    done = dispose.decide(row, auth.by, auth.at, approved=told.approved, note=told.note)
    return _whole(done)


def _disposal(row: Any) -> dict[str, Any]:
    people = {one: named(getattr(row, one)) for one in ("proposed_by", "decided_by")}
    return plain(row, RECORD) | people


def _whole(row: Any) -> dict[str, Any]:
    return _disposal(row) | {"items": list(row.items.order_by("number"))}
