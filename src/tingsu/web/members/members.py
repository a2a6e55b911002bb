"""Members: list, add, change, switch off and on, new password. Calls people and case queries."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tingsu.cases.queries import handover
from tingsu.people import admin, directory
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can, Role, Who, rights_of
from tingsu.people.shares import as_typed
from tingsu.web.door import Asked, door
from tingsu.web.members import known
from tingsu.web.members.answers import go_on, show, who_asks
from tingsu.web.members.forms import JoinForm, MemberForm, bound
from tingsu.web.members.words import ROLE_SENTENCES


@door(Can.MEMBERS)
def members(request: Asked) -> HttpResponse:
    """Everybody of the organisation by department; those switched off on a tab of their own."""
    who = who_asks(request)
    active = request.GET.get("off") != "1"
    rows = directory.everybody(who.organisation_id, active=active)
    context = {
        "rows": rows,
        "active": active,
        "second": directory.with_second_factor({row.user_id for row in rows}),
        "tab": "members",
    }
    return show(request, "members", context)


@door(Can.MEMBERS)
@never_cache
def member_new(request: Asked) -> HttpResponse:
    """Add a member. The first password appears once, in the answer to the form, and never again."""
    who = who_asks(request)
    form = bound(request, MemberForm, {"roles": []}, new=True, **_choices(who))
    if request.method == "POST":
        try:
            member, password = admin.add_member(who, form.typed(), request.at)
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, "member_form", _form(form), refused=True)
        return show(request, "member_password", {"member": member, "password": password})
    return show(request, "member_form", _form(form))


@door(Can.MEMBERS)
def member_join(request: Asked) -> HttpResponse:
    """Add somebody who already has an account in another organisation."""
    who = who_asks(request)
    form = bound(request, JoinForm, {"roles": []}, **_choices(who))
    if request.method == "POST":
        try:
            member = admin.join_member(who, form.typed(), request.at)
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, "member_join", _form(form), refused=True)
        words = _("%(name)s 已加入。请告诉本人：登录后点右上角自己的名字，再点“切换机构”。")
        return go_on(request, words % {"name": member.name}, "members")
    return show(request, "member_join", _form(form))


@door(Can.MEMBERS)
def member(request: Asked, member_id: UUID) -> HttpResponse:
    """One member: change what is known, and the rarer steps beside it."""
    who = who_asks(request)
    found = directory.member(who.organisation_id, member_id)
    shown = {
        "name": found.name,
        "post": found.post,
        "phone": found.phone,
        "email": found.user.email,
        "department": str(found.department_id),
        "roles": found.roles,
        **as_typed(found),
    }
    form = bound(request, MemberForm, shown, member=found, new=False, **_choices(who))
    context = _form(form) | {
        "member": found,
        "itself": found.id == who.member_id,
        "signs": Can.APPROVE in rights_of(Role(role) for role in found.roles),
        "second": found.user_id in directory.with_second_factor({found.user_id}),
    }
    if request.method == "POST":
        try:
            admin.change_member(who, found, form.typed(), request.at)
        except Refusal as refusal:
            form.refuse(refusal)
            return show(request, "member_form", context, refused=True)
        return go_on(request, _("已保存 %(name)s 的资料。") % {"name": found.name}, "members")
    return show(request, "member_form", context)


@door(Can.MEMBERS)
def member_off(request: Asked, member_id: UUID) -> HttpResponse:
    """Switch a member off, after what is in their name was handed over."""
    who = who_asks(request)
    found = directory.member(who.organisation_id, member_id)
    waiting = handover.of_member(who, found.id)
    context: dict[str, Any] = {"member": found, "left": waiting, "helpers": _helpers(who)}
    if request.method == "POST":
        try:
            admin.switch_off(who, found, request.at, waiting=waiting.total)
        except Refusal as refusal:
            return show(request, "member_off", context | {"refusal": refusal}, refused=True)
        words = _("已停用 %(name)s，从现在起不能再登录本机构。")
        return go_on(request, words % {"name": found.name}, "members")
    return show(request, "member_off", context)


@door(Can.MEMBERS)
@require_POST
def member_on(request: Asked, member_id: UUID) -> HttpResponse:
    """Give access back."""
    who = who_asks(request)
    found = directory.member(who.organisation_id, member_id)
    try:
        admin.switch_on(who, found, request.at)
    except Refusal as refusal:
        return _refused(request, refusal, found)
    words = _("%(name)s 可以重新登录了。")
    return go_on(request, words % {"name": found.name}, "member", found.id)


@door(Can.MEMBERS)
@never_cache
@require_POST
def member_password(request: Asked, member_id: UUID) -> HttpResponse:
    """A new first password, shown once."""
    who = who_asks(request)
    found = directory.member(who.organisation_id, member_id)
    try:
        password = admin.new_password(who, found, request.at)
    except Refusal as refusal:
        return _refused(request, refusal, found)
    return show(request, "member_password", {"member": found, "password": password})


@door(Can.MEMBERS)
@require_POST
def member_factor(request: Asked, member_id: UUID) -> HttpResponse:
    """Drop the second factor of somebody whose phone is lost."""
    who = who_asks(request)
    found = directory.member(who.organisation_id, member_id)
    try:
        admin.drop_second_factor(who, found, request.at)
    except Refusal as refusal:
        return _refused(request, refusal, found)
    words = _("已解除 %(name)s 的二次验证。请提醒本人登录后重新开启。")
    return go_on(request, words % {"name": found.name}, "member", found.id)


def _choices(who: Who) -> dict[str, Any]:
    return {"departments": _departments(who), "skills": known.skills(who)}


def _departments(who: Who) -> list[tuple[str, str]]:
    """Choices that show the tree."""
    rows = directory.departments(who.organisation_id)
    return [(str(row.id), "　" * getattr(row, "depth", 0) + row.name) for row in rows]


def _form(form: MemberForm) -> dict[str, Any]:
    chosen = form["roles"].value() or []
    roles = [(role, sentence, role in chosen) for role, sentence in ROLE_SENTENCES.items()]
    return {"form": form, "roles": roles, "tab": "members"}


def _helpers(who: Who) -> list[str]:
    """Who can hand cases over, so that nobody has to guess whom to ask."""
    roles = (Role.HEAD, Role.SUPERVISOR)
    rows = [row for role in roles for row in directory.members(who.organisation_id, role=role)]
    return list(dict.fromkeys(row.name for row in rows))[:6]


def _refused(request: Asked, refusal: Refusal, found: Any) -> HttpResponse:
    return show(request, "refused", {"refusal": refusal, "member": found}, refused=True)
