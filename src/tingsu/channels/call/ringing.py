"""Calls as the telephone system tells them, and who sees which: the member whose extension it is.

The extension is the number that the administrator wrote down for the member. Writes Call rows.
"""

from datetime import datetime, timedelta
from uuid import UUID

from tingsu.channels.contract import Ringing
from tingsu.channels.models import Account, Call
from tingsu.people.models import Member, new_id
from tingsu.people.permission import NotThere, Who

FRESH = timedelta(minutes=30)  # longer nobody's telephone rings, and hardly a call lasts


def note(account: Account, told: Ringing, at: datetime) -> Call:
    """One call, however often it is told of, in whatever order."""
    row = Call.objects.filter(account=account, vendor_id=told.vendor_id).first()
    if row is None:
        row = Call(id=new_id(), account=account, vendor_id=told.vendor_id, state="", began_at=at)
        row.number = told.number
    if told.extension:
        row.member = _member(account, told.extension)
    if told.recording:
        row.recording = told.recording
    if told.event != "recording" and row.state != "ended":
        row.state = told.event if row.state != "answered" or told.event == "ended" else row.state
    row.state = row.state or "ended"
    if told.event == "ended":
        row.ended_at = at
    row.save()
    return row


def now_for(who: Who, at: datetime) -> list[Call]:
    """What rings or is being talked at this member's extension, the newest first."""
    rows = Call.objects.filter(member_id=who.member_id, began_at__gte=at - FRESH)
    return list(rows.exclude(state="ended").order_by("-began_at")[:3])


def one(who: Who, call_id: UUID) -> Call:
    """A call of this member. Raises NotThere."""
    found = Call.objects.filter(member_id=who.member_id, id=call_id).first()
    if found is None:
        raise NotThere
    return found


def number_of_call(who: Who, call_id: str) -> str:
    """The caller's number, "" where it is not this member's call."""
    try:
        return str(one(who, UUID(call_id)).number)
    except (ValueError, NotThere):
        return ""


def _member(account: Account, extension: str) -> Member | None:
    rows = Member.objects.filter(organisation_id=account.organisation_id, active=True)
    found = list(rows.filter(phone=extension)[:2])
    return found[0] if len(found) == 1 else None
