"""What cases are given by, as an administrator types it (HA-13). A part of ``admin``; pure."""

import re
from typing import Any

from django.utils.translation import gettext as _

from tingsu.people import shifts
from tingsu.people._recording import Sheet

LISTS = (("skills", 600), ("languages", 120), ("regions", 400))
MOST_WORDS, MOST_ROOM, USUAL_ROOM = 40, 500, 20


def shares(sheet: Sheet) -> dict[str, Any]:
    """Lists of words, hours, and how many open cases are a full desk, as far as they were sent;
    what is wrong goes to the sheet."""
    told: dict[str, Any] = {
        name: words(sheet.text(name, limit)) for name, limit in LISTS if name in sheet.typed
    }
    if "shifts" in sheet.typed:
        told["shifts"] = _hours(sheet)
    if "room" in sheet.typed:
        told["room"] = _room(sheet)
    return told


def words(text: str) -> list[str]:
    """A list as people type it: 江东区、海曙区."""
    parts = re.split(r"[、，,;；\s]+", text)
    return list(dict.fromkeys(part for part in parts if part))[:MOST_WORDS]


def as_typed(member: Any) -> dict[str, str]:
    """The same values as a form shows them."""
    shown = {name: "、".join(getattr(member, name)) for name, _limit in LISTS}
    return shown | {"shifts": "\n".join(member.shifts), "room": str(member.room)}


def _hours(sheet: Sheet) -> list[str]:
    try:
        return shifts.read(sheet.lines("shifts", 600))
    except ValueError as odd:
        said = _("「%(line)s」读不懂，请写成“周一至周五 09:00-18:00”，一行一段。")
        sheet.wrong["shifts"] = said % {"line": str(odd)[:40]}
        return []


def _room(sheet: Sheet) -> int:
    typed = str(sheet.typed.get("room") or USUAL_ROOM).strip()
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_ROOM:
        return int(typed)
    sheet.wrong["room"] = _("请填 1 到 500 的整数。")
    return USUAL_ROOM
