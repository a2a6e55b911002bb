"""No loss is made good twice: which of the owed lines give way. Standard library only, no I/O.

In this order: lines of one rule that are alternatives (ten times the price or three times the
loss), general rules where a special one applies, then rules that make good the same loss. The
highest stays; of equals the first in the order of ids, so that nothing hangs on the order in
which situations were chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tingsu.core.remedy_data import Group
from tingsu.core.remedy_outcome import LeftOut, Owed

Rival = tuple[str, str]
"""What competes: a line (rule id, line id), or all of a rule's lines (rule id, "")."""

Kept = tuple[list[Owed], list[LeftOut]]


def once(owed: Sequence[Owed], groups: Mapping[str, Group]) -> Kept:
    """The lines that stay, and those that give way with the rule that they give way to."""
    kept, either = _highest(owed, _either, lambda one: (one.rule.id, one.line.id))
    kept, general = _special_first(kept, groups)
    kept, group = _highest(kept, lambda one: _group(one, groups), lambda one: (one.rule.id, ""))
    left = [(one, "either", by) for one, by in either]
    left += [(one, "special", by) for one, by in general]
    left += [(one, "group", by) for one, by in group]
    return kept, [
        LeftOut(one.rule, one.line, why, amount=one.full, instead=by.rule) for one, why, by in left
    ]


def _either(one: Owed) -> str:
    return f"{one.rule.id}/{one.line.either}" if one.line.either else ""


def _group(one: Owed, groups: Mapping[str, Group]) -> str:
    group = groups.get(one.line.group)
    return group.id if group and group.together == "higher" else ""


def _highest(
    owed: Sequence[Owed], loss: Callable[[Owed], str], rival: Callable[[Owed], Rival]
) -> tuple[list[Owed], list[tuple[Owed, Owed]]]:
    """Of the rivals for one loss only the one with the highest sum stays."""
    if not any(map(loss, owed)):
        return list(owed), []
    sums: dict[str, dict[Rival, int]] = {}
    first: dict[tuple[str, Rival], Owed] = {}
    for one in owed:
        name, who = loss(one), rival(one)
        rivals = sums.setdefault(name, {})
        rivals[who] = rivals.get(who, 0) + (one.full if one.pays_customer else -one.full)
        first.setdefault((name, who), one)
    best = {name: max(sorted(rivals), key=rivals.__getitem__) for name, rivals in sums.items()}
    stays = {id(one): not loss(one) or best[loss(one)] == rival(one) for one in owed}
    return (
        [one for one in owed if stays[id(one)]],
        [(one, first[loss(one), best[loss(one)]]) for one in owed if not stays[id(one)]],
    )


def _special_first(
    owed: Iterable[Owed], groups: Mapping[str, Group]
) -> tuple[list[Owed], list[tuple[Owed, Owed]]]:
    """A general rule gives way where a special one of its group applies."""
    special: dict[str, Owed] = {}
    kept: list[Owed] = []
    left: list[tuple[Owed, Owed]] = []
    every = list(owed)
    for one in every:
        group = groups.get(one.line.group)
        if group and group.together == "special" and not one.line.general:
            special.setdefault(group.id, one)
    for one in every:
        if one.line.general and one.line.group in special:
            left.append((one, special[one.line.group]))
        else:
            kept.append(one)
    return kept, left
