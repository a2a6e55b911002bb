"""Unfinished forms: one pad per call, several at once, none lost (ui.md, "Call").

Touches the member's own drafts through cases.desk.
"""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from tingsu.cases import desk
from tingsu.core.channels import Channel
from tingsu.web.labels import CHANNELS, Label

ROUTES = {Channel.PHONE: "call", Channel.VISIT: "visit", Channel.LETTER: "letter"}
MOST_SHOWN = 8
_TOKEN = re.compile(r"[0-9a-zA-Z-]{1,40}")
# What belongs to one sending of the form, not to the story.
_NOT_KEPT = {"csrfmiddlewaretoken", "ik", "draft_key", "go", "look", "token"}


@dataclass(frozen=True)
class Pad:
    """An unfinished form as the list shows it."""

    url: str
    label: Label
    words: str
    at: datetime


def token_of(query: QueryDict) -> str:
    """The token of a form, a fresh one where there is none."""
    given = query.get("draft", "") or query.get("token", "")
    return given if _TOKEN.fullmatch(given) else uuid.uuid4().hex


def key_of(channel: Channel, token: str) -> str:
    """The key of a form's draft: ``call:<token>``, ``mail:<token>``."""
    return f"{ROUTES.get(channel, channel.value)}:{token}"


def url_of(channel: Channel, token: str = "") -> str:
    """The address of a channel's form, with its draft if a token is given."""
    route = ROUTES.get(channel)
    path = reverse(route) if route else reverse("new", args=[channel.value])
    return f"{path}?draft={token}" if token else path


def kept(member_id: UUID, channel: Channel, token: str) -> dict[str, str]:
    """What was typed so far, one value a field."""
    found = desk.draft(member_id, key_of(channel, token))
    return {name: _first(value) for name, value in found[0].items()} if found else {}


def carry_over(
    member_id: UUID, channels: tuple[Channel, Channel], token: str, told: QueryDict, at: datetime
) -> str:
    """The same form under another channel (from, to): nothing typed is lost; returns its address.

    Raises Invalid when it is too long to keep.
    """
    fields = {name: told.getlist(name) for name in told if name not in _NOT_KEPT}
    old, new = channels
    desk.save_draft(member_id, key_of(new, token), fields, at)
    desk.drop_draft(member_id, key_of(old, token))
    return url_of(new, token)


def unfinished(member_id: UUID, but: str) -> list[Pad]:
    """Own forms that were begun and not sent, newest first, without the one on screen."""
    rows = [row for row in desk.drafts(member_id) if row.key != but]
    return [pad for row in rows if (pad := pad_of(row))][:MOST_SHOWN]


def pad_of(row: Any) -> Pad | None:
    """A draft as an unfinished form; None when it is of another kind."""
    channel = _channel_of(row.key)
    if channel is None:
        return None
    token = row.key.partition(":")[2]
    words = row.label or _words(json.loads(row.fields))
    return Pad(url_of(channel, token), CHANNELS[channel], words, row.saved_at)


def _channel_of(key: str) -> Channel | None:
    prefix = key.partition(":")[0]
    by_route = {route: channel for channel, route in ROUTES.items()}
    if prefix in by_route:
        return by_route[prefix]
    return Channel(prefix) if prefix in set(Channel) else None


def _words(fields: Mapping[str, Any]) -> str:
    parts = [_first(fields.get(name, "")).strip() for name in ("name", "narrative")]
    return " · ".join(filter(None, parts))[:40]


def _first(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""
