"""Mails and messages of an erased case or person: the bytes go, the row stays so that the same one
does not come in anew. Writes ReceivedMail and ReceivedMessage."""

from uuid import UUID

from tingsu.channels.models import ReceivedMail, ReceivedMessage

GONE = {"raw_sealed": b"", "detail": "", "message_id": "", "sender_index": ""}
NOTHING_LEFT = {"raw_sealed": b"", "sender_sealed": b"", "sender_index": ""}


def forget_case(case_id: UUID) -> int:
    """The mails and messages that became this case or were added to it; how many mails."""
    ReceivedMessage.objects.filter(case_id=case_id).update(**NOTHING_LEFT)
    return ReceivedMail.objects.filter(case_id=case_id).update(**GONE)


def forget_sender(organisation_id: UUID, sender_index: str) -> int:
    """Mails of a person that became no case."""
    if not sender_index:
        return 0
    rows = ReceivedMail.objects.filter(organisation_id=organisation_id, sender_index=sender_index)
    return rows.filter(case_id__isnull=True).update(**GONE)
