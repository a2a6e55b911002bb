"""Somebody asked for a copy of the file, or took one: on record, like every look (CL-2, PL-2)."""

from datetime import datetime

from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Look
from tingsu.people.actor import Actor
from tingsu.people.models import new_id


def asked(case: Case, by: Actor, at: datetime, *, masked: bool, key: str | None = None) -> Written:
    """A copy is being made."""
    entry = Entry("dossier_made", data={"masked": masked})
    return write(case, by, at, lambda _case: Plan([entry]), key=key)


def taken(case: Case, by: Actor, at: datetime, *, what: str, masked: bool, sha256: str) -> Written:
    """A copy left the house. Unmasked, it is a look at everything that names the person."""
    entry = Entry("dossier_taken", data={"what": what, "masked": masked, "sha256": sha256})
    rows = []
    if not masked and case.party_id:
        rows = [
            Look(
                id=new_id(),
                organisation_id=case.organisation_id,
                member_id=by.me,
                party_id=case.party_id,
                case_id=case.id,
                fields="name,phone,email,address,dossier",
                at=at,
            )
        ]
    return write(case, by, at, lambda _case: Plan([entry], rows=rows))
