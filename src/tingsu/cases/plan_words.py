"""A plan in the words of its customer: lines, sum, until when, how to answer. Touches translations.

The letter and the follow page say the same; the link is added when the letter leaves, so that
nothing which opens an offer is stored.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases.models import Case, RemedyPlan
from tingsu.cases.remedy_kept import in_words
from tingsu.cases.remedy_words import gives_words
from tingsu.core.plans import costs
from tingsu.core.remedy_facts import money

WHY: dict[str, Callable[[], str]] = {
    "early": lambda: _("还没有受理，先受理再提方案。"),
    "over": lambda: _("现在不在协商中。需要再谈，请先把这件投诉转回「协商」。"),
    "out": lambda: _("这个方案已经提给客户，正等答复。"),
    "settled": lambda: _("这个方案客户已经接受过了。"),
    "dropped": lambda: _("这个方案已经放弃了。"),
    "waiting": lambda: _("还有人没有表示同意，请先问清楚。"),
    "refused": lambda: _("有人不同意这个方案，请先改方案，或再和他商量。"),
    "beyond": lambda: _("这个方案超出了这件投诉的谈判底线。请先改方案，或调整底线。"),
}
"""Why a plan cannot be offered now: the codes of core.plans.why_not."""


def subject(case: Case) -> str:
    """The subject of the letter."""
    with override(case.language):
        return _("关于您的投诉 %(number)s：我们想这样解决") % {"number": case.number}


def body(case: Case, plan: RemedyPlan, text: str, expires_at: datetime) -> str:
    """The whole offer as the customer reads it, in the language of the case."""
    with override(case.language):
        parts = [
            text or _("关于您反映的事，我们商量了一个解决办法，请您看看："),
            "\n".join(f"· {line}" for line in lines(plan.outcome)),
            sum_words(plan.outcome, plan.goodwill),
            _("这个方案为您保留到 %(when)s。") % {"when": when(expires_at)}
            + _("您可以接受、告诉我们哪里不合适，也可以请我们和您当面或在电话里谈。"),
            _("不管您怎么选，都不影响您的其他权利，也不影响我们继续办理。"),
        ]
        return "\n\n".join(filter(None, parts))


def lines(outcome: Mapping[str, Any]) -> list[str]:
    """One line for each thing that is given, in the reader's language."""
    return [*_owed(outcome), *_gifts(outcome)]


def sum_words(outcome: Mapping[str, Any], goodwill: int) -> str:
    """合计给您 ¥500.00; "" where no money is given."""
    found = [one for one in costs(outcome["totals"], goodwill, 0) if one.worth > 0]
    if not found:
        return ""
    sums = _("，").join(money(one.worth, one.currency) for one in found)
    return _("合计给您 %(sum)s。") % {"sum": sums}


def agreed_words(outcome: Mapping[str, Any], goodwill: int) -> str:
    """What was agreed, where nobody wrote it in other words."""
    return "\n".join([*lines(outcome), *filter(None, [sum_words(outcome, goodwill)])])


def when(at: datetime) -> str:
    """2026-11-25 18:00: the weekday would need the language twice."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _owed(outcome: Mapping[str, Any]) -> Iterator[str]:
    for one in in_words(dict(outcome))["lines"]:
        source = _("（%(source)s）") % {"source": one["source"]} if one["source"] else ""
        given = f"{one['name']} {one['shown']}".strip()
        yield (_("您支付：%(what)s") % {"what": given} if one["to_pay"] else given) + source


def _gifts(outcome: Mapping[str, Any]) -> Iterator[str]:
    for one in outcome["gifts"]:
        worth = f" {money(one['fen'])}" if one["fen"] else ""
        yield f"{gives_words(one['gives'])}{worth}{_('：')}{one['words']}"
