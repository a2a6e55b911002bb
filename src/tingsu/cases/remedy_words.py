"""Remedies in words, in the reader's language: lines with their formula and the numbers filled in.

Touches nothing but packs and translations; see `tingsu.cases.remedies` for the reckoning.

    （合同约定的金额 ¥4,980.00 − 实际花费 ¥4,000.00）× 100% = ¥980.00 · 资料004 …
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu import packs
from tingsu.cases.explain import article_words
from tingsu.cases.remedies import Trial
from tingsu.cases.remedy_formula import formula, plain, quantity
from tingsu.core.remedy import LeftOut, Owed, Reduction, Rule, Trouble
from tingsu.core.remedy_facts import money, percent


@dataclass(frozen=True)
class Told:
    """A line that is owed, as a person reads it."""

    gives: str  # a code of core.remedy.GIVES
    name: str
    situation: str
    amount: int
    shown: str  # the amount in words: ¥980.00; "" for what is no money
    formula: str
    source: str
    pays: str
    recourse: str
    notes: tuple[str, ...]
    to_pay: bool = False


@dataclass(frozen=True)
class Left:
    """A line that is not owed, and why."""

    name: str
    situation: str
    why: str


def tell(trial: Trial) -> list[Told]:
    """What is owed, line by line."""
    return [_told(trial, one) for one in trial.outcome.lines]


def tell_left(trial: Trial) -> list[Left]:
    """What is not owed, and why not."""
    return [
        Left(_name(one), say(one.rule.labels), _why_left(trial, one))
        for one in trial.outcome.left_out
    ]


def say(labels: packs.model.Labels) -> str:
    """The words in the reader's language."""
    return packs.say(labels, get_language() or "zh-hans") if labels else ""


def source_words(rule: Rule | Reduction) -> str:
    """Where it stands: 消法 第55条第1款."""
    act = packs.act(rule.act) if rule.act else None
    if act is None:
        return rule.source or rule.act
    article = article_words(rule.article) if rule.article else ""
    return f"{say(act.cite)} {article}".strip()


def gives_words(gives: str) -> str:
    """The word for a kind of remedy."""
    return {
        "refund": _("退款"),
        "replacement": _("更换"),
        "repair": _("修理"),
        "substitute": _("备用"),
        "warranty": _("延长保修"),
        "discount": _("优惠"),
        "gift": _("赠送"),
        "compensation": _("赔偿"),
        "penalty": _("违约金"),
        "payment": _("客户支付"),
        "apology": _("赔礼道歉"),
        "explanation": _("书面说明"),
        "visit": _("上门走访"),
    }[gives]


def trouble_words(trial: Trial, trouble: Trouble) -> str:
    """What is missing or wrong, and what to do."""
    name = _fact_name(trial, trouble.fact)
    limit = percent(trouble.limit) if trouble.limit is not None else ""
    given = {"fact": name, "other": _fact_name(trial, trouble.other), "limit": limit}
    return _trouble(trouble.why) % given


def _trouble(why: str) -> str:
    return {
        "missing": _("还要填：%(fact)s。"),
        "negative": _("“%(fact)s”不能是负数。"),
        "too_little": _("“%(fact)s”太小了，请核对。"),
        "too_much": _("“%(fact)s”太大了，请核对。"),
        "not_a_choice": _("“%(fact)s”请从列出的选项中选择。"),
        "not_a_number": _("“%(fact)s”请只写数字，例如 1280.50。"),
        "too_fine": _("“%(fact)s”写得太细了：钱算到分，天数、次数写整数。"),
        "more_than": _("“%(fact)s”比“%(other)s”还大，请核对。"),
        "rate_low": _("“%(fact)s”不能低于 %(limit)s。"),
        "rate_high": _("“%(fact)s”不能高于 %(limit)s。"),
        "zero": _("“%(fact)s”不能是 0。"),
        "share": _("“%(fact)s”：减的比例要大于 0、不超过 100。"),
        "no_reason": _("“%(fact)s”：请写明理由。"),
    }[why]


def _fact_name(trial: Trial, name: str) -> str:
    if fact := trial.book.facts.get(name):
        return say(fact.labels)
    return next((say(one.labels) for one in trial.reductions if one.id == name), "")


def _told(trial: Trial, one: Owed) -> Told:
    rule = one.rule
    return Told(
        gives=one.line.gives,
        name=_name(one),
        situation=say(rule.labels),
        amount=one.amount,
        shown=money(one.amount, rule.currency) if one.full else quantity(trial, one),
        formula=_formula(trial, one),
        source=source_words(rule),
        pays=say(trial.book.parties.get(rule.pays, {})),
        recourse=say(trial.book.parties.get(rule.recourse, {})),
        notes=(*(say(note) for note in one.line.notes), *_review(rule)),
        to_pay=not one.pays_customer,
    )


def _formula(trial: Trial, one: Owed) -> str:
    """The whole sum: how it was reached, what limited it, what was taken off."""
    if not one.full:
        return ""
    currency = one.rule.currency
    parts = [formula(trial, one)]
    if one.limited == "floor":
        parts.append(_("不足 %(sum)s，按 %(sum)s") % {"sum": money(one.full, currency)})
    if one.limited == "cap":
        parts.append(_("最多 %(sum)s") % {"sum": money(one.full, currency)})
    for cut in one.cuts:
        given = {"ground": say(cut.reduction.labels), "rate": percent(cut.rate)}
        parts.append(_("因“%(ground)s”减 %(rate)s") % given)
    words = _("，").join(parts)
    if len(parts) == 1 and plain(trial, one):
        return words
    exact = one.exact if not one.limited else Fraction(one.full)
    equals = "=" if exact.denominator == 1 and one.amount == one.full else "≈"
    if one.cuts and one.amount * _kept(one).denominator == one.full * _kept(one).numerator:
        equals = "="
    return f"{words} {equals} {money(one.amount, currency)}"


def _kept(one: Owed) -> Fraction:
    """What the reductions leave of one."""
    left = Fraction(1)
    for cut in one.cuts:
        left *= 1 - cut.rate
    return left


def _review(rule: Rule) -> list[str]:
    return [_("待核：%(what)s") % {"what": rule.review}] if rule.review else []


def _name(one: Owed | LeftOut) -> str:
    return say(one.line.labels) or gives_words(one.line.gives)


def _why_left(trial: Trial, one: LeftOut) -> str:
    if one.need is not None:
        return _unmet(trial, one)
    if one.why == "nothing":
        return _("算下来没有金额。")
    if one.why == "waived":
        grounds = _("、").join(say(cut.reduction.labels) for cut in one.cuts)
        return _("因“%(ground)s”免除。") % {"ground": grounds}
    given = {
        "sum": money(one.amount, one.rule.currency),
        "other": say(one.instead.labels) if one.instead else "",
    }
    if one.why == "either":
        return _("两种算法取高的一种，这一种是 %(sum)s。") % given
    if one.why == "special":
        return _("已按更具体的“%(other)s”计，这一项 %(sum)s 不再加。") % given
    return _("同一损失只算一次，已按“%(other)s”计，这一项 %(sum)s 不再加。") % given


def _unmet(trial: Trial, one: LeftOut) -> str:
    need = one.need
    if need is None:
        return ""
    fact = trial.book.facts[need.fact]
    value = trial.facts.get(need.fact, fact.blank or 0)
    if fact.unit == "flag":
        words = _("要“%(fact)s”才有。") if need.value else _("因为“%(fact)s”，没有这一项。")
        return words % {"fact": say(fact.labels)}
    words = {
        "at_least": _("“%(fact)s”至少要 %(limit)s，填的是 %(value)s。"),
        "at_most": _("“%(fact)s”最多 %(limit)s，填的是 %(value)s。"),
        "more_than": _("“%(fact)s”要超过 %(limit)s，填的是 %(value)s。"),
        "less_than": _("“%(fact)s”要少于 %(limit)s，填的是 %(value)s。"),
    }[need.op]
    return words % {"fact": say(fact.labels), "limit": need.value, "value": value}
