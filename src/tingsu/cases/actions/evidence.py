"""证据: taken in with its hash, who gave it and when; handed on from place to place (HA-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from tingsu.cases._filed import hung, keep_all, lying
from tingsu.cases._files import Given
from tingsu.cases._inquiry import made, may_look_into, row, stamp, turned_to
from tingsu.cases._rules import text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Evidence
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor

KINDS = ("document", "photo", "audio", "video", "data", "object", "statement", "other")
GIVERS = ("complainant", "respondent", "house", "third")


@dataclass(frozen=True)
class _Told:
    """What was told of the evidence, cleaned."""

    what: str
    kind: str
    giver: str
    giver_name: str
    given_at: datetime
    original: bool
    place: str
    shows: str

    def check(self, at: datetime, *, lies_somewhere: bool) -> None:
        """Raises Invalid at the fields."""
        wrong = {}
        if self.kind not in KINDS:
            wrong["kind"] = _("请选择种类。")
        if self.giver not in GIVERS:
            wrong["giver"] = _("请选择是谁给的。")
        if self.given_at > at + timedelta(minutes=5):
            wrong["given_at"] = _("这个时间还没有到，请核对。")
        if not lies_somewhere:
            wrong["place"] = _("没有文件的，请写明东西放在哪里。")
        if wrong:
            raise Invalid(wrong)

    def as_data(self) -> dict[str, Any]:
        """What the entry keeps of it."""
        return {
            "of": self.kind, "giver": self.giver, "given": stamp(self.given_at),
            "original": self.original, "place": self.place,
        }  # fmt: skip


def add(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    what: str,
    kind: str,
    giver: str,
    giver_name: str = "",
    given_at: datetime | None = None,
    original: bool = False,
    place: str = "",
    shows: str = "",
    files: Sequence[Given] = (),
    file_id: UUID | None = None,
    key: str | None = None,
) -> Written:
    """One piece of evidence: with a new file, with one that is in the case already (``file_id``),
    or a thing that lies in a place. Several files are as many pieces."""
    told = _Told(
        text_of(what, "what", limit=200, ask=_("请写明是什么。")),
        kind, giver, clean_line(giver_name)[:120], given_at or at, original,
        clean_line(place)[:200], clean(shows).strip(),
    )  # fmt: skip
    told.check(at, lies_somewhere=bool(files or file_id or told.place))
    kept = keep_all(case, files)

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        if file_id:
            lying(case, file_id)
        entry = Entry("evidence_added", told.what)
        attached = hung(case, entry, kept, by, at)
        ids: list[UUID | None] = [one.id for one in attached] or [file_id]
        pieces = [
            _piece(case, by, at, told, number=number, file_id=one)
            for number, one in enumerate(ids, _next_number(case))
        ]
        entry.data |= told.as_data() | {
            "evidence": [str(one.id) for one in pieces],
            "numbers": [one.number for one in pieces],
            "sha256": [one.sha256 for one in attached],
        }
        return Plan([entry], turned_to(case, at), [*attached, *pieces])

    return write(case, by, at, plan, key=key)


def hand_on(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    evidence_id: UUID,
    to: str,
    place: str,
    note: str = "",
    key: str | None = None,
) -> Written:
    """It went on: to whom, and where it lies now. The timeline is the chain of who had it."""
    who = text_of(to, "to", limit=120, ask=_("请写明交给谁。"))
    where = text_of(place, "place", limit=200, ask=_("请写明现在放在哪里。"))

    def plan(case: Case) -> Plan:
        one = row(Evidence, case, evidence_id)
        data = {"evidence": [str(one.id)], "numbers": [one.number], "from": one.place,
                "place": where, "receiver": who}  # fmt: skip
        moved = changing(Evidence, {"place": where}, id=one.id)
        return Plan([Entry("evidence_moved", clean(note).strip(), data)], effects=[moved])

    return write(case, by, at, plan, key=key)


def _piece(
    case: Case, by: Actor, at: datetime, told: _Told, *, number: int, file_id: UUID | None
) -> Evidence:
    piece = made(
        Evidence, case, by, at,
        number=number, what=told.what, kind=told.kind, giver=told.giver, given_at=told.given_at,
        original=told.original, place=told.place, shows=told.shows, file_id=file_id,
    )  # fmt: skip
    piece.giver_name = told.giver_name
    return piece


def _next_number(case: Case) -> int:
    last = Evidence.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
