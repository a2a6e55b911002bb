"""Touches nothing: who should take a case, with the reason (HA-13).

Every rule looks at one side of a person and gives points; the reasons are kept, so that whoever
assigns sees why. Nobody who is away is ever proposed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

LOOKS = ("received", "known", "skill", "language", "region", "shift", "load", "hard")
"""received: wrote the complaint down; known: had an earlier one of the same customer; skill: knows
the pack or the category; language, region: of the customer; shift: is at work now; load: has room;
hard: has many angry customers at the moment (points are taken away)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one look at a person is worth. must: without it the person is not proposed."""

    id: str
    look: str  # one of LOOKS
    points: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person as the rules see them."""

    id: UUID
    name: str
    skills: frozenset[str] = frozenset()  # packs, or groups and categories of them
    languages: frozenset[str] = frozenset()
    regions: tuple[str, ...] = ()
    on_shift: bool | None = None  # None: no hours are kept of this person
    away: bool = False
    load: int = 0  # open cases
    room: int = 20  # open cases that are a full desk
    hard: int = 0  # of them, those with an angry customer
    received: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the case asks for."""

    pack: str
    category: str = ""
    language: str = ""
    region: str = ""  # address, as far as it may be read


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody got points. value: what fits, or how much of it there is."""

    look: str
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A person with the points and the reasons, those that weigh most first."""

    candidate: Candidate
    points: int
    reasons: tuple[Reason, ...] = field(default=())


def ranked(rules: Sequence[Rule], candidates: Iterable[Candidate], wanted: Wanted) -> list[Scored]:
    """Who may take it, the best first; of equals who has least to do, then by name."""
    found = [_scored(rules, one, wanted) for one in candidates if _possible(rules, one, wanted)]
    return sorted(found, key=lambda one: (-one.points, one.candidate.load, one.candidate.name))


def _possible(rules: Sequence[Rule], one: Candidate, wanted: Wanted) -> bool:
    asked = [rule for rule in rules if rule.must and _asked(rule.look, one, wanted)]
    return not one.away and all(fits(rule.look, one, wanted)[0] for rule in asked)


def _asked(look: str, one: Candidate, wanted: Wanted) -> bool:
    """Whether the case or the person says anything on it at all: what is not known bars nobody."""
    told: Mapping[str, bool] = {
        "language": bool(wanted.language),
        "region": bool(wanted.region and one.regions),
        "skill": bool(one.skills),
        "shift": one.on_shift is not None,
    }
    return told.get(look, True)


def _scored(rules: Sequence[Rule], one: Candidate, wanted: Wanted) -> Scored:
    reasons = []
    for rule in rules:
        share, value = fits(rule.look, one, wanted)
        if points := round(rule.points * share):
            reasons.append(Reason(rule.look, points, value))
    reasons.sort(key=lambda reason: -abs(reason.points))
    return Scored(one, sum(reason.points for reason in reasons), tuple(reasons))


def fits(look: str, one: Candidate, wanted: Wanted) -> tuple[float, str]:
    """How much of its points a rule gives, from 0 to 1, and by what."""
    if look == "skill":
        return _skill(one.skills, wanted)
    if look == "language":
        known = wanted.language.split("-")[0]
        fit = bool(known) and any(code.split("-")[0] == known for code in one.languages)
        return float(fit), wanted.language if fit else ""
    if look == "region":
        place = next((place for place in one.regions if place and place in wanted.region), "")
        return float(bool(place)), place
    if look == "load":
        return max(0.0, 1 - one.load / max(one.room, 1)), str(one.load)
    if look == "hard":
        return float(one.hard), str(one.hard)
    plain = {"received": one.received, "known": one.known, "shift": bool(one.on_shift)}
    return float(plain[look]), ""


def _skill(skills: Collection[str], wanted: Wanted) -> tuple[float, str]:
    """The category itself counts whole, its group three quarters, the pack half."""
    group = wanted.category.partition(".")[0]
    steps = ((wanted.category, 1.0), (group, 0.75), (wanted.pack, 0.5))
    return next(((share, code) for code, share in steps if code and code in skills), (0.0, ""))
