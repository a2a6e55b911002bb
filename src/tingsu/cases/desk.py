"""A member's own desk: drafts, presence, saved filters. Writes those rows and nothing else."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.cases.models import Draft, Presence, SavedFilter
from tingsu.core.text import clean
from tingsu.people.models import Member, new_id

HERE = timedelta(seconds=40)  # a page says so every fifteen
MOST_DRAFT = 200_000  # characters, a little above the longest form
MOST_DRAFTS = 200


def save_draft(
    member_id: UUID,
    key: str,
    fields: Mapping[str, Any],
    at: datetime,
    *,
    case_id: UUID | None = None,
    label: str = "",
) -> None:
    """Keep what is being typed; the newest wins. Raises Invalid when it is absurdly long."""
    text = json.dumps(dict(fields), ensure_ascii=False)
    if len(text) > MOST_DRAFT or len(key) > 80:
        raise Invalid({"fields": _("内容太长，草稿没有保存，请先提交一部分。")})
    row = Draft.objects.filter(member_id=member_id, key=key).first()
    if row is None:
        if Draft.objects.filter(member_id=member_id).count() >= MOST_DRAFTS:
            Draft.objects.filter(member_id=member_id).order_by("saved_at").first().delete()  # type: ignore[union-attr]
        row = Draft(id=new_id(), member_id=member_id, key=key, case_id=case_id)
    row.label, row.saved_at, row.fields = clean(label)[:80], at, text
    row.save()


def draft(member_id: UUID, key: str) -> tuple[dict[str, Any], datetime] | None:
    """The draft of one form and when it was saved."""
    row = Draft.objects.filter(member_id=member_id, key=key).first()
    return (json.loads(row.fields), row.saved_at) if row else None


def drafts(member_id: UUID) -> list[Draft]:
    """All own drafts, newest first."""
    rows = Draft.objects.filter(member_id=member_id).select_related("case")
    return list(rows.order_by("-saved_at")[:50])


def drop_draft(member_id: UUID, key: str) -> None:
    """The form was sent, or its draft is not wanted."""
    Draft.objects.filter(member_id=member_id, key=key).delete()


def here(
    case_id: UUID, member_id: UUID, at: datetime, *, typing: bool = False
) -> list[tuple[Member, bool]]:
    """Say that a member has a case open; returns who else has, and whether they are writing."""
    Presence.objects.update_or_create(
        case_id=case_id, member_id=member_id, defaults={"seen_at": at, "typing": typing}
    )
    others = Presence.objects.filter(case_id=case_id, seen_at__gte=at - HERE)
    rows = others.exclude(member_id=member_id).select_related("member")
    return [(row.member, row.typing) for row in rows]


def gone(case_id: UUID, member_id: UUID) -> None:
    """The page was left."""
    Presence.objects.filter(case_id=case_id, member_id=member_id).delete()


def save_filter(
    member_id: UUID, name: str, query: Mapping[str, Any], at: datetime, *, shared: bool = False
) -> SavedFilter:
    """Keep a search as a queue of the desk. Raises Invalid without a name."""
    words = clean(name).strip()
    if not words or len(words) > 40:
        raise Invalid({"name": _("请给它起个名字，最多 40 字。")})
    return SavedFilter.objects.create(
        member_id=member_id, name=words, query=dict(query), shared=shared, at=at
    )


def filters(member_id: UUID, organisation_id: UUID) -> list[SavedFilter]:
    """Own ones and those that colleagues share."""
    shared = Q(shared=True, member__organisation_id=organisation_id)
    return list(SavedFilter.objects.filter(Q(member_id=member_id) | shared).order_by("name")[:30])


def drop_filter(member_id: UUID, filter_id: UUID) -> None:
    """Only the own ones."""
    SavedFilter.objects.filter(member_id=member_id, id=filter_id).delete()
