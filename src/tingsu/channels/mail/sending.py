"""A letter as a mail: who it is from, what it answers, where an answer goes. Reads mailboxes.

The Message-ID is that of the letter and the same at every try, so that a repeat after a crash is
recognised by whoever receives it.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address

from tingsu.cases.models import Letter
from tingsu.channels.mail.sorting import OURS
from tingsu.channels.mail.tokens import mark_of
from tingsu.channels.models import Mailbox, ReceivedMail

BY_ITSELF = frozenset({"acknowledgement", "notice"})  # no person wrote these (RFC 3834)


def mail_of(letter: Letter) -> EmailMessage:
    """The mail, ready to be sent; its answer comes back to the mailbox of the organisation."""
    mailbox = _mailbox(letter)
    headers = {
        "Message-ID": f"<{letter.id.hex}@{_domain(mailbox)}>",
        OURS: "1",
        "Auto-Submitted": "auto-replied" if letter.kind in BY_ITSELF else "no",
        "X-Auto-Response-Suppress": "OOF, AutoReply",  # what Exchange listens to
    }
    if answered := _answered(letter):
        headers |= {"In-Reply-To": answered, "References": answered}
    mark = mark_of(letter.organisation_id, letter.case.number)
    return EmailMessage(
        f"{letter.subject} {mark}" if mailbox else letter.subject,
        letter.body,
        from_email=_from(letter, mailbox),
        to=[letter.address],
        headers=headers,
    )


def _mailbox(letter: Letter) -> Mailbox | None:
    """The mailbox by which the complaint came, else the first that may answer."""
    own = Mailbox.objects.filter(
        organisation_id=letter.organisation_id, active=True, answers_from__isnull=False
    )
    came = ReceivedMail.objects.filter(
        organisation_id=letter.organisation_id, case_id=letter.case_id
    ).values_list("mailbox_id", flat=True)
    return own.filter(id__in=came[:5]).first() or own.order_by("id").first()


def _from(letter: Letter, mailbox: Mailbox | None) -> str:
    if mailbox is None:
        return settings.DEFAULT_FROM_EMAIL
    name = letter.organisation.contact_department or letter.organisation.name
    return sanitize_address((name, mailbox.address), "utf-8")


def _domain(mailbox: Mailbox | None) -> str:
    return mailbox.address.rpartition("@")[2] if mailbox else "tingsu"


def _answered(letter: Letter) -> str:
    """The id of the customer's last mail on the case."""
    rows = ReceivedMail.objects.filter(
        organisation_id=letter.organisation_id, case_id=letter.case_id
    ).exclude(message_id="")
    return rows.order_by("-id").values_list("message_id", flat=True).first() or ""
