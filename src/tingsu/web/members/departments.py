"""Departments as a tree: add, rename, move, switch off and on. Calls people and case queries."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.queries import handover
from tingsu.people import directory, structure
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can, Who
from tingsu.web.door import Asked, door
from tingsu.web.members.answers import go_on, show, who_asks
from tingsu.web.members.forms import DepartmentForm, bound, key_of


@door(Can.MEMBERS)
def departments(request: Asked) -> HttpResponse:
    """The tree, with how many people work where and where new complaints arrive."""
    who = who_asks(request)
    heads = directory.heads_per_department(who.organisation_id)
    rows = directory.departments(who.organisation_id)
    context = {
        "rows": [(row, heads.get(row.id, 0)) for row in rows],
        "closed": directory.closed_departments(who.organisation_id),
        "tab": "departments",
    }
    return show(request, "departments", context)


@door(Can.MEMBERS)
def department_new(request: Asked) -> HttpResponse:
    """Add a department; ?below= names the one above it."""
    who = who_asks(request)
    shown = {"parent": str(key_of(request.GET, "below") or ""), "order": "0"}
    form = bound(request, DepartmentForm, shown, departments=_choices(who))
    if request.method == "POST":
        try:
            made = structure.add_department(who, form.typed(), request.at)
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, "department_form", _form(form), refused=True)
        return go_on(request, _("已添加部门“%(name)s”。") % {"name": made.name}, "departments")
    return show(request, "department_form", _form(form))


@door(Can.MEMBERS)
def department(request: Asked, department_id: UUID) -> HttpResponse:
    """Rename it, move it, let it receive new complaints."""
    who = who_asks(request)
    found = directory.department(who.organisation_id, department_id)
    shown = {
        "name": found.name,
        "parent": str(found.parent_id or ""),
        "phone": found.phone,
        "order": str(found.order),
        "intake": found.intake,
    }
    form = bound(request, DepartmentForm, shown, departments=_choices(who, found.id))
    context = _form(form) | {"department": found}
    if request.method == "POST":
        try:
            structure.change_department(who, found, form.typed(), request.at)
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, "department_form", context, refused=True)
        return go_on(request, _("已保存部门“%(name)s”。") % {"name": found.name}, "departments")
    return show(request, "department_form", context)


@door(Can.MEMBERS)
def department_off(request: Asked, department_id: UUID) -> HttpResponse:
    """Switch a department off once nothing and nobody is left in it."""
    who = who_asks(request)
    found = directory.department(who.organisation_id, department_id)
    waiting = handover.of_department(who, found.id)
    context: dict[str, Any] = {"department": found, "left": waiting, "tab": "departments"}
    if request.method == "POST":
        try:
            structure.switch_off_department(who, found, request.at, waiting=waiting.total)
        except Refusal as refusal:
            return show(request, "department_off", context | {"refusal": refusal}, refused=True)
        return go_on(request, _("已停用部门“%(name)s”。") % {"name": found.name}, "departments")
    return show(request, "department_off", context)


@door(Can.MEMBERS)
@require_POST
def department_on(request: Asked, department_id: UUID) -> HttpResponse:
    """Open it again."""
    who = who_asks(request)
    found = directory.department(who.organisation_id, department_id)
    structure.switch_on_department(who, found, request.at)
    return go_on(request, _("部门“%(name)s”已恢复。") % {"name": found.name}, "departments")


def _choices(who: Who, but: UUID | None = None) -> list[tuple[str, str]]:
    """The tree as choices, without the department itself and what is below it."""
    hidden = directory.branch_of(who.organisation_id, but) if but else frozenset()
    rows = [row for row in directory.departments(who.organisation_id) if row.id not in hidden]
    return [(str(row.id), "　" * getattr(row, "depth", 0) + row.name) for row in rows]


def _form(form: DepartmentForm) -> dict[str, Any]:
    return {"form": form, "tab": "departments"}
