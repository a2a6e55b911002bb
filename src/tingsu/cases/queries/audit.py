"""For the auditor: who looked at whom, and whether the chains are whole, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tingsu.cases.models import Case, Event
from tingsu.cases.queries.parties import looks
from tingsu.cases.verify import Broken, verify_case
from tingsu.core.masking import mask_name
from tingsu.people.permission import Can, Forbidden, Who, may

PAGE = 50
CHAINS = 200  # cases in one page of checking: well under a second


@dataclass(frozen=True)
class Looked:
    """One look at personal data. The name stays masked for the auditor too."""

    id: UUID
    at: datetime
    member: str
    party: str
    fields: tuple[str, ...]
    reason: str
    case_id: UUID | None
    number: str


@dataclass(frozen=True)
class Checked:
    """One page of checking. ``following``: where the next begins, None at the end."""

    cases: int
    events: int
    broken: Broken | None
    following: UUID | None


def looked(who: Who, *, before: UUID | None = None, size: int = PAGE) -> list[Looked]:
    """Newest first; ``before``: the last id of the page before."""
    _only_auditors(who)
    rows = looks(who, before=before, size=size)
    numbers = dict(
        Case.objects.filter(id__in={row.case_id for row in rows if row.case_id}).values_list(
            "id", "number"
        )
    )
    return [
        Looked(
            id=row.id,
            at=row.at,
            member=row.member.name,
            party=mask_name(row.party.name),
            fields=tuple(row.fields.split(",")),
            reason=row.reason,
            case_id=row.case_id,
            number=numbers.get(row.case_id, "") if row.case_id else "",
        )
        for row in rows
    ]


def check_chains(who: Who, *, after: UUID | None = None, size: int = CHAINS) -> Checked:
    """Check the next cases of the own organisation, up to the first broken link."""
    _only_auditors(who)
    cases = Case.objects.filter(organisation_id=who.organisation_id).order_by("id")
    if after:
        cases = cases.filter(id__gt=after)
    rows = list(cases.only("id", "number", "version", "head_hash")[: size + 1])
    page = rows[:size]
    events = Event.objects.filter(case_id__in=[row.id for row in page]).count()
    broken = next(filter(None, map(verify_case, page)), None)
    more = len(rows) > size and not broken
    return Checked(len(page), events, broken, page[-1].id if more else None)


def how_many(who: Who) -> int:
    """Cases of the own organisation, for the progress bar."""
    _only_auditors(who)
    return Case.objects.filter(organisation_id=who.organisation_id).count()


def _only_auditors(who: Who) -> None:
    if not may(who, Can.AUDIT):
        raise Forbidden(Can.AUDIT)
