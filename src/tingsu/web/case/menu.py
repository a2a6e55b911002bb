"""What may be done with a case, as its menu: only what the right and the state allow. No tables."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tingsu.cases.queries.rules import banned
from tingsu.core.lifecycle import State, moves_from
from tingsu.people.permission import Can
from tingsu.web.case.step import Step
from tingsu.web.case.steps import ALL, COMPOSER

PARTS = ("people", "move", "record", "end")


@dataclass(frozen=True)
class Offer:
    """A step that is possible here and now."""

    step: Step
    url: str


def possible(step: Step, case: Any, rights: Collection[Can]) -> bool:
    """Whether this member may take this step on the case as it stands."""
    if step.right not in rights or case.anonymised_at:
        return False
    if step.ended is not None and step.ended == case.open:
        return False
    if step.name == "watch" and case.party is None:
        return False
    if step.move is None:
        return True
    return step.move in moves_from(State(case.state)) and not banned(case, step.move)


def offers(case: Any, rights: Collection[Can]) -> list[list[Offer]]:
    """The menu, part by part; empty parts are left out."""
    found = [
        [
            Offer(step, reverse(f"case_{step.name}", args=[case.id]))
            for step in ALL
            if step.menu == part and possible(step, case, rights)
        ]
        for part in PARTS
    ]
    return [part for part in found if part]


def offer(name: str, case: Any, rights: Collection[Can]) -> Offer | None:
    """One step by name, if it is possible."""
    step = next(one for one in ALL if one.name == name)
    if not possible(step, case, rights):
        return None
    return Offer(step, reverse(f"case_{name}", args=[case.id]))


def tabs(case: Any, rights: Collection[Can]) -> list[Step]:
    """The tabs of the composer."""
    return [step for step in COMPOSER if possible(step, case, rights)]
