"""Who must agree to a plan, as the row of the plan keeps it. Reads people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.cases.plan_draft import KINDS, MOST_CONSENTS, Wanted
from tingsu.core.text import clean_line
from tingsu.people.models import Department, Member
from tingsu.people.permission import Role

Kept = dict[str, Any]


def consents_of(
    case: Case, wanted: Iterable[Wanted], before: Sequence[Mapping[str, Any]]
) -> list[Kept]:
    """The list of a plan: who, and what they said where they said it before.

    Raises Invalid for somebody who is not of this organisation.
    """
    said = {one["code"]: dict(one) for one in before}
    found = {one.code: one for one in map(_clean, wanted)}
    if len(found) > MOST_CONSENTS:
        raise Invalid({"consents": _("要同意的人太多了，请只留必须同意的。")})
    return [said.get(code) or _fresh(case, one) for code, one in found.items()]


def _clean(one: Wanted) -> Wanted:
    return Wanted(one.kind, one.ref[:40], clean_line(one.name).strip()[:60])


def _fresh(case: Case, one: Wanted) -> Kept:
    name = _name(case, one)
    if one.kind not in KINDS or name is None:
        raise Invalid({"consents": _("找不到要同意的部门或人员，请重新选择。")})
    return {
        "code": one.code, "kind": one.kind, "ref": one.ref, "name": name,
        "state": "waiting", "words": "", "at": "", "member": "",
    }  # fmt: skip


def _name(case: Case, one: Wanted) -> str | None:
    """How they are called; "" for a role, which every face names itself; None for nobody."""
    if one.kind == "other":
        return one.name or None
    if one.kind == "role":
        return "" if one.ref in set(Role) else None
    try:
        key = UUID(one.ref)
    except ValueError:
        return None
    table: Any = Department if one.kind == "department" else Member
    rows = table.objects.filter(organisation_id=case.organisation_id, id=key)
    name: str | None = rows.values_list("name", flat=True).first()
    return name


def belongs(one: Mapping[str, Any], member: Member) -> bool:
    """Whether the word of this member is the word that is asked for."""
    own = {
        "department": str(member.department_id),
        "member": str(member.id),
    }
    if one["kind"] == "role":
        return one["ref"] in member.roles
    return bool(own.get(one["kind"]) == one["ref"])
