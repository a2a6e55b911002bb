"""What a proposal keeps for ever: its lines in words, in every language. Touches translations.

A new pack or a new translation never moves what was proposed; so the words are stored with the
numbers, and nothing is worked out again when a proposal is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language, override

from tingsu.cases.remedies import Trial
from tingsu.cases.remedy_words import say, tell, tell_left
from tingsu.packs.vocabulary import LANGUAGES

GIFTS = (
    "compensation", "discount", "gift", "warranty", "repair", "replacement",
    "apology", "explanation", "visit",
)  # fmt: skip
"""What may be given beyond what is owed."""


@dataclass(frozen=True)
class Gift:
    """Something beyond what is owed. ``fen``: what it is worth to us."""

    gives: str
    fen: int
    words: str


def outcome_of(trial: Trial, gifts: Sequence[Gift]) -> dict[str, Any]:
    """The JSON of a proposal."""
    words = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = {
                "lines": [asdict(one) for one in tell(trial)],
                "left": [asdict(one) for one in tell_left(trial)],
                "set": _set_name(trial),
            }
    return {
        "words": words,
        "codes": [[one.rule.id, one.line.id, one.amount] for one in trial.outcome.lines],
        "totals": [[one.currency, one.owed, one.to_pay] for one in trial.outcome.totals],
        "gifts": [asdict(one) for one in gifts],
        "other_set": trial.other_set,
    }


def in_words(outcome: dict[str, Any]) -> dict[str, Any]:
    """The lines in the reader's language."""
    words: dict[str, Any] = outcome["words"]
    told: dict[str, Any] = words.get(get_language() or "", words[LANGUAGES[0]])
    return told


def _set_name(trial: Trial) -> str:
    return next((say(one.labels) for one in trial.book.sets if one.id == trial.rule_set), "")
