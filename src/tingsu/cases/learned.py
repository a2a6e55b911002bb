"""What an organisation's own cases taught: categories, rare words, how customers are (SC-5, CO-4).

Reads one row and one file, and keeps the model for the process; asks at most once a minute whether
there is a newer one. Before the first, the pack's own examples speak.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from time import monotonic
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from tingsu.cases.models import Learned
from tingsu.mind.category import Classifier, Guess
from tingsu.mind.coldstart import from_examples
from tingsu.mind.likeness import Rarity
from tingsu.mind.reading import KINDS, Reading, Sign, read
from tingsu.packs import Pack
from tingsu.people.rulebook import case_pack, pack_of

FRESH = 60.0  # seconds for which a model is not asked after
MOST = 6  # models of one process, a few megabytes each
SHORTEST = 4  # characters below which nothing is guessed

WORDS = ""  # stands for a pack where all packs are meant: how rare words are

READ = "read."  # stands before a kind of reading: what its corrections taught

Examples = tuple[tuple[str, tuple[str, ...]], ...]


_listed: dict[UUID, tuple[float, Mapping[str, str]]] = {}


def guesses(organisation_id: UUID, pack_id: str, text: str) -> list[Guess]:
    """The likeliest categories of a text, best first, at most three; none when unsure."""
    if len(text.strip()) < SHORTEST:
        return []
    pack = pack_of(organisation_id, pack_id)
    model: Classifier = _trained(organisation_id, pack_id) or _first_day(examples(pack))
    return [one for one in model.guesses(text) if one.label in pack.categories]


def guesses_for(case: Any) -> list[Guess]:
    """The same for a case that has no category yet."""
    return (
        []
        if case.category or not case.open
        else guesses(case.organisation_id, case.pack, text_of(case))
    )


def rarity(organisation_id: UUID, pack_id: str) -> Rarity:
    """How rare words are in what this organisation is told; at first, in what the pack says."""
    learned: Rarity | None = _trained(organisation_id, WORDS)
    return learned or _first_words(examples(pack_of(organisation_id, pack_id)))


def listened(organisation_id: UUID, text: str) -> Reading:
    """A customer read from their words, by the lexicon and by what people here corrected (CO-4)."""
    found = read(text)
    values = dict(found.values)
    for kind in KINDS:
        model: Classifier | None = _trained(organisation_id, READ + kind)
        best = model.guesses(text, 1) if model else []
        if best and (kind not in values or values[kind].code != best[0].label):
            values[kind] = Sign(best[0].label, round(best[0].confidence, 2), ())
    return replace(found, values=values)


def named(case: Any, found: list[Guess], language: str) -> list[tuple[str, str, str]]:
    """Code, label and percentage of each guess, as they are shown."""
    pack = case_pack(case)
    return [
        (one.label, pack.category_label(one.label, language), f"{one.confidence:.0%}")
        for one in found
    ]


def text_of(case: Any) -> str:
    """What of a case says what it is about."""
    return "\n".join(filter(None, (case.title, case.narrative, case.request, case.product)))


@lru_cache(maxsize=64)
def examples(pack: Pack) -> Examples:
    """The words that a pack has for each category: its name, its group's name, its examples."""
    heads = {one.code: one.label() for one in pack.categories.values()}
    return tuple(
        (one.code, (one.label(), heads.get(one.group, ""), *one.examples))
        for one in pack.categories.values()
        if not one.is_group
    )


@lru_cache(maxsize=MOST)
def _first_day(known: Examples) -> Classifier:
    return from_examples(dict(known))


@lru_cache(maxsize=MOST)
def _first_words(known: Examples) -> Rarity:
    return Rarity.learn(text for _code, texts in known for text in texts)


def _trained(organisation_id: UUID, what: str) -> Any:
    """The model of a pack or of a kind of reading or, for WORDS, what words are rare; None before
    there is one."""
    stored_as = _stored(organisation_id).get(what)
    try:
        return _read(stored_as, Rarity if what == WORDS else Classifier) if stored_as else None
    except OSError:  # the storage is away for a moment: receiving goes on without advice
        return None


def _stored(organisation_id: UUID) -> Mapping[str, str]:
    """Where the models of an organisation lie, as of a minute ago."""
    asked, found = _listed.get(organisation_id, (0.0, {}))
    if not asked or monotonic() - asked > FRESH:
        rows = Learned.objects.filter(organisation_id=organisation_id)
        found = dict(rows.values_list("pack", "stored_as"))
        _listed[organisation_id] = (monotonic(), found)
    return found


@lru_cache(maxsize=MOST)
def _read(stored_as: str, kind: type[Classifier] | type[Rarity]) -> Classifier | Rarity | None:
    """The model, or None where its file was lost: then it is the first day again. A file never
    changes; what is learned anew has another name."""
    if not default_storage.exists(stored_as):
        return None
    with default_storage.open(stored_as) as file:
        return kind.load(file)


def forget() -> None:
    """Ask anew what was learned."""
    _listed.clear()
