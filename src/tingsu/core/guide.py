"""Mood before matter: which talk this is, what a case shows, which stage comes next (HA-1).

Standard library only; the stages come from a pack. Rules: docs/rules/guide.md.

    standing(method.stages, evidence(seen), ticked).now
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

ANGRY = 3  # from here on the anger decides the method, whatever the talk is about

# What an entry of the timeline shows, by its kind. A kind that is not here shows nothing.
BY_KIND: Mapping[str, str] = {
    "customer_read": "prepared",
    "linked": "prepared",
    "merged_here": "prepared",
    "told_apart": "prepared",
    "issue_found": "checked",
    "inquiry_done": "checked",
    "task_answered": "checked",
    "task_accepted": "checked",
    "promised": "promised",
    "remedy_proposed": "offered",
    "plan_offered": "offered",
    "agreement_put_up": "offered",
    "offer_accepted": "agreed",
    "agreed": "agreed",
    "decided": "checked",
    "customer_confirmed": "agreed",
    "remedy_done": "executed",
    "performed": "executed",
    "callback_done": "called_back",
    "task_asked": "shared",
    "escalated": "shared",
    "instructed": "shared",
    "solution_written": "summed_up",
}
# What it shows to have come to a state, and to have left one.
BY_STATE: Mapping[str, tuple[str, ...]] = {
    "negotiating": ("checked",),
    "mediating": ("checked",),
    "deciding": ("checked",),
    "executing": ("checked", "offered", "agreed"),
    "confirming": ("checked", "answered"),
}


class Staged(Protocol):
    """A stage as a method has it."""

    @property
    def code(self) -> str: ...
    @property
    def mood(self) -> bool: ...
    @property
    def shown_by(self) -> Collection[str]: ...


S = TypeVar("S", bound=Staged)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a case says of its present round. kinds: of its entries; states: it has come to; said:
    what was found in our own words (sorry, feeling, thanks)."""

    recorded: bool = False
    contacted: bool = False
    restated: bool = False
    confirmed: bool = False
    answered: bool = False
    kinds: Collection[str] = ()
    states: Collection[str] = ()
    said: Collection[str] = ()


def occasions(*, anger: int, channel: str, nature: str) -> tuple[str, ...]:
    """The kinds of talk that this is, the most telling first."""
    found = {
        "angry": anger >= ANGRY,
        "asking": nature == "communicative",
        "visit": channel == "visit",
        "always": True,
    }
    return tuple(name for name, so in found.items() if so)


def evidence(seen: Seen) -> frozenset[str]:
    """All that the case shows to be done, as packs name it (``packs.guide.SHOWN``)."""
    plain = {
        "recorded": seen.recorded,
        # Nobody agrees with a summary, a result or a solution without having been spoken with.
        "contacted": seen.contacted or seen.restated or seen.confirmed,
        "restated": seen.restated,
        "answered": seen.answered,
        "confirmed": seen.confirmed,
        "agreed": seen.confirmed,
        "apologised": not {"sorry", "feeling"}.isdisjoint(seen.said),
        "thanked": "thanks" in seen.said,
    }
    found = {code for code, so in plain.items() if so}
    found |= {BY_KIND[kind] for kind in seen.kinds if kind in BY_KIND}
    for state in seen.states:
        found.update(BY_STATE.get(state, ()))
    if {"executing", "confirming"} <= set(seen.states):
        found.add("executed")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Place(Generic[S]):
    """A stage and how it stands. how: shown (by the case), ticked (by a person), passed (nothing
    could show it, and the talk has gone on), "" where it is open."""

    stage: S
    how: str
    now: bool

    @property
    def status(self) -> str:
        """done | now | later."""
        return "done" if self.how else "now" if self.now else "later"


@dataclass(frozen=True, slots=True)
class Standing(Generic[S]):
    """A method on a case. now: the stage to be at; ahead: a stage of the matter that was reached
    although the mood is still open."""

    places: tuple[Place[S], ...]
    now: S | None
    ahead: S | None

    @property
    def mood_open(self) -> S | None:
        """The stage of the mood that is to be done first."""
        return self.now if self.now is not None and self.now.mood else None


def standing(
    stages: Sequence[S], shown: Collection[str], ticked: Collection[str] = ()
) -> Standing[S]:
    """How the stages stand. ticked: codes of those that a person ticked."""
    hows = [_how(stage, shown, ticked) for stage in stages]
    for at, stage in enumerate(stages):
        later = any(hows[n] and stages[n].mood == stage.mood for n in range(at + 1, len(stages)))
        if not hows[at] and not stage.shown_by and later:
            hows[at] = "passed"
    now = next((stage for stage, how in zip(stages, hows, strict=True) if not how), None)
    reached = [s for s, how in zip(stages, hows, strict=True) if how and not s.mood]
    return Standing(
        tuple(Place(s, how, s is now) for s, how in zip(stages, hows, strict=True)),
        now,
        reached[-1] if reached and now is not None and now.mood else None,
    )


def _how(stage: Staged, shown: Collection[str], ticked: Collection[str]) -> str:
    if any(code in shown for code in stage.shown_by):
        return "shown"
    return "ticked" if stage.code in ticked else ""
