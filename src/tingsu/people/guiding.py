"""Who is held to the method of a talk, and who does without it on the screen (HA-1). Writes people
tables.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from tingsu.people import directory
from tingsu.people._recording import record
from tingsu.people.errors import Refusal
from tingsu.people.models import Member, Organisation
from tingsu.people.permission import Can, Forbidden, Role, Who, may, rights_of


def talkers(organisation_id: UUID) -> list[Member]:
    """Those who handle complaints, and so can be held to the method."""
    return [
        one
        for one in directory.members(organisation_id)
        if Can.HANDLE in rights_of(Role(role) for role in one.roles)
    ]


def bind(who: Who, at: datetime, *, binds: bool, beginners: Collection[UUID]) -> None:
    """Whether beginners are held to the method, and who they are. For trainers."""
    if not may(who, Can.COACH):
        raise Forbidden(Can.COACH)
    with transaction.atomic():
        for one in talkers(who.organisation_id):
            wanted = one.id in beginners
            if one.beginner != wanted:
                Member.objects.filter(id=one.id).update(beginner=wanted)
                record(who, at, "beginner_on" if wanted else "beginner_off", one.name)
        house = Organisation.objects.filter(id=who.organisation_id).exclude(guide_binds=binds)
        if house.update(guide_binds=binds):
            record(who, at, "guide_binds" if binds else "guide_free", "")
    cache.delete(f"organisation:{who.organisation_id}")


def hide(who: Who, *, hidden: bool) -> None:
    """Do without the method on the own screen. Raises Refusal for a beginner who is held to it."""
    binds = directory.organisation(who.organisation_id).guide_binds
    if hidden and who.beginner and binds:
        raise Refusal(_("您还在带教期，方法先留在页面上。"), code="held")
    Member.objects.filter(id=who.member_id).update(guide_hidden=hidden)
