"""How an entry of the timeline is told: CloudEvents 1.0 as JSON. Pure but for the entry."""

import json
from typing import Any

from tingsu.cases.models import Event

TYPE = "application/cloudevents+json; charset=utf-8"


def cloud_event(event: Event, *, with_text: bool) -> bytes:
    """The body. Without ``with_text`` it holds ids and kinds, and no word that anybody said."""
    data: dict[str, Any] = {
        "case_id": str(event.case_id),
        "number": event.case.number,
        "seq": event.seq,
        "kind": event.kind,
        "actor": event.actor,
        "member_id": str(event.member_id) if event.member_id else None,
        "public": event.public,
    }
    if with_text:
        data |= {"text": event.text, "data": event.data}
    told = {
        "specversion": "1.0",
        "id": str(event.id),
        "source": f"/organisations/{event.case.organisation_id}",
        "type": f"tingsu.case.{event.kind}",
        "subject": str(event.case_id),
        "time": event.at.isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
