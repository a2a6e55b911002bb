"""Deadlines in words, in the reader's language. Touches nothing but packs and translations.

The phrases come from `tingsu.core.clock.explain`; here they become one sentence, or the rows of
the strip that a click on a due date opens:

    10 月 9 日到期：7 个工作日，收到当日不计，国庆节 10 月 1 日–8 日不计 · 令121 第15条
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tingsu import packs
from tingsu.cases.happenings import DAY_OF
from tingsu.core.clock import Deadline, Extension, Phrase, Remaining, Segment, explain


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of the strip. counted tells whether its days go into the count."""

    kind: str
    first: date
    last: date
    n: int
    counted: bool
    words: str


def explain_text(deadline: Deadline) -> str:
    """The whole explanation as one line."""
    phrases = explain(deadline)
    due, *rest = phrases
    details = [_say(phrase, deadline) for phrase in rest if phrase.code != "source"]
    text = _("%(due)s：%(why)s") % {"due": _say(due, deadline), "why": _("，").join(details)}
    source = source_words(deadline)
    return f"{text} · {source}" if source else text


def explain_parts(deadline: Deadline) -> list[str]:
    """The same, a part a line, the source last."""
    parts = [_say(p, deadline) for p in explain(deadline) if p.code != "source"]
    source = source_words(deadline)
    return [*parts, source] if source else parts


def segment_rows(deadline: Deadline) -> list[Row]:
    """The segments of the count with their words, in the order of the days."""
    return [
        Row(s.kind, s.first, s.last, s.n, _counts(s), _segment_words(s, deadline))
        for s in deadline.segments
    ]


def remaining_words(left: Remaining) -> str:
    """How much is left or too late: 还有 2 个工作日, 今天到期, 逾期 3 天."""
    if left.n == 0 and not left.late and left.unit in ("wd", "cd"):
        return _("今天到期")
    if left.n == 0:
        return _("刚刚逾期") if left.late else _("即将到期")
    amount = length_words(left.n, left.unit)
    return (_("逾期 %(amount)s") if left.late else _("还有 %(amount)s")) % {"amount": amount}


def source_words(deadline: Deadline) -> str:
    """The source as it is cited: 令121 第15条."""
    rule = deadline.rule
    if rule.house:
        return _("本单位惯例")
    act = packs.act(rule.act) if rule.act else None
    if act is None:
        return rule.source or rule.act
    cite = packs.say(act.cite, _language())
    article = article_words(rule.article)
    return _("%(act)s %(article)s") % {"act": cite, "article": article} if article else cite


def article_words(article: str) -> str:
    """``23.1(5)`` as 第23条第1款第5项."""
    found = re.fullmatch(r"(\w+)(?:\.(\d+))?(?:\((\d+)\))?", article)
    if found is None:
        return article
    number, paragraph, item = found.groups()
    words = _("第%(number)s条") % {"number": number}
    if paragraph:
        words += _("第%(number)s款") % {"number": paragraph}
    if item:
        words += _("第%(number)s项") % {"number": item}
    return words


def length_words(n: int, unit: str) -> str:
    """A length of time: 7 个工作日."""
    words = {
        "wd": ngettext("%(n)d 个工作日", "%(n)d 个工作日", n),
        "cd": ngettext("%(n)d 天", "%(n)d 天", n),
        "h": ngettext("%(n)d 小时", "%(n)d 小时", n),
        "oh": ngettext("%(n)d 个营业小时", "%(n)d 个营业小时", n),
        "w": ngettext("%(n)d 周", "%(n)d 周", n),
        "mo": ngettext("%(n)d 个月", "%(n)d 个月", n),
        "y": ngettext("%(n)d 年", "%(n)d 年", n),
        "min": ngettext("%(n)d 分钟", "%(n)d 分钟", n),
    }
    return words[unit] % {"n": n}


def extension_words(allowed: Extension) -> str:
    """What a source allows: 情况复杂的，可以延到 30 天，要由总行批准."""
    length = length_words(allowed.n, allowed.unit)
    words = _("可以延到 %(length)s") if allowed.kind == "to" else _("可以延长 %(length)s")
    parts = [words % {"length": length}]
    if allowed.condition:
        parts.insert(0, _("条件：%(condition)s") % {"condition": allowed.condition})
    if allowed.approval:
        parts.append(_("批准：%(approval)s") % {"approval": allowed.approval})
    if allowed.notify:
        parts.append(_("要告知投诉人"))
    return _("，").join(parts)


# Phrases ------------------------------------------------------------------------------------

Given = Mapping[str, Any]


def _say(phrase: Phrase, deadline: Deadline) -> str:
    return _SAY[phrase.code](phrase.params, deadline)


def _due(given: Given, deadline: Deadline) -> str:
    day = _day(given["day"], deadline)
    if given["at"] is None:
        return _("%(day)s到期") % {"day": day}
    zone = packs.load_calendar(deadline.calendar_id).calendar.zone
    time = f"{given['at'].astimezone(zone):%H:%M}"
    return _("%(day)s %(time)s 到期") % {"day": day, "time": time}


def _length(given: Given, _deadline: Deadline) -> str:
    return length_words(given["n"], given["unit"])


def _excluded(given: Given, _deadline: Deadline) -> str:
    return _("%(day)s不计") % {"day": _event_day(given["event"])}


def _included(given: Given, _deadline: Deadline) -> str:
    return _("%(day)s计入") % {"day": _event_day(given["event"])}


def _skipped(given: Given, deadline: Deadline) -> str:
    days = _days(given["first"], given["last"], deadline)
    return _("%(name)s %(days)s不计") % {"name": _names(given["names"], deadline), "days": days}


def _made_up(given: Given, deadline: Deadline) -> str:
    days = _("、").join(_day(day, deadline) for day in given["days"])
    return _("%(days)s补班计入") % {"days": days}


def _paused(given: Given, deadline: Deadline) -> str:
    return _("%(cause)s %(days)s不计，共 %(length)s") % {
        "cause": cause_words(given["cause"]),
        "days": _days(given["first"], given["last"], deadline),
        "length": length_words(given["n"], given["unit"]),
    }


def _extended(given: Given, _deadline: Deadline) -> str:
    return _("延长 %(length)s") % {"length": length_words(given["n"], given["unit"])}


def _rolled(given: Given, deadline: Deadline) -> str:
    name = _names(given["names"], deadline) or _("周末")
    return _("%(day)s是%(name)s，顺延") % {"day": _day(given["first"], deadline), "name": name}


def _provisional(_given: Given, _deadline: Deadline) -> str:
    return _("放假安排尚未公布，日期暂定")


_SAY: dict[str, Callable[[Given, Deadline], str]] = {
    "due": _due,
    "length": _length,
    "start_excluded": _excluded,
    "start_included": _included,
    "skipped": _skipped,
    "makeup": _made_up,
    "paused": _paused,
    "extended": _extended,
    "rolled": _rolled,
    "provisional": _provisional,
}


def cause_words(cause: str) -> str:
    """Why a clock stood still."""
    return {"": _("暂停"), "testing": _("鉴定、检测"), "hearing": _("听证")}.get(cause, cause)


def _event_day(event: str) -> str:
    return str(DAY_OF[event]) if event in DAY_OF else _("起算当日")


# Segments -----------------------------------------------------------------------------------


def _counts(segment: Segment) -> bool:
    if segment.kind == "start":
        return segment.n > 0
    return segment.kind in ("work", "makeup", "days", "hours", "extend")


def _segment_words(segment: Segment, deadline: Deadline) -> str:
    kind, n = segment.kind, segment.n
    if kind == "start":
        return (_included if n else _excluded)({"event": deadline.rule.event}, deadline)
    if kind in ("work", "days"):
        return length_words(n, "wd" if kind == "work" else "cd")
    if kind == "hours":
        return length_words(n, segment.names[0])
    return str(_REST[kind]) % {
        "name": _names(segment.names, deadline) if kind == "holiday" else "",
        "day": _day(segment.last, deadline),
        "cause": cause_words(segment.names[0]) if kind == "pause" else "",
        "length": length_words(n, segment.names[0]) if kind == "extend" else "",
    }


_REST = {
    "makeup": gettext_lazy("调休上班，计入"),
    "weekend": gettext_lazy("周末不计"),
    "holiday": gettext_lazy("%(name)s不计"),
    "roll": gettext_lazy("顺延至 %(day)s"),
    "pause": gettext_lazy("%(cause)s，不计"),
    "extend": gettext_lazy("延长 %(length)s"),
}


# Days and names -----------------------------------------------------------------------------


def _names(names: Iterable[str], deadline: Deadline) -> str:
    labels = (packs.holiday_label(deadline.calendar_id, name, _language()) for name in names)
    return _("、").join(labels)


def _day(day: date, deadline: Deadline) -> str:
    """10 月 9 日, with the year where it is not the year of the start."""
    if day.year == deadline.start_day.year:
        return dateformat.format(day, _("n 月 j 日"))
    return dateformat.format(day, _("Y 年 n 月 j 日"))


def _days(first: date, last: date, deadline: Deadline) -> str:
    """10 月 1 日–8 日; the month again where it changes."""
    if first == last:
        return _day(first, deadline)
    if (first.year, first.month) == (last.year, last.month):
        same_month = _("j 日")
        return f"{_day(first, deadline)}–{dateformat.format(last, same_month)}"
    return f"{_day(first, deadline)}–{_day(last, deadline)}"


def _language() -> str:
    return get_language() or "zh-hans"
