"""A person asks for their data to be erased, or for a copy: recorded, decided by another, done by
the worker (PL-2). Writes PersonRequest rows.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.cases._archive import keep_until
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import ArchiveEntry, Case, Joined, Party
from tingsu.core import clock as clocks
from tingsu.core.clock import ClockRule
from tingsu.core.text import clean
from tingsu.followup import _remains
from tingsu.followup.models import PersonRequest
from tingsu.packs import calendar_of
from tingsu.packs.handling import HANDLING
from tingsu.packs.handling_tables import REQUESTS
from tingsu.people.actor import SYSTEM, Actor
from tingsu.people.directory import organisation
from tingsu.people.models import new_id
from tingsu.people.rulebook import pack_of

CHECKED, LIMIT = 200, 2_000


@dataclass(frozen=True)
class Ground:
    """What stands in the way of erasing. code: open | held | duty; day: until when."""

    code: str
    number: str
    day: str = ""
    words: str = ""


def ask(
    party: Party, by: Actor, at: datetime, *, kind: str, checked: str, words: str = ""
) -> PersonRequest:
    """Record what a person asks. checked: how we know that it is they. Raises Invalid, Refusal."""
    wrong = {}
    proof = clean(checked).strip()
    if kind not in REQUESTS:
        wrong["kind"] = _("请选删除，还是查阅、复制。")
    if not proof or len(proof) > CHECKED:
        wrong["checked"] = _("请写明怎样核对了身份，200 字以内。")
    if len(words) > LIMIT:
        wrong["words"] = _("最多 2,000 字。")
    if wrong:
        raise Invalid(wrong)
    if party.erased_at:
        raise Refusal(_("这位当事人的资料已经删除。"), code="erased")
    row = PersonRequest(
        id=new_id(), organisation_id=party.organisation_id, party=party, kind=kind,
        checked=proof, words=clean(words).strip(), asked_by_id=by.me, asked_at=at,
        due_at=_due(party, kind, at),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Refusal(_("这位当事人已有同样的请求在办。"), code="already") from twice
    return row


def grounds(party: Party, at: datetime) -> list[Ground]:
    """Why the data of a person cannot be erased now: nothing where they can."""
    return list(_grounds(party, localdate(at)))


def _grounds(party: Party, today: date) -> Iterator[Ground]:
    for case in _cases(party):
        if case.anonymised_at:
            continue
        if case.open:
            yield Ground("open", case.number)
            continue
        entry = ArchiveEntry.objects.filter(case=case, state="kept").first()
        if entry and entry.held_at:
            yield Ground("held", case.number, words=entry.hold)
        closed_at = case.closed_at or case.received_at
        until, rule = (entry.keep_until, entry.rule) if entry else keep_until(case, closed_at)
        if until and until >= today and not rule.get("house"):
            yield Ground("duty", case.number, until.isoformat(), str(rule.get("source", "")))


def decide(
    row: PersonRequest, by: Actor, at: datetime, *, approved: bool, note: str = ""
) -> PersonRequest:
    """The second person. Erasing is refused by its grounds alone or with a reason; what stands in
    the way cannot be approved. Raises Refusal, Invalid."""
    said = clean(note).strip()
    if row.asked_by_id == by.me:
        raise Refusal(_("登记和决定要两个人：请另一位来定。"), code="two_persons")
    found = grounds(row.party, at) if row.kind == "erase" else []
    if approved and found:
        raise Refusal(_("现在还不能删除，请看下面的原因。"), code="grounds")
    if not approved and not found and not said:
        raise Invalid({"note": _("不同意请写明为什么，这些话会告诉当事人。")})
    change: dict[str, Any] = {
        "state": "approved" if approved else "refused", "decided_by_id": by.me, "decided_at": at,
        "note": said[:LIMIT], "grounds": [] if approved else [asdict(one) for one in found],
    }  # fmt: skip
    if not approved:
        change["ended_at"] = at
    if not PersonRequest.objects.filter(id=row.id, state="waiting").update(**change):
        raise Refusal(_("这个请求已经有结果了。"), code="ended")
    row.refresh_from_db()
    return row


def erase(row: PersonRequest, at: datetime) -> None:
    """The person and all their cases, in one transaction. What came to stand in the way since it
    was approved sends the request back to be decided anew."""
    if grounds(row.party, at):
        again = {"state": "waiting", "decided_by": None, "decided_at": None}
        PersonRequest.objects.filter(id=row.id).update(**again)
        return
    with transaction.atomic():
        for case in _cases(row.party):
            _remains.leave_only_figures(case, SYSTEM, at, "request", str(row.id))
        Joined.objects.filter(party=row.party).delete()
        party = Party.objects.get(id=row.party_id)
        if not party.erased_at:
            _remains.forget_person(party, at)
        # How the identity was checked and what they wrote names them as well.
        done = {"state": "done", "ended_at": at, "checked": "", "words": ""}
        PersonRequest.objects.filter(id=row.id).update(**done)
        PersonRequest.objects.filter(party=row.party).update(checked="", words="")
        _remains.forget_learned(row.organisation_id, at)


def _cases(party: Party) -> list[Case]:
    joined = Joined.objects.filter(party=party).values("case_id")
    return list((Case.objects.filter(party=party) | Case.objects.filter(id__in=joined)).distinct())


def _due(party: Party, kind: str, at: datetime) -> datetime:
    house = organisation(party.organisation_id)
    pack = pack_of(house.id, house.pack)
    calendar = calendar_of(pack)
    within = HANDLING.of(pack).answer_within(kind, calendar.day_of(at))
    n, unit = (within.value.n, within.value.unit) if within and within.value else (30, "cd")
    return clocks.start(ClockRule("personal", "received", n, unit, date.min), at, calendar).due_at
