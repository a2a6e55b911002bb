"""One delivery by HTTP, signed. 2xx is "I have it"; everything else is tried again."""

from datetime import datetime

from tingsu.cases.models import Event
from tingsu.channels import signing
from tingsu.channels.models import Subscription
from tingsu.channels.outgoing import Unreachable, post
from tingsu.channels.webhook.telling import TYPE, cloud_event


def send(row: Subscription, event: Event, at: datetime) -> None:
    """Raises Unreachable. The id of the entry is the id of the message: a repeat is known by it."""
    body = cloud_event(event, with_text=row.with_text)
    headers = signing.headers(row.secret, str(event.id), int(at.timestamp()), body)
    status, _told = post(row.url, body, headers | {"Content-Type": TYPE, "User-Agent": "tingsu"})
    if not 200 <= status < 300:
        raise Unreachable(f"HTTP {status}")
