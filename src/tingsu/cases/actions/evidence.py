"""证据: taken in with its hash, who gave it and when; handed on from place to place (HA-4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from tingsu.cases._filed import hung, keep_all
from tingsu.cases._files import Given
from tingsu.cases._inquiry import made, may_look_into, row, stamp, turned_to
from tingsu.cases._read import row_of
from tingsu.cases._rules import text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Attachment, Case, Evidence
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor

KINDS = ("document", "photo", "audio", "video", "data", "object", "statement", "other")
GIVERS = ("complainant", "respondent", "house", "third")


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
    said = text_of(what, "what", limit=200, ask=_("请写明是什么。"))
    wrong = {}
    if kind not in KINDS:
        wrong["kind"] = _("请选择种类。")
    if giver not in GIVERS:
        wrong["giver"] = _("请选择是谁给的。")
    if given_at and given_at > at + timedelta(minutes=5):
        wrong["given_at"] = _("这个时间还没有到，请核对。")
    if not files and file_id is None and not place.strip():
        wrong["place"] = _("没有文件的，请写明东西放在哪里。")
    if wrong:
        raise Invalid(wrong)
    kept = keep_all(case, files)

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        if file_id and not row_of(Attachment, case_id=case.id, id=file_id):
            raise Refusal(_("找不到这个附件。"), "file_id", "missing")
        rows = Evidence.objects.filter(case=case)
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        entry = Entry("evidence_added", said)
        attached = hung(case, entry, kept, by, at)
        ids: list[UUID | None] = [one.id for one in attached] or [file_id]
        pieces = []
        for place_in_list, one_file in enumerate(ids):
            piece = made(
                Evidence, case, by, at,
                number=number + place_in_list, what=said, kind=kind, giver=giver,
                given_at=given_at or at, original=original, place=clean_line(place)[:200],
                shows=clean(shows).strip(), file_id=one_file,
            )  # fmt: skip
            piece.giver_name = clean_line(giver_name)[:120]
            pieces.append(piece)
        entry.data |= {
            "evidence": [str(one.id) for one in pieces],
            "numbers": [one.number for one in pieces],
            "of": kind, "giver": giver, "given": stamp(given_at or at), "original": original,
            "place": pieces[0].place, "sha256": [one.sha256 for one in attached],
        }  # fmt: skip
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
