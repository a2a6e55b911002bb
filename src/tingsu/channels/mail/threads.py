"""Which case a mail belongs to: by the ids of what was sent and received, then by our signed mark,
never by the subject alone. Reads cases and received mail."""

import re
from uuid import UUID

from tingsu.cases.models import Case, Letter
from tingsu.channels.mail.message import Mail
from tingsu.channels.mail.tokens import number_in
from tingsu.channels.models import ReceivedMail

_OURS = re.compile(r"<([0-9a-f]{32})@[^<>\s]+>")


def case_of(organisation_id: UUID, mail: Mail) -> Case | None:
    """The case; None when the mail begins a new matter."""
    for ident in reversed(mail.answers):
        if found := _of_letter(organisation_id, ident) or _of_mail(organisation_id, ident):
            return found
    number = number_in(mail.subject, organisation_id)
    if not number:
        return None
    return Case.objects.filter(organisation_id=organisation_id, number=number).first()


def letter_of(organisation_id: UUID, message_id: str) -> Letter | None:
    """The letter of ours with this Message-ID."""
    ours = _OURS.fullmatch(message_id)
    if not ours:
        return None
    rows = Letter.objects.filter(organisation_id=organisation_id, id=UUID(hex=ours[1]))
    return rows.select_related("case").first()


def is_known(case: Case, sender: str) -> bool:
    """Whether the address is the one that the complainant gave."""
    return case.party is not None and case.party.email.lower() == sender.lower()


def _of_letter(organisation_id: UUID, ident: str) -> Case | None:
    letter = letter_of(organisation_id, ident)
    return letter.case if letter else None


def _of_mail(organisation_id: UUID, ident: str) -> Case | None:
    rows = ReceivedMail.objects.filter(organisation_id=organisation_id, message_id=ident)
    known = rows.filter(case_id__isnull=False).order_by("-id").values_list("case_id", flat=True)
    return Case.objects.filter(id__in=list(known[:1])).first()
