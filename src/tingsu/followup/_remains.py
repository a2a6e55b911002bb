"""Leaves of a case what figures need, and of a person nothing: everything that the rooms below
keep, in the caller's transaction."""

from datetime import datetime
from uuid import UUID

from tingsu.cases import erasing
from tingsu.cases.actions.archive import anonymise
from tingsu.cases.models import Case, Joined, Party
from tingsu.channels.mail.forget import forget_case, forget_sender
from tingsu.followup.models import Dossier
from tingsu.people.actor import Actor


def leave_only_figures(case: Case, by: Actor, at: datetime, ground: str, reference: str) -> None:
    """The case, those merged into it, their mails and dossiers, and persons whom no other case
    names. Does nothing where it was done before. Raises Refusal."""
    people: set[UUID] = set()
    for one in [case, *Case.objects.filter(merged_into=case)]:
        if one.anonymised_at:
            continue
        joined = Joined.objects.filter(case=one).values_list("party_id", flat=True)
        people |= {key for key in (one.party_id, *joined) if key}
        anonymise(one, by, at, ground=ground, reference=reference)
        forget_case(one.id)
        drop_dossiers(one.id, at)
    for party in Party.objects.filter(id__in=people, erased_at__isnull=True):
        others = (Case.objects.filter(party=party), Joined.objects.filter(party=party))
        if not any(rows.exists() for rows in others):
            forget_person(party, at)


def forget_person(party: Party, at: datetime) -> None:
    """Of the person nothing is left but that there was one."""
    forget_sender(party.organisation_id, party.email_index)
    erasing.erase_party(party, at)


def drop_dossiers(case_id: UUID, at: datetime) -> None:
    """Copies of the file that still lie about."""
    rows = Dossier.objects.filter(case_id=case_id)
    for pdf, packed in rows.values_list("pdf_as", "zip_as"):
        erasing.leave([pdf, packed], at)
    gone = {"pdf_as": "", "zip_as": "", "pdf_sha256": "", "zip_sha256": "", "state": "gone"}
    rows.update(**gone)


def forget_learned(organisation_id: UUID, at: datetime) -> None:
    """What was learned from what is gone."""
    erasing.forget_learned(organisation_id, at)
