"""Members: add, change, switch off and on, new password. Writes people tables; asks its own right.

Every function raises Forbidden without ``Can.MEMBERS``, Refusal or Invalid with words for the
person. One transaction each, and one line of 变更记录.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tingsu.people._recording import Sheet, differences, only_administrators, record
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.joining import LETTERS, is_join_code
from tingsu.people.models import Department, Member, User
from tingsu.people.permission import Role, Who
from tingsu.people.shares import shares


def add_member(who: Who, typed: Mapping[str, Any], at: datetime) -> tuple[Member, str]:
    """Make an account and a membership. Returns the member and the first password, which is
    stored nowhere in clear: show it once.

    typed: username, email, name, post, phone, department (id), roles (codes).
    """
    only_administrators(who)
    sheet = Sheet(typed)
    username = typed_username(sheet)
    email = _email(sheet)
    wanted = _wanted(who, sheet)
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    password = first_password()
    try:
        with transaction.atomic():
            user = User(username=username, email=email, first_password=True)
            user.set_password(password)
            user.save(force_insert=True)
            member = Member.objects.create(user=user, organisation_id=who.organisation_id, **wanted)
            record(who, at, "member_added", member.name, {"roles": [[], member.roles]})
    except IntegrityError as problem:  # two administrators, one name, one instant
        raise Invalid({"username": name_taken()}) from problem
    return member, password


def join_member(who: Who, typed: Mapping[str, Any], at: datetime) -> Member:
    """Let somebody work here who has an account in another organisation. Their join code says
    that they agree; password, mail and second factor stay their own.

    typed: username, code, name, post, phone, department (id), roles (codes).
    """
    only_administrators(who)
    sheet = Sheet(typed)
    user = _who_agreed(sheet, at)
    wanted = _wanted(who, sheet)
    if user and Member.objects.filter(user=user, organisation_id=who.organisation_id).exists():
        sheet.wrong["username"] = _("这位同事已经在本机构的成员里；如已停用，请恢复。")
    if sheet.wrong or user is None:
        raise Invalid(sheet.wrong)
    try:
        with transaction.atomic():
            member = Member.objects.create(user=user, organisation_id=who.organisation_id, **wanted)
            record(who, at, "member_joined", member.name, {"roles": [[], member.roles]})
    except IntegrityError as problem:  # sent twice
        raise Invalid({"username": _("这位同事已经加入了。")}) from problem
    return member


def change_member(who: Who, member: Member, typed: Mapping[str, Any], at: datetime) -> Member:
    """Change name, post, phone, mail, department or roles."""
    only_administrators(who)
    sheet = Sheet(typed)
    user = member.user
    email = _email(sheet, user)
    wanted = _wanted(who, sheet)
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    if email != user.email and _elsewhere(member):
        raise Invalid({"email": _("这位同事在别的机构也有账号，邮箱由本人或那边修改。")})
    with transaction.atomic():
        if Role.ADMINISTRATOR not in wanted["roles"]:
            _keep_an_administrator(member, "roles")
        changed = differences(member, wanted) | differences(user, {"email": email})
        if changed:
            member.save()
            user.save(update_fields=["email"])
            record(who, at, "member_changed", member.name, changed)
    return member


def switch_off(who: Who, member: Member, at: datetime, *, waiting: int) -> None:
    """Take away all access at once. ``waiting``: open cases and tasks in the member's name, as
    the caller found them; they must be handed over first (IN-10)."""
    only_administrators(who)
    if member.id == who.member_id:
        raise Refusal(_("不能停用自己。请另一位管理员来做。"), code="self")
    if waiting:
        raise Refusal(_("名下还有没办完的事，请先转交。"), code="waiting")
    with transaction.atomic():
        _keep_an_administrator(member)
        member.active = False
        member.save(update_fields=["active"])
        _let_sign_in(member.user)
        record(who, at, "member_off", member.name)


def switch_on(who: Who, member: Member, at: datetime) -> None:
    """Give access back, with the roles as they were."""
    only_administrators(who)
    if not member.department.active:
        raise Refusal(_("原来的部门已停用，请先给这位同事换一个部门。"), "department", "department")
    with transaction.atomic():
        member.active = True
        member.save(update_fields=["active"])
        _let_sign_in(member.user)
        record(who, at, "member_on", member.name)


def new_password(who: Who, member: Member, at: datetime) -> str:
    """A new first password; ends all sessions of the person. Show it once."""
    only_administrators(who)
    if member.id == who.member_id:
        raise Refusal(_("自己的密码请在“登录与安全”里修改。"), code="self")
    _only_ours(member)
    password = first_password()
    with transaction.atomic():
        member.user.set_password(password)
        member.user.first_password = True
        member.user.save(update_fields=["password", "first_password"])
        record(who, at, "member_password", member.name)
    return password


def drop_second_factor(who: Who, member: Member, at: datetime) -> None:
    """For somebody whose phone or key is lost. They set it up again at the next sign-in."""
    only_administrators(who)
    if member.id == who.member_id:
        raise Refusal(_("自己的二次验证请在“登录与安全”里修改。"), code="self")
    _only_ours(member)
    with transaction.atomic():
        Authenticator.objects.filter(user_id=member.user_id).delete()
        record(who, at, "member_factor", member.name)


def first_password() -> str:
    """Twelve characters in three groups, about 59 bits, easy to read out."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def _wanted(who: Who, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.text("name", 60, ask=_("请填写姓名。")),
        "post": sheet.text("post", 60),
        "phone": sheet.text("phone", 40),
        "department": _department(who, sheet),
        "roles": _roles(sheet),
        **shares(sheet),
    }


def _department(who: Who, sheet: Sheet) -> Department | None:
    chosen = str(sheet.typed.get("department") or "")
    rows = Department.objects.filter(organisation_id=who.organisation_id, active=True)
    found = rows.filter(id=chosen).first() if _is_id(chosen) else None
    if found is None:
        sheet.wrong["department"] = _("请选择部门。")
    return found


def _roles(sheet: Sheet) -> list[str]:
    asked: Sequence[str] = sheet.typed.get("roles") or ()
    roles = [role.value for role in Role if role.value in asked]
    if not roles:
        sheet.wrong["roles"] = _("请至少勾选一个角色，否则登录后什么也做不了。")
    return roles


def _who_agreed(sheet: Sheet, at: datetime) -> User | None:
    """One answer for a wrong name and a wrong code: nobody learns here who has an account."""
    name = sheet.text("username", 150, ask=_("请填写用户名。"))
    code = sheet.text("code", 40, ask=_("请填写加入码。"))
    if {"username", "code"} & set(sheet.wrong):
        return None
    user = User.objects.filter(username__iexact=name, is_active=True).first()
    if user and is_join_code(user, code, at):
        return user
    sheet.wrong["code"] = _(
        "用户名和加入码对不上，或加入码已过期。请本人在“登录与安全”里再看一次。"
    )
    return None


def typed_username(sheet: Sheet) -> str:
    """A user name that can be an account and is nobody's yet; what is wrong goes to the sheet."""
    name = sheet.text("username", 150, ask=_("请填写用户名。"))
    if name and "username" not in sheet.wrong:
        try:
            User.username_validator(name)
        except ValidationError:
            sheet.wrong["username"] = _("用户名只能用文字、数字和 @ . + - _，中间不留空格。")
        if User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).exists():
            sheet.wrong["username"] = name_taken()
    return name


def _email(sheet: Sheet, user: User | None = None) -> str:
    email = sheet.text("email", 254)
    if not email or "email" in sheet.wrong:
        return email
    try:
        validate_email(email)
    except ValidationError:
        sheet.wrong["email"] = _("这个邮箱地址不完整，请核对。")
    others = User.objects.exclude(id=user.id) if user else User.objects.all()
    # Sign-in and single sign-on find a person by mail: one address, one person.
    if others.filter(Q(email__iexact=email) | Q(username__iexact=email)).exists():
        sheet.wrong["email"] = _("这个邮箱已经属于另一个账号。")
    return email


def name_taken() -> str:
    """What to say when the user name is somebody's already."""
    return _("这个用户名已有人用，请换一个，例如加上部门或数字。")


def _keep_an_administrator(member: Member, field: str = "") -> None:
    if Role.ADMINISTRATOR not in member.roles or not member.active:
        return
    others = Member.objects.filter(organisation_id=member.organisation_id, active=True)
    if not any(Role.ADMINISTRATOR in other.roles for other in others.exclude(id=member.id)):
        words = _("这是最后一位管理员。请先给另一位同事加上管理员角色。")
        raise Invalid({field: words}) if field else Refusal(words, code="last")


def _let_sign_in(user: User) -> None:
    """An account opens as long as one membership does."""
    user.is_active = Member.objects.filter(user=user, active=True).exists()
    user.save(update_fields=["is_active"])


def _elsewhere(member: Member) -> bool:
    own = Q(organisation_id=member.organisation_id)
    return Member.objects.filter(user_id=member.user_id).exclude(own).exists()


def _only_ours(member: Member) -> None:
    # Whoever could reset it would enter the other organisation as this person.
    if _elsewhere(member):
        raise Refusal(_("这位同事在别的机构也有账号，请由本人修改。"), code="elsewhere")


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
