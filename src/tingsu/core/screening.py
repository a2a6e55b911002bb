"""Touches nothing: what a complaint is checked for at first review (初审), and what it shows.

Items come from packs; each is of one kind of a closed set. Where the file of the case answers an
item, the answer is derived here; a person may always say otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an item asks about. The values stand in packs and are stored with the answers."""

    JURISDICTION = "jurisdiction"
    SCOPE = "scope"
    DIRECT_INTEREST = "direct_interest"
    RESPONDENT = "identified_respondent"
    REQUEST = "concrete_request"
    FORM = "complete_form"
    EVIDENCE = "evidence"
    TIME_BAR = "time_bar"
    COURT = "court_or_arbitration"
    HANDLED = "already_handled"


class Answer(StrEnum):
    """What is known of an item."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Known:
    """What the file of a case says already. Counts are numbers of rows."""

    named: bool  # the complainant gave a name
    reachable: bool  # a way to answer them is known
    respondent: str
    request: str
    narrative: str
    files: int


@dataclass(frozen=True)
class Found:
    """An answer and the fact behind it: the fact's code, and its own words where it has some."""

    answer: Answer
    fact: str
    value: str = ""


NOTHING = Found(Answer.UNKNOWN, "")


def derived(kind: Kind, known: Known) -> Found:
    """What the file answers by itself; an item that only a person can answer stays unknown."""
    return {
        Kind.RESPONDENT: _given(known.respondent, "respondent", Answer.NO),
        Kind.REQUEST: _request(known),
        Kind.FORM: _form(known),
        Kind.EVIDENCE: _evidence(known),
    }.get(kind, NOTHING)


def all_derived(known: Known) -> Mapping[Kind, Found]:
    """Every kind with what the file says to it."""
    return {kind: derived(kind, known) for kind in Kind}


def _given(words: str, fact: str, without: Answer) -> Found:
    text = words.strip()
    return Found(Answer.YES, fact, text) if text else Found(without, f"no_{fact}")


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
