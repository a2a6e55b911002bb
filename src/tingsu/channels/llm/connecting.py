"""The language model of an organisation: which one, how much, on or off. Writes LanguageModel rows.

The writers raise Forbidden without ``Can.MEMBERS``, Invalid with words for the person.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tingsu.cases.models import MachineText
from tingsu.channels import outgoing
from tingsu.channels.llm.endpoint import Endpoint, Said, chat
from tingsu.channels.models import LanguageModel
from tingsu.core.text import clean_line
from tingsu.people.errors import Invalid
from tingsu.people.permission import Can, Forbidden, Who, may

PER_DAY, PER_MONTH, SECONDS = 100, 1_000, 30  # offered at first
BOUNDS = {"per_day": (1, 10_000), "per_month": (1, 300_000), "seconds": (5, 120)}
TRIAL_SECONDS = 10  # a page waits for it
FRESH = 30.0  # seconds for which a process does not ask whether it is on

_known: dict[UUID, tuple[float, bool]] = {}


def of_house(who: Who) -> LanguageModel:
    """The row, or an empty one to be filled in."""
    _allowed(who)
    found = LanguageModel.objects.filter(organisation_id=who.organisation_id).first()
    return found or LanguageModel(
        organisation_id=who.organisation_id,
        per_day=PER_DAY,
        per_month=PER_MONTH,
        seconds=SECONDS,
    )


def is_on(organisation_id: UUID) -> bool:
    """Whether pages offer it; known for half a minute, so that no page asks each time."""
    asked, found = _known.get(organisation_id, (0.0, False))
    if not asked or monotonic() - asked > FRESH:
        found = working(organisation_id) is not None
        _known[organisation_id] = (monotonic(), found)
    return found


def forget() -> None:
    """Ask anew whether it is on."""
    _known.clear()


def working(organisation_id: UUID) -> LanguageModel | None:
    """The one that may be asked now; None where it is off."""
    rows = LanguageModel.objects.filter(organisation_id=organisation_id, active=True)
    return rows.filter(organisation__active=True).first()


def endpoint(row: LanguageModel, *, listening: bool = False) -> Endpoint:
    """Where it is asked for a text or, listening, for the words of a recording."""
    return Endpoint(row.url, row.key, row.listener if listening else row.name, row.seconds)


def save(who: Who, typed: Mapping[str, Any], at: datetime) -> LanguageModel:
    """Keep the settings. An empty key leaves the one that is kept.

    typed: active, url, name, key, listener, per_day, per_month, seconds.
    """
    row = of_house(who)
    row.active = bool(typed.get("active"))
    row.url = clean_line(str(typed.get("url") or ""))[:400].rstrip("/")
    row.name = clean_line(str(typed.get("name") or ""))[:120]
    row.listener = clean_line(str(typed.get("listener") or ""))[:120]
    wrong = _numbers(row, typed) | _address(row.url)
    if not row.name:
        wrong["name"] = _("请填写模型的名字，照服务方给的写。")
    if wrong:
        raise Invalid(wrong)
    if key := clean_line(str(typed.get("key") or ""))[:400]:
        row.key = key
    row.trouble, row.changed_by_id, row.changed_at = "", who.member_id, at
    row.save()
    forget()
    return row


def try_out(who: Who) -> Said:
    """Ask it for one word. Raises Unreachable; nothing of any case leaves."""
    row = of_house(who)
    there = endpoint(row)
    told = Endpoint(there.url, there.key, there.model, min(TRIAL_SECONDS, row.seconds))
    return chat(told, [{"role": "user", "content": "请只回答一个字：好"}])


def used(organisation_id: UUID, at: datetime) -> dict[str, int]:
    """How often it was asked today and this month, and what the other side counted for it."""
    day, month = _begin(at)
    rows = MachineText.objects.filter(organisation_id=organisation_id, asked_at__gte=month)
    return {
        "day": rows.filter(asked_at__gte=day).count(),
        "month": rows.count(),
        "tokens": rows.aggregate(sum=Sum("tokens"))["sum"] or 0,
    }


def over(row: LanguageModel, at: datetime) -> bool:
    """Whether more was asked than may be."""
    so_far = used(row.organisation_id, at)
    return so_far["day"] > row.per_day or so_far["month"] > row.per_month


def _begin(at: datetime) -> tuple[datetime, datetime]:
    day = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return day, day - timedelta(days=day.day - 1)


def _numbers(row: LanguageModel, typed: Mapping[str, Any]) -> dict[str, str]:
    wrong = {}
    for name, (least, most) in BOUNDS.items():
        text = str(typed.get(name) or "").strip()
        if text.isdecimal() and len(text) < 9 and least <= int(text) <= most:
            setattr(row, name, int(text))
        else:
            words = _("请填 %(least)s 到 %(most)s 之间的整数。")
            wrong[name] = words % {"least": least, "most": f"{most:,}"}
    return wrong


def _address(url: str) -> dict[str, str]:
    try:
        outgoing.check(url)
    except outgoing.Unreachable as problem:
        words = {
            "inside": _("这个地址在本机或内部网络里。确实要用，请让维护人员打开设置。"),
            "name": _("这个地址的主机名查不到，请核对。"),
        }
        example = _("请填写完整的网址，例如 https://example.com/v1。")
        return {"url": words.get(str(problem), example)}
    if not url.startswith("https://") and not settings.OUTSIDE_MAY_BE_INSIDE:
        return {"url": _("请用 https 开头的网址。")}
    return {}


def _allowed(who: Who) -> None:
    if not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)
