"""The formula of a line with its numbers, way by way, in the reader's language. Touches nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tingsu import packs
from tingsu.cases.remedies import Trial
from tingsu.core.remedy import Base, Owed
from tingsu.core.remedy_facts import money, percent
from tingsu.core.remedy_ways import (
    Agreed,
    ByDistance,
    Gap,
    Prorata,
    Right,
    Share,
    Stepped,
    UseFee,
    Whole,
    amount,
    ratio,
)


def formula(trial: Trial, one: Owed) -> str:
    """How the amount was reached: （合同金额 ¥4,980.00 − 实际花费 ¥4,000.00）× 20%."""
    return _FORMULAS[type(one.line.way)](_Sum(trial, one), one.line.way)


def quantity(trial: Trial, one: Owed) -> str:
    """How much of what is no money: 4 天."""
    way = one.line.way
    return _days(way.lasts(_Sum(trial, one).facts)) if isinstance(way, Right) and way.days else ""


def plain(trial: Trial, one: Owed) -> bool:
    """Whether it is one fact as it is, with nothing to work out."""
    way = one.line.way
    return isinstance(way, Whole) and len(_Sum(trial, one).terms(way.base)) == 1


class _Sum:
    """The facts of one line, and how they are written."""

    def __init__(self, trial: Trial, one: Owed) -> None:
        self.known, self.currency = trial.book.facts, one.rule.currency
        blanks = {n: f.blank for n, f in trial.book.facts.items() if f.blank is not None}
        self.facts: Mapping[str, Any] = {**blanks, **trial.facts}

    def name(self, fact: str) -> str:
        """What it is called."""
        return packs.say(self.known[fact].labels, get_language() or "zh-hans")

    def of(self, fact: str) -> str:
        """Name and number: 门票 ¥180.00, 延误天数 3."""
        return f"{self.name(fact)} {self.number(fact)}"

    def number(self, fact: str) -> str:
        """The number alone, with its unit."""
        value = amount(self.facts, fact)
        unit = self.known[fact].unit
        if unit == "money":
            return money(value, self.currency)
        if unit == "rate":
            return percent(ratio(self.facts, fact))
        units = {"days": _days, "hours": _hours, "count": _times, "km": _km}
        return units.get(unit, str)(value)

    def base(self, base: Base, *, alone: bool = False) -> str:
        """Facts added and taken off; in brackets where something is done with them. What is
        nought and may be left empty is not written."""
        terms = self.terms(base)
        added = [self.of(fact) for fact in terms if fact in base.of] or [self.of(base.of[0])]
        words = " + ".join(added)
        words += "".join(f" − {self.of(fact)}" for fact in terms if fact in base.less)
        return _("（%(sum)s）") % {"sum": words} if len(terms) > 1 and not alone else words

    def terms(self, base: Base) -> list[str]:
        """The facts that are written."""
        return [f for f in base.facts if self.facts[f] or self.known[f].blank is None]


def _days(n: int) -> str:
    return ngettext("%(n)s 天", "%(n)s 天", n) % {"n": f"{n:,}"}


def _hours(n: int) -> str:
    return ngettext("%(n)s 小时", "%(n)s 小时", n) % {"n": f"{n:,}"}


def _times(n: int) -> str:
    return f"{n:,}"


def _km(n: int) -> str:
    return _("%(n)s 公里") % {"n": f"{n:,}"}


def _whole(sums: _Sum, way: Whole) -> str:
    return sums.base(way.base, alone=True)


def _share(sums: _Sum, way: Share) -> str:
    return " × ".join((sums.base(way.base), percent(way.rate), *map(sums.of, way.per)))


def _agreed(sums: _Sum, way: Agreed) -> str:
    return " × ".join((sums.base(way.base), sums.of(way.rate), *map(sums.of, way.per)))


def _stepped(sums: _Sum, way: Stepped) -> str:
    rate = percent(way.step(sums.facts).rate)
    because = _("（%(fact)s）") % {"fact": sums.of(way.by)}
    return f"{sums.base(way.base)} × {rate}{because}"


def _gap(sums: _Sum, way: Gap) -> str:
    return f"{sums.of(way.paid)} − {sums.of(way.other)} × {percent(1 + way.margin)}"


def _use_fee(sums: _Sum, way: UseFee) -> str:
    return f"{sums.of(way.price)} × {sums.number(way.km)} ÷ 1000 × {sums.of(way.rate)}"


def _distance(sums: _Sum, way: ByDistance) -> str:
    fixed = money(way.zone(sums.facts).sum, sums.currency)
    parts = [fixed, sums.of(way.per)]
    if way.lessened(sums.facts):
        parts.insert(1, percent(1 - way.reduced))
    because = _("（%(fact)s）") % {"fact": sums.of(way.km)}
    return " × ".join(parts) + because


def _prorata(sums: _Sum, way: Prorata) -> str:
    whole = sums.of(way.whole)
    if way.scale > 1:
        whole = _("（%(sum)s）") % {"sum": f"{whole} × {way.scale}"}
    return f"{sums.base(way.base)} × {sums.of(way.part)} ÷ {whole}"


def _right(_sums: _Sum, _way: Right) -> str:
    return ""


_FORMULAS: Mapping[type, Callable[[_Sum, Any], str]] = {
    Whole: _whole,
    Share: _share,
    Agreed: _agreed,
    Stepped: _stepped,
    Gap: _gap,
    UseFee: _use_fee,
    ByDistance: _distance,
    Prorata: _prorata,
    Right: _right,
}
