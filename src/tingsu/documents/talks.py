"""The record of a negotiation as a table of a paper (HA-17): offers, answers, talks, with whose
authority and which tactics. Reads queries; how far we go stands in no entry, so in no paper."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.models import Case
from tingsu.cases.queries import plans as queries
from tingsu.core.remedy_facts import money
from tingsu.packs import say

KINDS: Mapping[str, str | Promise] = {
    "plan_made": _l("拟定方案"),
    "plan_changed": _l("改动方案"),
    "plan_dropped": _l("放弃方案"),
    "plan_consent": _l("内部意见"),
    "negotiated": _l("协商"),
    "plan_offered": _l("向客户提出"),
    "offer_accepted": _l("客户接受"),
    "offer_refused": _l("客户没有接受"),
    "offer_countered": _l("客户还价"),
    "offer_talk": _l("客户想先谈谈"),
    "offer_expired": _l("过期没有答复"),
    "offer_withdrawn": _l("我们收回"),
}


def rows(case: Case) -> Iterator[tuple[str, str, str, str]]:
    """When, what, what was said and on what terms, who."""
    for event in queries.history(case):
        who = event.member.name if event.member else _("客户") if event.actor == "customer" else ""
        content = "\n".join(filter(None, (*_terms(case, event.kind, event.data), event.text)))
        when = f"{localtime(event.at):%Y-%m-%d %H:%M}"
        yield when, str(KINDS[event.kind]), content, who


def _terms(case: Case, kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("order"):
        yield _("提出的次序：%(order)s") % {"order": _("、").join(data["order"])}
    if data.get("name"):
        yield _("方案：%(name)s") % {"name": data["name"]}
    if kind in ("plan_made", "plan_changed", "plan_offered"):
        yield from _sums(data)
    if data.get("expires"):
        until = parse_datetime(str(data["expires"]))
        yield _("保留到 %(when)s") % {"when": f"{localtime(until):%Y-%m-%d %H:%M}"} if until else ""
    if data.get("wanted") is not None:
        yield _("希望合计得到 %(sum)s") % {"sum": money(data["wanted"])}
    if kind == "plan_consent":
        yield _("同意") if data.get("agreed") else _("不同意")
    if data.get("agreed") and isinstance(data["agreed"], str):
        yield _("谈定：%(what)s") % {"what": data["agreed"]}
    if data.get("present"):
        yield _("在场：%(who)s") % {"who": data["present"]}
    yield from _tactics(case, data)


def _sums(data: Mapping[str, Any]) -> Iterator[str]:
    owed = [money(one[1], one[0]) for one in data.get("totals", ()) if one[1]]
    if owed:
        yield _("按规则应给 %(sum)s") % {"sum": _("、").join(owed)}
    if data.get("goodwill"):
        yield _("酌情 %(sum)s") % {"sum": money(data["goodwill"])}
    told = data.get("authority") or {}
    if told.get("approval"):
        yield _("权限：经审批")
    elif told.get("wanted"):
        yield _("权限：%(limit)s 以内") % {"limit": money(told["limit"])}


def _tactics(case: Case, data: Mapping[str, Any]) -> Iterator[str]:
    known, language = queries.tactics(case), get_language() or "zh-hans"
    used = [say(known[code].label, language) for code in data.get("tactics", ()) if code in known]
    if used:
        yield _("做法：%(what)s") % {"what": _("、").join(used)}
