"""Whom a secret speaks for, asked in a statement written by hand: programs ask with every call, and
composing it took twice as long as the answer. Reads people tables."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from tingsu.people._raw import json_of, uuid_of
from tingsu.people.models import Department, Member

_ASKED = """
SELECT t.id, t.scopes, t.used_at IS NULL OR t.used_at < %s,
       m.id, m.user_id, m.organisation_id, m.department_id, m.name, m.post, m.roles,
       m.beginner, m.guide_hidden, d.name
FROM people_token t
JOIN people_member m ON m.id = t.member_id
JOIN people_user u ON u.id = m.user_id
JOIN people_organisation o ON o.id = m.organisation_id
JOIN people_department d ON d.id = m.department_id
WHERE t.digest = %s AND t.kind = %s AND t.revoked_at IS NULL
  AND (t.expires_at > %s OR t.expires_at IS NULL)
  AND m.active AND o.active AND u.is_active AND NOT u.first_password
"""


@dataclass(frozen=True)
class Found:
    """The token and its member, with what ``as_who`` reads. idle: unused for a while."""

    token_id: UUID
    scopes: list[str]
    idle: bool
    member: Member


def found(digest: bytes, kind: str, at: datetime, idle: timedelta) -> Found | None:
    """None when it is unknown, stopped or over; when the member, the house or the account is; and
    when an administrator has just given the account a new password."""
    before, instant = map(connection.ops.adapt_datetimefield_value, (at - idle, at))
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [before, digest, kind, instant])
        row = cursor.fetchone()
    if row is None:
        return None
    token_id, scopes, unused, *of_member, department = row
    ids, (name, post, roles, beginner, hidden) = map(uuid_of, of_member[:4]), of_member[4:]
    member_id, user_id, organisation_id, department_id = ids
    member = Member(
        id=member_id,
        user_id=user_id,
        organisation_id=organisation_id,
        department=Department(id=department_id, name=department),
        name=name,
        post=post,
        roles=json_of(roles),
        beginner=bool(beginner),
        guide_hidden=bool(hidden),
    )
    return Found(uuid_of(token_id), json_of(scopes), bool(unused), member)
