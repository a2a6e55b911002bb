"""A matter of which suddenly many complain, or of which more complain than chance allows (IM-3).

Like complaints are grouped, people are counted and not letters, and each group is measured against
what a matter of this house usually gathers and against its own past. Touches nothing. Rules and
figures: docs/rules/surge.md.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import lgamma, log

from tingsu.mind.likeness import Rarity, groups, likeness, tokens, weighed

WINDOWS = (3, 7, 30, 90, 365)  # days that are looked back
WEEK = 7  # days after which somebody who complains again counts again
FEWEST = 5  # people below whom nothing is a surge
CHANCE = 0.01  # how often a look may give an alarm for nothing, over all matters
TOGETHER = 0.07  # likeness of members to each other below which a group is a chain of chance
READ = 30  # members that are compared with each other
WORDS = 5
APART = 50  # times more often in the group than outside: what a word of the matter is


@dataclass(frozen=True)
class Told:
    """One complaint: what was said, on which day (a running number), by whom."""

    text: str
    day: int
    who: str


@dataclass(frozen=True)
class Surge:
    """A group that grew beyond chance: its members' places, oldest first; within how many days so
    many people; how many would have been usual."""

    members: tuple[int, ...]
    days: int
    people: int
    usual: float
    words: tuple[str, ...]


def surges(told: Sequence[Told], rarity: Rarity, today: int) -> list[Surge]:
    """What stands out today, the most surprising first. told: oldest first."""
    found = groups([one.text for one in told], rarity)
    matters = len(told) - sum(map(len, found)) + len(found)
    alive = {days: _alive(told, found, today, days) for days in WINDOWS}
    alarms = []
    for members in found:
        seen = [_seen(told, members, today, days, alive[days]) for days in WINDOWS]
        chance, days, people, expected = min(seen)
        texts = [told[at].text for at in members]
        if chance + log(matters) < log(CHANCE) and _together(texts, rarity) >= TOGETHER:
            alarms.append((chance, Surge(tuple(members), days, people, expected, ())))
    spoken = _spoken(one.text for one in told) if alarms else Counter()
    return [
        replace(alarm, words=_words([told[at].text for at in alarm.members], spoken, len(told)))
        for _chance, alarm in sorted(alarms, key=lambda one: one[0])
    ]


def at_least(count: int, expected: float) -> float:
    """The logarithm of the chance of so many or more where so many are expected (Poisson)."""
    if count <= 0:
        return 0.0
    first = count * log(expected) - expected - lgamma(count + 1)
    if count <= expected:
        return 0.0
    # What follows shrinks at least as fast as a geometric series.
    return min(0.0, first - log(1 - expected / (count + 1)))


def _seen(
    told: Sequence[Told], members: Sequence[int], today: int, days: int, alive: tuple[int, int]
) -> tuple[float, int, int, float]:
    """Of one group and window: chance (as a logarithm), days, people, what was to be expected:
    what the other matters of these days gather, or what this one did before."""
    within = [told[at] for at in members if told[at].day > today - days]
    people, count, (gathered, matters) = len({one.who for one in within}), _count(within), alive
    usual = (gathered - count) / (matters - 1) if matters > 1 else 1.0
    if people < FEWEST:
        return 0.0, days, people, usual
    before = _count(told[at] for at in members if told[at].day <= today - days)
    past = today - days - told[0].day
    expected = max(usual, before * days / past if past >= days else 0.0)
    return at_least(count, expected), days, people, expected


def _alive(
    told: Sequence[Told], found: Sequence[Sequence[int]], today: int, days: int
) -> tuple[int, int]:
    """How much was told in the window, and of how many matters."""
    within = [one.day > today - days for one in told]
    grouped = {at for members in found for at in members}
    alone = sum(fresh and at not in grouped for at, fresh in enumerate(within))
    sizes = [_count(told[at] for at in members if within[at]) for members in found]
    return alone + sum(sizes), alone + sum(size > 0 for size in sizes)


def _together(texts: Sequence[str], rarity: Rarity) -> float:
    """How like the members are to each other on average, of thirty spread over all."""
    some = [weighed(text, rarity) for text in texts[:: max(1, len(texts) // READ)]]
    pairs = [likeness(one, other) for at, one in enumerate(some) for other in some[:at]]
    return sum(pairs) / len(pairs)


def _count(told: Iterable[Told]) -> int:
    """People, each once a week: who repeats themselves within days is one."""
    return len({(one.who, one.day // WEEK) for one in told})


def _spoken(texts: Iterable[str]) -> Counter[str]:
    return Counter(token for text in texts for token in set(tokens(text)))


def _words(texts: Sequence[str], spoken: Counter[str], total: int) -> tuple[str, ...]:
    """What at least half of them speak of and hardly anybody else: the longest stretches."""
    inside = _spoken(texts)
    outside = max(total - len(texts), 1)
    common = {
        token
        for token, times in inside.items()
        if times * 2 >= len(texts)
        and times / len(texts) >= APART * (spoken[token] - times) / outside
    }
    read = texts[-READ:]
    stretches = Counter(one for text in read for one in set(_stretches(tokens(text), common)))
    often = [words for words, times in stretches.most_common() if times * 4 >= len(read)]
    longest = [one for one in often if not any(one in other for other in often if one != other)]
    return tuple(longest[:WORDS])


def _stretches(told: Sequence[str], common: set[str]) -> list[str]:
    """Runs of common pairs, each one running into the next: 伊景 景园 becomes 伊景园."""
    found, run = [], ""
    for token in told:
        if token in common and run and run[-1] == token[0]:
            run += token[1:]
            continue
        if run:
            found.append(run)
        run = token if token in common else ""
    return [*found, run] if run else found
