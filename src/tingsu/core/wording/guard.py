"""Touches nothing: marks the words of an agent that hurt, over a lexicon and weights given to it.

Guarantees and figures: docs/rules/guard.md. The lexicon comes first and always says which phrase
it saw; the learned scorer adds sentences that no phrase knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tingsu.core.wording.dated import is_dated
from tingsu.core.wording.fold import Folded, fold
from tingsu.core.wording.lexicon import Kind, Lexicon
from tingsu.core.wording.match import Hit, Matcher
from tingsu.core.wording.scope import meant
from tingsu.core.wording.scorer import Scorer

LONGEST = 8000  # characters looked at; no message to a customer is longer


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that hurt: where, which way, how bad, and the phrase that was seen ("" if learned)."""

    start: int
    end: int
    kind: str
    grade: str
    phrase: str = ""


class Guard:
    """A lexicon and a scorer made ready. Building takes some milliseconds; keep it."""

    def __init__(self, lexicon: Lexicon, scorer: Scorer | None = None) -> None:
        self.lexicon = lexicon
        self._matcher = Matcher(lexicon)
        self._scorer = scorer
        self._better = {phrase.id: phrase.better for phrase in lexicon.phrases}
        self._unless = {
            p.id: tuple(fold(word).text for word in p.unless) for p in lexicon.phrases if p.unless
        }

    def marks(self, text: str) -> list[Mark]:
        """All words that hurt, in order of place, none over another."""
        folded = fold(text[:LONGEST])
        hits = self._matcher.hits(folded)
        meant_hits = [hit for hit in hits if self._counts(hit, folded)]
        excused = [hit for hit in hits if hit not in meant_hits]
        found = [self._mark(hit, folded) for hit in meant_hits]
        if self._scorer is not None:
            found += self._learned(folded, found, excused)
        return _apart(found)

    def kind(self, mark: Mark) -> Kind:
        """The kind of a mark, with its words."""
        return self.lexicon.kinds[mark.kind]

    def better(self, mark: Mark) -> Mapping[str, str]:
        """The better wording of a mark by language: its phrase's own, else its kind's."""
        return self._better.get(mark.phrase) or self.kind(mark).better

    def _counts(self, hit: Hit, folded: Folded) -> bool:
        first, last = folded.sentence_of(hit.start)
        sentence = folded.text[first:last]
        if any(word in sentence for word in self._unless.get(hit.phrase.id, ())):
            return False
        if hit.phrase.undated and is_dated(_typed(folded, first, last)):
            return False
        return meant(hit, folded)

    def _mark(self, hit: Hit, folded: Folded) -> Mark:
        grade = hit.phrase.grade or self.lexicon.kinds[hit.phrase.kind].grade
        return Mark(*folded.span(hit.start, hit.end), hit.phrase.kind, grade, hit.phrase.id)

    def _learned(self, folded: Folded, found: Sequence[Mark], excused: Sequence[Hit]) -> list[Mark]:
        """Sentences that no phrase knows, but that look like those that hurt."""
        marks = []
        for first, last in folded.sentences:
            start, end = folded.span(first, last)
            if any(mark.start < end and start < mark.end for mark in found):
                continue
            spared = any(first <= hit.start < last for hit in excused)
            kind = self._scorer.judge(folded, first, last, spared=spared) if self._scorer else ""
            if kind in self.lexicon.kinds:
                marks.append(Mark(start, end, kind, "warn"))
        return marks


def _typed(folded: Folded, first: int, last: int) -> str:
    start, end = folded.span(first, last)
    return folded.source[start:end]


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """In order; of those that overlap the worse, then the longer."""
    ranked = sorted(marks, key=lambda m: (m.grade != "forbidden", m.start - m.end, m.start))
    kept: list[Mark] = []
    for mark in ranked:
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)
