"""What a mail says as the beginning of a case. Touches nothing."""

from django.utils.translation import gettext as _

from tingsu.cases.intake import LIMITS, Intake
from tingsu.channels.mail.message import Mail, Part
from tingsu.channels.mail.tokens import without_mark
from tingsu.channels.models import ReceivedMail


def intake_of(row: ReceivedMail, mail: Mail) -> Intake:
    """The intake; its key is that of these very bytes in this mailbox."""
    return Intake(
        channel="mail",
        narrative=within(_told(mail), LIMITS["narrative"])[0],
        title=without_mark(mail.subject)[: LIMITS["title"]],
        name=mail.sender_name,
        email=mail.sender[: LIMITS["email"]],
        source_ref=mail.message_id[: LIMITS["source_ref"]],
        received_at=row.stored_at,
        intake_key=f"mail:{row.mailbox_id.hex[:16]}{row.sha256[:40]}",
    )


def rest_of(mail: Mail) -> list[Part]:
    """The whole text as a file, where it is too long for the case."""
    return within(_told(mail), LIMITS["narrative"])[1]


def is_long(mail: Mail) -> bool:
    """Whether the text is longer than that of a case."""
    return len(_told(mail)) > LIMITS["narrative"]


def within(text: str, limit: int) -> tuple[str, list[Part]]:
    """The text as long as it may be; a longer one comes whole, as a file."""
    if len(text) <= limit:
        return text, []
    words = _("（来信较长，全文见附件）")
    whole = Part(_("来信全文.txt"), "text/plain", text.encode())
    return f"{text[: limit - len(words) - 2]}\n\n{words}", [whole]


def _told(mail: Mail) -> str:
    return mail.text.strip() or mail.subject
