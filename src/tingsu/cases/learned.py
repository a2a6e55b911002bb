"""Which category a text deserves, by what the organisation's own cases taught (SC-5).

Reads one row and one file, and keeps the model for the process; asks at most once a minute whether
there is a newer one. Before the first, the pack's own examples speak.
"""

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from tingsu.cases.models import Learned
from tingsu.mind.category import Classifier, Guess
from tingsu.mind.coldstart import from_examples
from tingsu.mind.likeness import Rarity
from tingsu.packs import Pack
from tingsu.people.rulebook import case_pack, pack_of

FRESH = 60.0  # seconds for which a model is not asked after
MOST = 4  # models of one process, about ten megabytes each
SHORTEST = 4  # characters below which nothing is guessed

WORDS = ""  # stands for a pack where all packs are meant: how rare words are

Examples = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class _Kept:
    asked: float
    stored_as: str
    model: Classifier | Rarity | None


_kept: OrderedDict[tuple[UUID, str], _Kept] = OrderedDict()


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


def _trained(organisation_id: UUID, pack_id: str) -> Any:
    """The classifier of a pack or, for WORDS, what words are rare; None before there is one."""
    key = (organisation_id, pack_id)
    kept = _kept.get(key)
    if kept is None or monotonic() - kept.asked > FRESH:
        kept = _kept[key] = _asked(kept, organisation_id, pack_id)
    _kept.move_to_end(key)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return kept.model


def _asked(kept: _Kept | None, organisation_id: UUID, pack_id: str) -> _Kept:
    rows = Learned.objects.filter(organisation_id=organisation_id, pack=pack_id)
    stored_as = rows.values_list("stored_as", flat=True).first() or ""
    if kept and kept.stored_as == stored_as:
        return _Kept(monotonic(), stored_as, kept.model)
    kind = Rarity if pack_id == WORDS else Classifier
    return _Kept(monotonic(), stored_as, _read(stored_as, kind))


def _read(stored_as: str, kind: type[Classifier] | type[Rarity]) -> Classifier | Rarity | None:
    """The model, or None where there is none: a lost file is the first day again."""
    if not stored_as or not default_storage.exists(stored_as):
        return None
    with default_storage.open(stored_as) as file:
        return kind.load(file)


def forget() -> None:
    """Ask anew what was learned."""
    _kept.clear()
