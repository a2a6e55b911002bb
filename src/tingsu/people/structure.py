"""Departments and the organisation itself. Writes people tables; asks its own right.

Every function raises Forbidden without ``Can.MEMBERS``, Refusal or Invalid with words for the
person. One transaction each, and one line of 变更记录.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tingsu.people._recording import Sheet, differences, only_administrators, record
from tingsu.people.directory import branch_of
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.models import Department, Member, Organisation
from tingsu.people.permission import Who


def add_department(who: Who, typed: Mapping[str, Any], at: datetime) -> Department:
    """typed: name, parent (id or ""), phone, intake (bool), order (0 to 999)."""
    only_administrators(who)
    department = Department(organisation_id=who.organisation_id)
    _write(who, department, typed, at, "department_added")
    return department


def change_department(
    who: Who, department: Department, typed: Mapping[str, Any], at: datetime
) -> Department:
    """Rename it, move it in the tree, let new complaints wait there or no longer."""
    only_administrators(who)
    _write(who, department, typed, at, "department_changed")
    return department


def switch_off_department(who: Who, department: Department, at: datetime, *, waiting: int) -> None:
    """``waiting``: open cases and tasks in its queue, as the caller found them (IN-10)."""
    only_administrators(who)
    if waiting:
        raise Refusal(_("还有投诉或协办在这个部门等着，请先转给别的部门。"), code="waiting")
    if Member.objects.filter(department=department, active=True).exists():
        raise Refusal(_("部门里还有在岗的成员，请先给他们换部门。"), code="members")
    if Department.objects.filter(parent=department, active=True).exists():
        raise Refusal(_("下面还有部门，请先移走或停用。"), code="children")
    if department.intake:
        raise Refusal(_("新投诉在这里接收。请先让另一个部门接收新投诉。"), code="intake")
    with transaction.atomic():
        department.active = False
        department.save(update_fields=["active"])
        record(who, at, "department_off", department.name)


def switch_on_department(who: Who, department: Department, at: datetime) -> None:
    """Open it again, at the top of the tree when its parent is gone."""
    only_administrators(who)
    with transaction.atomic():
        department.active = True
        if department.parent and not department.parent.active:
            department.parent = None
        department.save(update_fields=["active", "parent"])
        record(who, at, "department_on", department.name)


def change_organisation(
    who: Who,
    typed: Mapping[str, Any],
    packs: Collection[str],
    at: datetime,
    *,
    variants: Collection[str] = (),
) -> Organisation:
    """typed: name, contact_department, contact_person, contact_phone, address, outside_bodies,
    open_to_public, pack, packs, variants. ``packs``: the ids that exist; ``variants``: the local
    rules there are to choose from (``tourism.shanghai``)."""
    only_administrators(who)
    sheet = Sheet(typed)
    wanted = {
        "name": sheet.text("name", 120, ask=_("请填写机构名称。")),
        "contact_department": sheet.text("contact_department", 60, ask=_contact()),
        "contact_person": sheet.text("contact_person", 60, ask=_contact()),
        "contact_phone": sheet.text("contact_phone", 40, ask=_contact()),
        "address": sheet.text("address", 200),
        "outside_bodies": sheet.lines("outside_bodies", 2000),
        "open_to_public": bool(typed.get("open_to_public")),
        "assigns_itself": bool(typed.get("assigns_itself")),
        **_packs(sheet, packs),
        "variants": [one for one in variants if one in (typed.get("variants") or ())],
    }
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    house = Organisation.objects.get(id=who.organisation_id)
    with transaction.atomic():
        if changed := differences(house, wanted):
            house.save()
            record(who, at, "organisation_changed", house.name, changed)
    cache.delete(f"organisation:{house.id}")
    return house


def _contact() -> str:
    return _("每封回执都要写明联系部门、联系人和电话，请填写。")


def _packs(sheet: Sheet, known: Collection[str]) -> dict[str, Any]:
    chosen = [pack for pack in known if pack in (sheet.typed.get("packs") or ())]
    usual = str(sheet.typed.get("pack") or "")
    if not chosen:
        sheet.wrong["packs"] = _("请至少勾选一个行业。")
    elif usual not in chosen:
        sheet.wrong["pack"] = _("常用行业要在勾选的行业之中。")
    return {"pack": usual, "packs": chosen}


def _write(
    who: Who, department: Department, typed: Mapping[str, Any], at: datetime, kind: str
) -> None:
    sheet = Sheet(typed)
    wanted = {
        "name": sheet.text("name", 60, ask=_("请填写部门名称。")),
        "phone": sheet.text("phone", 40),
        "parent": _parent(who, department, sheet),
        "order": _order(sheet),
        "intake": bool(typed.get("intake")),
    }
    _one_intake(department, bool(typed.get("intake")), sheet)
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    _unique(who, department, wanted)
    try:
        with transaction.atomic():
            if wanted["intake"]:
                _others(who, department).filter(intake=True).update(intake=False)
            changed = differences(department, wanted)
            department.save()
            record(who, at, kind, department.name, changed)
    except IntegrityError as problem:
        raise Invalid({"name": _same_name()}) from problem


def _others(who: Who, department: Department) -> Any:
    return Department.objects.filter(organisation_id=who.organisation_id).exclude(id=department.id)


def _unique(who: Who, department: Department, wanted: Mapping[str, Any]) -> None:
    # The constraint does not hold at the top of the tree, where the parent is NULL.
    same = _others(who, department).filter(name=wanted["name"], parent=wanted["parent"])
    if same.exists():
        raise Invalid({"name": _same_name()})


def _same_name() -> str:
    return _("同一级里已有这个名称的部门（也可能已停用），请换一个名称。")


def _one_intake(department: Department, wanted: bool, sheet: Sheet) -> None:
    if wanted and not department.active:
        sheet.wrong["intake"] = _("停用的部门不能接收新投诉。")
    if not wanted and department.intake:
        sheet.wrong["intake"] = _("总要有一个部门接收新投诉。请到另一个部门里勾选这一项。")


def _order(sheet: Sheet) -> int:
    typed = str(sheet.typed.get("order") or "0").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        sheet.wrong["order"] = _("排序请填 0 到 999 的整数。")
        return 0
    return int(typed)


def _parent(who: Who, department: Department, sheet: Sheet) -> Department | None:
    chosen = str(sheet.typed.get("parent") or "")
    if not chosen:
        return None
    try:
        above = _others(who, department).filter(id=UUID(chosen), active=True).first()
    except ValueError:
        above = None
    below = branch_of(who.organisation_id, department.id)
    if above is None or above.id in below:
        sheet.wrong["parent"] = _("上级部门不能是自己或自己下面的部门，请另选。")
        return None
    return above  # type: ignore[no-any-return]
