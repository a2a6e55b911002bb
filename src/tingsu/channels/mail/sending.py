"""A letter as a mail: who it is from, what it answers, where an answer goes. Reads mailboxes.

The Message-ID is that of the letter and the same at every try, so that a repeat after a crash is
recognised by whoever receives it.
"""

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import offer_links
from tingsu.cases.models import Letter
from tingsu.channels.mail.signing import Signed
from tingsu.channels.mail.sorting import OURS
from tingsu.channels.mail.tokens import mark_of
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.people.letterhead import sender_of, signature_of

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
    return Signed(
        f"{letter.subject} {mark}" if mailbox else letter.subject,
        _body(letter),
        from_email=_from(letter, mailbox),
        to=[letter.address],
        headers=headers,
    )


def _body(letter: Letter) -> str:
    """The letter, with the way to answer where it offers something, and the signature below."""
    parts = [letter.body]
    if link := offer_links.line_of(letter):
        with override(letter.language):
            words = _("点开下面的链接就能看方案、作答；打开不等于接受，作答以前什么都不会定下来：")
        parts.append(f"{words}\n{link}")
    if signature := signature_of(letter.organisation, letter.language):
        parts.append(signature)
    return "\n\n".join(parts)


def is_lasting(problem: Exception) -> bool:
    """Whether the other side will say the same tomorrow: a refused address or text, none at all."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _words in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPDataError):
        return 500 <= problem.smtp_code < 600
    # A certificate that does not hold is a ValueError too; tomorrow the relay may have another.
    return isinstance(problem, ValueError) and not isinstance(problem, OSError)


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
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        return formataddr((name or sender_of(letter.organisation), address))
    return formataddr((sender_of(letter.organisation), mailbox.address))


def _domain(mailbox: Mailbox | None) -> str:
    return mailbox.address.rpartition("@")[2] if mailbox else "tingsu"


def _answered(letter: Letter) -> str:
    """The id of the customer's last mail on the case."""
    rows = ReceivedMail.objects.filter(
        organisation_id=letter.organisation_id, case_id=letter.case_id
    ).exclude(message_id="")
    return rows.order_by("-id").values_list("message_id", flat=True).first() or ""
