"""Somebody sees personal data in full: recorded before it is shown (PL-2)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._write import Entry, Plan, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Look, Party
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

FIELDS = ("name", "phone", "email", "address", "respondent_person")


def look(
    case: Case, by: Actor, at: datetime, *, fields: tuple[str, ...], reason: str = ""
) -> dict[str, str]:
    """Return the named fields in full, after recording who looked at what."""
    wanted = tuple(name for name in FIELDS if name in fields)
    party = Party.objects.filter(cases=case).first()
    if not wanted or party is None:
        raise Refusal(_("这件投诉没有登记这些资料。"), code="missing")
    entry = Entry("looked", reason[:200], {"fields": list(wanted)})
    row = Look(
        id=new_id(),
        organisation_id=case.organisation_id,
        member_id=by.me,
        party_id=party.id,
        case_id=case.id,
        fields=",".join(wanted),
        reason=reason[:200],
        at=at,
    )
    write(case, by, at, lambda _case: Plan([entry], rows=[row]))
    return {
        name: case.respondent_person if name == "respondent_person" else getattr(party, name)
        for name in wanted
    }


def look_at_original(case: Case, by: Actor, at: datetime, *, original: UUID) -> None:
    """Record that somebody opens a mail or message as it came, with everything in it."""
    entry = Entry("looked", "", {"fields": ["original"], "original": str(original)})
    seen = []
    if case.party is not None:
        row = Look(
            id=new_id(),
            organisation_id=case.organisation_id,
            member_id=by.me,
            party_id=case.party.id,
            case_id=case.id,
            fields="original",
            at=at,
        )
        seen.append(row)
    write(case, by, at, lambda _case: Plan([entry], rows=seen))
