"""Touches nothing: whose signature a step still needs, given who asks for it (审批).

A rule names roles in the order in which they sign. Whoever asks has looked already: their own
hand stands for the highest of the roles that they hold.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

KINDS = ("filing", "refusal", "extension", "remedy", "decision", "closing", "document")
HOUSES = ("company", "authority")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a kind of step needs signatures, whose, and within which time."""

    kind: str
    who: tuple[str, ...]  # roles, in the order in which they sign
    n: int
    unit: str
    above: int | None = None  # fen: only for more than this
    goodwill: bool = False  # the first of ``who`` whose limit covers the amount is enough
    only: str = ""  # one of HOUSES; "" for all
    two: bool = False  # asked by one, signed by another, whatever their roles


class TwoPersons(Exception):
    """The person holds every role that would sign, and the rule wants two persons."""


def rule_for(rules: Iterable[Rule], kind: str, *, house: str, amount: int | None) -> Rule | None:
    """The rule that asks most of the step; None when nothing is asked."""
    fitting = [
        rule
        for rule in rules
        if rule.kind == kind
        and rule.only in ("", house)
        and (rule.above is None or (amount or 0) > rule.above)
    ]
    return max(fitting, key=lambda rule: rule.above or -1, default=None)


def stages(
    rule: Rule,
    roles: Collection[str],
    *,
    amount: int | None = None,
    limits: Mapping[str, int] | None = None,
) -> tuple[str, ...]:
    """The roles that must still sign when a person of these roles asks; () for none.

    limits: role -> fen that it may give alone, for rules of goodwill.
    Raises TwoPersons.
    """
    if rule.goodwill:
        return _by_limit(rule, roles, amount or 0, limits or {})
    held = [place for place, role in enumerate(rule.who) if role in roles]
    left = rule.who[: held[-1]] + rule.who[held[-1] + 1 :] if held else rule.who
    if rule.two and not left:
        raise TwoPersons
    return left


def _by_limit(
    rule: Rule, roles: Collection[str], amount: int, limits: Mapping[str, int]
) -> tuple[str, ...]:
    if any(limits.get(role, 0) >= amount for role in roles):
        return ()
    enough = [role for role in rule.who if limits.get(role, 0) >= amount]
    # Beyond every limit the last of the ladder answers for it, if they are not the one who asks.
    return tuple(enough[:1] or [role for role in rule.who[-1:] if role not in roles])
