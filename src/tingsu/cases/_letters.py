"""Outgoing letters: which channel, which address, what the acknowledgement says (HA-12, IN-4).

Builds Letter rows; the worker sends them.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases._fresh import fresh
from tingsu.cases.models import Case, Letter, Party
from tingsu.people.letterhead import answer_of
from tingsu.people.models import Organisation, new_id


def letter_row(
    case: Case,
    party: Party | None,
    *,
    kind: str,
    subject: str,
    body: str,
    event_id: UUID,
    send_after: datetime,
    channel: str = "",
) -> Letter:
    """A waiting letter in the customer's channel of choice. The follow page always shows it, so
    that channel "portal" needs no address."""
    channel = channel or chosen_channel(party)
    letter = fresh(
        Letter,
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        event_id=event_id,
        kind=kind,
        channel=channel,
        subject=subject,
        body=body,
        language=case.language,
        send_after=send_after,
        key=event_id.hex,
    )
    letter.address = _address(party, channel)
    return letter


def chosen_channel(party: Party | None) -> str:
    """Mail when the customer gave an address and did not wish otherwise; else the follow page."""
    if party and party.email and party.preferred_channel in ("", "mail"):
        return "mail"
    return "portal"


def _address(party: Party | None, channel: str) -> str:
    if not party:
        return ""
    return {"mail": party.email, "sms": party.phone, "letter": party.address}.get(channel, "")


def acknowledgement(case: Case, organisation: Organisation) -> tuple[str, str]:
    """Subject and body of the first answer, in the organisation's own words where it has some."""
    with override(case.language):
        subject = _("已收到您的投诉 %(number)s") % {"number": case.number}
        own = answer_of(organisation, case.language, case.number, _contact(organisation))
        return subject, own or first_answer(organisation, case.number)


def first_answer(organisation: Organisation, number: str) -> str:
    """Regret, procedure, department, person, phone: in our words and the language in force."""
    contact = _contact(organisation)
    parts = [
        _("让您遇到不愉快的事，我们很抱歉。您说的我们已经完整记下，编号 %(number)s。")
        % {"number": number},
        _("接下来：先由专人与您联系、核对事实，再调查、给您答复，您确认后才办结。"),
        _("联系人：%(contact)s") % {"contact": contact} if contact else "",
        _("凭编号和查询码，您随时可以查看进展、补充材料。"),
        organisation.name,
    ]
    return "\n\n".join(filter(None, parts))


def _contact(organisation: Organisation) -> str:
    told = (
        organisation.contact_department,
        organisation.contact_person,
        organisation.contact_phone,
    )
    return " ".join(filter(None, told))
