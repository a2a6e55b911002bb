"""Surges of the own organisation, with those cases behind them that the member may read (IM-3)."""

from dataclasses import dataclass
from uuid import UUID

from tingsu.cases.models import Case, Surge
from tingsu.cases.queries.access import near
from tingsu.people.permission import Can, NotThere, Who, reaches

SHOWN = 50
MOST_CASES = 200


@dataclass(frozen=True)
class Behind:
    """The cases of a surge, newest first; how many others the member may not read."""

    cases: list[Case]
    others: int


def listed(who: Who) -> list[Surge]:
    """New ones first, then by the newest complaint; those that are over last."""
    rows = Surge.objects.filter(organisation_id=who.organisation_id).select_related("seen_by")
    order = {"new": 0, "seen": 1, "over": 2}
    newest = list(rows.order_by("-last_at", "-id")[:SHOWN])
    return sorted(newest, key=lambda row: order[row.state])


def fresh(who: Who) -> list[Surge]:
    """Those at which nobody has looked yet."""
    rows = Surge.objects.filter(organisation_id=who.organisation_id, state="new")
    return list(rows.order_by("-last_at")[:3])


def one(who: Who, ident: UUID) -> Surge:
    """One of them. Raises NotThere."""
    row = Surge.objects.filter(organisation_id=who.organisation_id, id=ident).first()
    if row is None:
        raise NotThere
    return row


def behind(who: Who, row: Surge) -> Behind:
    """The complaints that make it up."""
    wide = reaches(who, Can.READ)
    ids = row.cases[-MOST_CASES:]
    rows = Case.objects.filter(id__in=ids, organisation_id=who.organisation_id)
    found = rows.select_related("party", "owner").order_by("-received_at", "-id")
    cases = [case for case in found if near(who, case, wide)]
    return Behind(cases, len(row.cases) - len(cases))
