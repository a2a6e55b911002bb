"""A telephone system tells us of calls, so that the form opens at the right agent. Only in.

``{"id", "event": "ringing|answered|ended|recording", "from", "extension", "recording"}``, signed.
"""

from django.utils.translation import gettext_lazy as _l

from tingsu.channels import generic
from tingsu.channels.contract import Arrived, Channel, Ringing, Secrets, Unreadable

EVENTS = ("ringing", "answered", "ended", "recording")


def parse(secrets: Secrets, arrived: Arrived) -> Ringing:
    """What happened to the call. Raises Unreadable."""
    del secrets
    told = generic.object_of(arrived.body)
    event = told.get("event")
    if event not in EVENTS:
        raise Unreadable("event")
    recording = told.get("recording")
    return Ringing(
        vendor_id=generic.text_of(told, "id", 80),
        event=str(event),
        number=str(told.get("from") or "")[:40].replace("\0", ""),
        extension=str(told.get("extension") or "")[:40].replace("\0", ""),
        recording=recording[:300].replace("\0", "") if isinstance(recording, str) else "",
    )


CHANNEL = Channel(
    label=_l("电话系统"), way="phone", asked={}, verify=generic.verify, parse=parse, own=("secret",)
)
