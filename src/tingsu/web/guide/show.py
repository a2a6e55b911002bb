"""The method of a case as its page shows it: stages, what to do and ask now, who jumped ahead.
Asks no queries: all comes from what the page has read already."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tingsu.core.guide import Place
from tingsu.packs import say
from tingsu.packs.guide import Stage
from tingsu.people.directory import organisation
from tingsu.people.permission import Who
from tingsu.web.case.words import FACTS, language, many

SHOWN_LATER = 3  # stages ahead that are seen without opening the rest


@dataclass(frozen=True)
class Row:
    """A stage in the reader's language. how: shown | ticked | passed | ""; words: of the tick."""

    code: str
    name: str
    status: str
    how: str
    words: str


def of(who: Who, case: Any, found: Any) -> dict[str, Any] | None:
    """The card, or None where the pack has no method or the case is over."""
    if found is None or not case.open:
        return None
    standing, speech = found.standing, language()
    held = who.beginner and organisation(who.organisation_id).guide_binds
    rows = [_row(place, found.ticks, speech) for place in standing.places]
    later = [row for row in rows if row.status == "later"]
    return {
        "method": say(found.method.labels, speech),
        "hidden": who.guide_hidden and not held,
        "held": held and standing.mood_open is not None,
        "mood": [r for r, p in zip(rows, standing.places, strict=True) if p.stage.mood],
        "matter": [r for r, p in zip(rows, standing.places, strict=True) if not p.stage.mood],
        "folded": frozenset(row.code for row in later[SHOWN_LATER:]),
        "done": sum(row.status == "done" for row in rows),
        "count": len(rows),
        "ahead": _ahead(standing, speech),
        "now": _now(case, standing.now, speech) if standing.now else None,
    }


def _row(place: Place[Stage], ticks: dict[str, str], speech: str) -> Row:
    stage = place.stage
    return Row(
        stage.code,
        say(stage.labels, speech),
        place.status,
        place.how,
        ticks.get(stage.code, "") if place.how == "ticked" else "",
    )


def _now(case: Any, stage: Stage, speech: str) -> dict[str, Any]:
    """What to do at the stage of now: hints, questions, what is not written down yet."""
    return {
        "code": stage.code,
        "name": say(stage.labels, speech),
        "hints": [say(one, speech) for one in stage.hints],
        "questions": [say(one, speech) for one in stage.questions],
        "missing": many(str(FACTS[name]) for name in _missing(case, stage.needs)),
    }


def _missing(case: Any, names: Collection[str]) -> list[str]:
    return [name for name in names if getattr(case, name) in (None, "")]


def _ahead(standing: Any, speech: str) -> str:
    """Kind words for one who went to the matter while the mood is open, with what to do."""
    if standing.ahead is None:
        return ""
    words = _("事情已经走到「%(ahead)s」，心情这边还差「%(mood)s」。先补上这一步，后面会好谈得多。")
    return words % {
        "ahead": say(standing.ahead.labels, speech),
        "mood": say(standing.mood_open.labels, speech),
    }
