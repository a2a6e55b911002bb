"""Mails of an erased case or person: the bytes go, the row stays so that the same mail does not
come in anew. Writes ReceivedMail."""

from uuid import UUID

from tingsu.channels.models import ReceivedMail

GONE = {"raw_sealed": b"", "detail": "", "message_id": "", "sender_index": ""}


def forget_case(case_id: UUID) -> int:
    """The mails that became this case or were added to it; how many there were."""
    return ReceivedMail.objects.filter(case_id=case_id).update(**GONE)


def forget_sender(organisation_id: UUID, sender_index: str) -> int:
    """Mails of a person that became no case."""
    if not sender_index:
        return 0
    rows = ReceivedMail.objects.filter(organisation_id=organisation_id, sender_index=sender_index)
    return rows.filter(case_id__isnull=True).update(**GONE)
