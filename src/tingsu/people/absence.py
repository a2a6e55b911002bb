"""Who is away and who signs meanwhile (代). Writes people tables; asks its own right."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from tingsu.people._recording import record
from tingsu.people.directory import members, organisation
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.models import Absence, Member
from tingsu.people.permission import Can, Forbidden, Role, Who, may, rights_of

LONGEST = timedelta(days=366)
KEPT = 30  # seconds; every page of a signer asks


def deputies_for(who: Who, member_id: UUID) -> list[Member]:
    """Who could stand in for a member: anybody who may sign, but not the member."""
    return [
        one
        for one in members(who.organisation_id)
        if one.id != member_id and Can.APPROVE in rights_of(Role(role) for role in one.roles)
    ]


def absences(organisation_id: UUID, today: date) -> list[Absence]:
    """Those that last or are to come, the earliest first. Few rows: kept for half a minute."""
    key = f"absences:{organisation_id}"
    found: list[Absence] | None = cache.get(key)
    if found is None:
        rows = Absence.objects.filter(organisation_id=organisation_id)
        rows = rows.select_related("member__department", "deputy").order_by("from_on", "id")
        found = list(rows.filter(until_on__gte=today - timedelta(days=1)))
        cache.set(key, found, KEPT)
    return [one for one in found if one.until_on >= today]


def of_member(organisation_id: UUID, member_id: UUID, today: date) -> list[Absence]:
    """The absences of one member that last or are to come."""
    return [one for one in absences(organisation_id, today) if one.member_id == member_id]


def stands_in_for(organisation_id: UUID, member_id: UUID, at: datetime) -> list[Member]:
    """Those who are away at this moment and have this member as deputy."""
    today = local_day(organisation_id, at)
    return [
        one.member
        for one in absences(organisation_id, today)
        if one.deputy_id == member_id and one.from_on <= today and one.member.active
    ]


def local_day(organisation_id: UUID, at: datetime) -> date:
    """The day in the zone of the organisation."""
    return at.astimezone(ZoneInfo(organisation(organisation_id).zone)).date()


def set_absence(
    who: Who,
    member: Member,
    at: datetime,
    *,
    from_on: date | None,
    until_on: date | None,
    deputy_id: UUID | None,
) -> Absence:
    """Say that a member is away and who signs meanwhile: the member, or an administrator.

    Raises Forbidden for anybody else, Invalid at the fields.
    """
    _own_or_administrator(who, member)
    first, last = _days(from_on, until_on, local_day(who.organisation_id, at))
    deputy = next((one for one in deputies_for(who, member.id) if one.id == deputy_id), None)
    if deputy is None:
        raise Invalid({"deputy": _("请选择代批的人：要是本机构在岗、能审批的另一位同事。")})
    with transaction.atomic():
        _check_free(member, deputy, first, last)
        row = Absence.objects.create(
            organisation_id=who.organisation_id,
            member=member,
            deputy=deputy,
            from_on=first,
            until_on=last,
            made_by_id=who.member_id,
            made_at=at,
        )
        told = {"from_on": ["", str(first)], "until_on": ["", str(last)]}
        record(who, at, "absence_set", member.name, told | {"deputy": ["", deputy.name]})
    _forget(who.organisation_id)
    return row


def end_absence(who: Who, member: Member, at: datetime, *, absence_id: UUID) -> None:
    """Back earlier, or never away. Raises Refusal when there is no such absence."""
    _own_or_administrator(who, member)
    with transaction.atomic():
        gone, _rows = Absence.objects.filter(id=absence_id, member=member).delete()
        if not gone:
            raise Refusal(_("这条不在岗安排已经取消了。"), code="missing")
        record(who, at, "absence_ended", member.name)
    _forget(who.organisation_id)


def _own_or_administrator(who: Who, member: Member) -> None:
    own = member.id == who.member_id
    if member.organisation_id != who.organisation_id or not (own or may(who, Can.MEMBERS)):
        raise Forbidden(Can.MEMBERS)


def _days(from_on: date | None, until_on: date | None, today: date) -> tuple[date, date]:
    wrong: dict[str, str] = {}
    if from_on is None:
        wrong["from_on"] = _("请填写从哪天起。")
    if until_on is None:
        wrong["until_on"] = _("请填写到哪天为止。")
    if from_on and until_on:
        if until_on < max(from_on, today):
            wrong["until_on"] = _("最后一天不能早于第一天，也不能早于今天。")
        elif until_on - from_on > LONGEST:
            wrong["until_on"] = _("最长一年。更长的，请改派职务。")
    if wrong or from_on is None or until_on is None:
        raise Invalid(wrong)
    return from_on, until_on


def _check_free(member: Member, deputy: Member, first: date, last: date) -> None:
    """Nobody is away twice, and nobody stands in while away."""
    within: dict[str, Any] = {"from_on__lte": last, "until_on__gte": first}
    if Absence.objects.filter(member=member, **within).exists():
        raise Invalid({"from_on": _("这段时间已经安排过，请先取消原来的。")})
    if Absence.objects.filter(member=deputy, **within).exists():
        raise Invalid({"deputy": _("这位同事那几天也不在，请换一位。")})


def _forget(organisation_id: UUID) -> None:
    cache.delete(f"absences:{organisation_id}")
