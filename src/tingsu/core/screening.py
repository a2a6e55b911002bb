"""Touches nothing: first review (初审), from the answers to the check list to what may follow.

Items come from packs, each of one kind of a closed set, each worded as a condition: yes means that
it is met. Where the file of a case answers an item, the answer is derived here; a person may
always say otherwise, and only a person's no can refuse.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an item asks about. The values stand in packs and are stored with the answers."""

    JURISDICTION = "jurisdiction"
    SCOPE = "scope"
    CONSUMER = "consumer"
    DIRECT_INTEREST = "direct_interest"
    RESPONDENT = "identified_respondent"
    REQUEST = "concrete_request"
    FORM = "complete_form"
    EVIDENCE = "evidence"
    MANDATE = "mandate"
    IDENTITY = "identity"
    TIME_BAR = "time_bar"
    COURT = "court_or_arbitration"
    HANDLED = "already_handled"
    BUSINESS_FIRST = "business_first"
    REPRESENTATIVES = "representatives"
    OTHER = "other"


class Answer(StrEnum):
    """What is known of an item."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What an answer leads to."""

    REFUSE = "refuse"
    TRANSFER = "transfer"
    REFER = "refer"
    COMPLETE = "complete"  # the complainant is asked for it
    ASK = "ask"  # to be found out before anything is decided
    NOTE = "note"  # shown, decides nothing


class Outcome(StrEnum):
    """What first review ends with; the values are those of ``lifecycle.Move``."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    REFER = "refer"
    COMPLETE = "ask_complete"


# No answer that is missing refuses anything; `tingsu pack check` holds packs to it.
OF_UNKNOWN = (Effect.COMPLETE, Effect.ASK, Effect.NOTE)
_LEADS: Mapping[Effect, Outcome] = {
    Effect.REFUSE: Outcome.REFUSE,
    Effect.TRANSFER: Outcome.TRANSFER,
    Effect.REFER: Outcome.REFER,
    Effect.COMPLETE: Outcome.COMPLETE,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One condition. ``no`` and ``unknown``: what follows from the answer."""

    code: str
    kind: Kind
    no: Effect
    unknown: Effect = Effect.NOTE
    clocks: tuple[str, ...] = ()  # time bars: the first that is in force counts


@dataclass(frozen=True)
class Known:
    """What the file of a case says already. Counts are numbers of rows."""

    named: bool  # the complainant gave a name
    reachable: bool  # a way to answer them is known
    respondent: str
    request: str
    narrative: str
    files: int
    repeats: int = 0  # other complaints that were tied to this one as the same matter
    people: int = 1  # who complain together
    representatives: int = 0
    fits_joint: bool = True  # as many representatives as the rule wants


@dataclass(frozen=True)
class Found:
    """An answer and the fact behind it: the fact's code, and its own words where it has some."""

    answer: Answer
    fact: str
    value: str = ""


@dataclass(frozen=True)
class Proposal:
    """What follows from the answers. ``outcome`` is None while something must be found out first.

    Codes of items: ``grounds`` for the outcome, ``asks`` what is missing or to be found out,
    ``notes`` what is shown and decides nothing.
    """

    outcome: Outcome | None
    grounds: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


NOTHING = Found(Answer.UNKNOWN, "")


def derived(item: Item, known: Known) -> Found:
    """What the file answers by itself. A gap in the file never refuses: where a no would, it stays
    unknown until a person says so."""
    found = _FROM_FILE[item.kind](known) if item.kind in _FROM_FILE else NOTHING
    return cautious(item, found)


def cautious(item: Item, found: Found) -> Found:
    """A derived no that would refuse becomes unknown, with its fact still shown."""
    if found.answer is Answer.NO and item.no is Effect.REFUSE:
        return Found(Answer.UNKNOWN, found.fact, found.value)
    return found


def propose(items: Iterable[Item], answers: Mapping[str, Answer]) -> Proposal:
    """The outcome that the answers lead to. Refusal stands before everything, for it would be
    unkind to ask for papers first; then handing over, then what is missing."""
    led: dict[Effect, list[str]] = {effect: [] for effect in Effect}
    for item in items:
        answer = answers.get(item.code, Answer.UNKNOWN)
        if answer is not Answer.YES:
            led[item.no if answer is Answer.NO else item.unknown].append(item.code)
    asks = (*led[Effect.COMPLETE], *led[Effect.ASK])
    notes = tuple(led[Effect.NOTE])
    for effect in (Effect.REFUSE, Effect.TRANSFER, Effect.REFER, Effect.COMPLETE):
        if led[effect]:
            return Proposal(_LEADS[effect], tuple(led[effect]), asks, notes)
    return Proposal(None if led[Effect.ASK] else Outcome.ACCEPT, (), asks, notes)


def possible(
    items: Collection[Item], answers: Mapping[str, Answer], allowed: Collection[Outcome]
) -> tuple[Outcome, ...]:
    """The outcomes that a person may choose with these answers, of those that the pack has.

    Never against a ground: no acceptance while one stands, no refusal and no hand-over without.
    """
    led = {item.no for item in items if answers.get(item.code, Answer.UNKNOWN) is Answer.NO} - {
        Effect.NOTE
    }
    found = {outcome for outcome in allowed if outcome in _with(led)}
    proposal = propose(items, answers)
    if proposal.outcome is None:
        found.discard(Outcome.ACCEPT)
    return tuple(outcome for outcome in Outcome if outcome in found)


def _with(led: set[Effect]) -> set[Outcome]:
    if Effect.REFUSE in led:
        return {Outcome.REFUSE}
    found = {Outcome.COMPLETE, Outcome.REFER}
    if Effect.TRANSFER in led:
        return found | {Outcome.TRANSFER}
    if Effect.REFER in led or Effect.COMPLETE in led:
        return found
    return found | {Outcome.ACCEPT}


def _respondent(known: Known) -> Found:
    text = known.respondent.strip()
    return Found(Answer.YES, "respondent", text) if text else Found(Answer.NO, "no_respondent")


def _request(known: Known) -> Found:
    """A wish and what happened: both, or it is not concrete."""
    if known.request.strip() and known.narrative.strip():
        return Found(Answer.YES, "request", known.request.strip())
    return Found(Answer.NO, "no_request" if known.narrative.strip() else "no_narrative")


def _form(known: Known) -> Found:
    if known.named and known.reachable:
        return Found(Answer.YES, "form")
    return Found(Answer.NO, "no_name" if known.reachable else "no_contact")


def _evidence(known: Known) -> Found:
    """No file is no proof that there is no evidence."""
    if known.files:
        return Found(Answer.YES, "files", str(known.files))
    return Found(Answer.UNKNOWN, "no_files")


def _handled(known: Known) -> Found:
    """A repeat is shown and never refused by itself."""
    if known.repeats:
        return Found(Answer.UNKNOWN, "repeats", str(known.repeats))
    return Found(Answer.UNKNOWN, "no_repeats")


def _representatives(known: Known) -> Found:
    if known.people < 2:
        return Found(Answer.YES, "alone")
    told = f"{known.people}/{known.representatives}"
    return Found(Answer.YES if known.fits_joint else Answer.NO, "joint", told)


_FROM_FILE = {
    Kind.RESPONDENT: _respondent,
    Kind.REQUEST: _request,
    Kind.FORM: _form,
    Kind.EVIDENCE: _evidence,
    Kind.HANDLED: _handled,
    Kind.REPRESENTATIVES: _representatives,
}
