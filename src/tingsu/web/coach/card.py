"""The coach's card: the technique that helps now, why it is shown, and words to say. No queries."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.sayings import house_library, library_of
from tingsu.core.wording.slots import fill
from tingsu.core.wording.technique import TAGS, Choice, Library
from tingsu.mind.reading import read
from tingsu.packs import Pack
from tingsu.people.permission import Who
from tingsu.web import spoken
from tingsu.web.case.words import language, many
from tingsu.web.coach.advice import called
from tingsu.web.coach.situations import SITUATIONS

# What the stage of now waits for -> the part of the talk that cards and sayings are for.
_PARTS: dict[str, str] = {
    **dict.fromkeys(("prepared", "recorded", "contacted", "apologised"), "contact"),
    "restated": "restate",
    **dict.fromkeys(("checked", "promised", "offered", "answered"), "reply"),
    **dict.fromkeys(
        ("agreed", "executed", "confirmed", "called_back", "thanked", "shared", "summed_up"),
        "agree",
    ),
}
_SPOKEN = frozenset({"phone", "visit"})
SMALL = 10_000  # fen
SOON = timedelta(hours=1)  # before its time a promise is to be thought of


def of(who: Who, case: Any, page: dict[str, Any], guided: Any) -> list[dict[str, Any]]:
    """The cards of a case, from what its page has read already; none once it is over."""
    if not case.open:
        return []
    due = [one.due_at for one in page["promises"] if one.state == "due"]
    when = min(due, default=case.quiet_until)
    slots = {
        "me": who.name,
        "number": case.number,
        "called": called(case.party),
        "date": spoken.when(when) if when else "",
    }
    found = situation(case, guided, page["history"], page["promises"])
    if due and min(due) <= page["now"] + SOON:
        found |= {"promise:due"}
    guessed = supposed(case) - found
    return shown(library_of(case), found | guessed, slots, guessed)


def of_call(who: Who, pack: Pack, channel: str) -> list[dict[str, Any]]:
    """The cards of a talk that has just begun."""
    found = {"stage:contact", *_channel(channel)}
    return shown(house_library(who.organisation_id, pack), found, {"me": who.name})


def situation(
    case: Any, guided: Any, history: Collection[Any], promises: Iterable[Any]
) -> frozenset[str]:
    """What is so on a case, as tags."""
    broken = any(one.state == "broken" for one in promises)
    tags = {
        "anger:upset": case.anger in (1, 2),
        "anger:angry": (case.anger or 0) >= 3,
        "anger:furious": (case.anger or 0) >= 4,
        f"state:{case.state}": True,
        "verdict:founded": case.verdict == "founded",
        "severity:major": case.severity == "major",
        "escalated": case.escalated_at is not None,
        "history:repeat": bool(history) or case.round > 1,
        "history:broken": broken,
        "amount:small": 0 < (case.amount or 0) <= SMALL,
        **dict.fromkeys(_channel(case.channel), True),
        **dict.fromkeys(_stage(guided), True),
    }
    return frozenset(tag for tag, so in tags.items() if so) | _read(case.reading)


def supposed(case: Any) -> frozenset[str]:
    """What the customer's own words say of them, until somebody confirms or corrects it."""
    if case.reading:
        return frozenset()
    told = _heard(case.narrative)
    calm = case.anger is not None  # a person has said how angry
    return frozenset(tag for tag in told if not (calm and tag.startswith("anger:")))


@lru_cache(maxsize=200)
def _heard(narrative: str) -> frozenset[str]:
    found = read(narrative)
    values = {kind: sign.code for kind, sign in found.values.items()}
    levels = {"anger:upset": found.anger in (1, 2), "anger:angry": found.anger >= 3}
    return _read(values) | {tag for tag, so in levels.items() if so}


def _read(values: Mapping[str, str]) -> frozenset[str]:
    """A reading as tags; its demand is a pattern here."""
    tags = (f"{'pattern' if kind == 'demand' else kind}:{code}" for kind, code in values.items())
    return frozenset(tags) & frozenset(TAGS)


def _stage(guided: Any) -> tuple[str, ...]:
    """Where the talk is, by the method: what the next open stages wait for (HA-1)."""
    if guided is None:
        return ()
    waits = (place.stage.shown_by for place in guided.standing.places if not place.how)
    code = next((sorted(codes)[0] for codes in waits if codes), "")
    return (f"stage:{_PARTS[code]}", f"guide:{code}") if code else ()


def _channel(channel: str) -> tuple[str, ...]:
    if channel not in _SPOKEN:
        return ("channel:written",)
    return ("channel:spoken", "channel:visit") if channel == "visit" else ("channel:spoken",)


def shown(
    library: Library,
    found: Collection[str],
    slots: dict[str, str],
    guessed: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The cards in the reader's language. guessed: what nobody has confirmed; the card says so."""
    return [_shown(choice, slots, guessed) for choice in library.choose(found)]


def _shown(choice: Choice, slots: dict[str, str], guessed: Collection[str]) -> dict[str, Any]:
    speech, one = language(), choice.technique
    return {
        "label": one.label.get(speech, one.id),
        "how": one.how.get(speech, ""),
        "why": many(_why(tag, guessed) for tag in choice.because if tag in SITUATIONS),
        "caution": one.caution.get(speech, ""),
        "sayings": [fill(say.text.get(speech, ""), slots) for say in choice.sayings[:2]],
    }


def _why(tag: str, guessed: Collection[str]) -> str:
    words = str(SITUATIONS[tag])
    return _("%(words)s（看来）") % {"words": words} if tag in guessed else words
