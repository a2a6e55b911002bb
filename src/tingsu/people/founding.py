"""An organisation begins: itself, one department, one administrator. Writes people tables.

Called from the terminal by whoever runs the machine; there is nobody yet whose right to ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tingsu.people._recording import Sheet, record
from tingsu.people.admin import first_password, name_taken, typed_username
from tingsu.people.directory import as_who
from tingsu.people.errors import Invalid
from tingsu.people.models import Department, Member, Organisation, User
from tingsu.people.permission import Role

KINDS = ("company", "authority")
CENTRE = "客户服务中心"  # a name like any other: the administrator may change it


@dataclass(frozen=True)
class Founded:
    """``password`` is the administrator's first one, stored nowhere in clear: show it once."""

    organisation: Organisation
    administrator: Member
    password: str


def found(typed: Mapping[str, Any], packs: Mapping[str, str], at: datetime) -> Founded:
    """Make an organisation with a department that takes complaints in and an administrator.

    typed: organisation (its name), slug, kind (one of KINDS), pack, username and name of the
    administrator. packs: the ids that exist, with their names. Raises Invalid.
    """
    sheet = Sheet(typed)
    wanted = _wanted(sheet, packs)
    username = typed_username(sheet)
    name = sheet.text("name", 60) or username[:60]
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    try:
        with transaction.atomic():
            return _made(wanted, username, name, at)
    except IntegrityError as problem:  # two of us, one slug or name, one instant
        words = _slug_taken() if _known(wanted["slug"]) else name_taken()
        raise Invalid({"slug" if _known(wanted["slug"]) else "username": words}) from problem


def _made(wanted: Mapping[str, Any], username: str, name: str, at: datetime) -> Founded:
    house = Organisation.objects.create(contact_department=CENTRE, contact_person=name, **wanted)
    centre = Department.objects.create(organisation=house, name=CENTRE, intake=True)
    password = first_password()
    user = User(username=username, first_password=True)
    user.set_password(password)
    user.save(force_insert=True)
    member = Member.objects.create(
        user=user,
        organisation=house,
        department=centre,
        name=name,
        roles=[Role.ADMINISTRATOR.value],
    )
    record(as_who(member), at, "organisation_founded", house.name)
    return Founded(house, member, password)


def _wanted(sheet: Sheet, packs: Mapping[str, str]) -> dict[str, Any]:
    kind, pack = str(sheet.typed.get("kind") or KINDS[0]), str(sheet.typed.get("pack") or "general")
    if kind not in KINDS:
        sheet.wrong["kind"] = _("性质只有两种：company（企业）或 authority（主管部门）。")
    if pack not in packs:
        words = _("没有行业包 %(pack)s。现有：%(packs)s。")
        known = _("、").join(f"{code} {name}" for code, name in packs.items())
        sheet.wrong["pack"] = words % {"pack": pack, "packs": known}
    return {
        "name": sheet.text("organisation", 120, ask=_("请填写机构名称。")),
        "slug": _slug(sheet),
        "kind": kind,
        "pack": pack,
        "packs": [pack],
        "zone": settings.TIME_ZONE,
    }


def _slug(sheet: Sheet) -> str:
    slug = sheet.text("slug", 40, ask=_("请填写网址名，例如 yunfan。")).lower()
    if not slug or "slug" in sheet.wrong:
        return slug
    try:
        validate_slug(slug)
    except ValidationError:
        sheet.wrong["slug"] = _("网址名只能用英文字母、数字和 - _，例如 yunfan。")
    if _known(slug):
        sheet.wrong["slug"] = _slug_taken()
    return slug


def _known(slug: str) -> bool:
    return Organisation.objects.filter(slug=slug).exists()


def _slug_taken() -> str:
    return _("这个网址名已有机构在用，请换一个。")
