"""A note for the house (private) on a case; anything may be noted at any time."""

from datetime import datetime

from tingsu.cases._machine import noted
from tingsu.cases._rules import text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case
from tingsu.people.actor import Actor


def note(
    case: Case, by: Actor, at: datetime, *, text: str, machine: str = "", key: str | None = None
) -> Written:
    """Write a private note. Raises Invalid when it is empty or too long. machine: what of a
    language model it is (summary, transcript); then it says so."""
    said = text_of(noted(machine, text) if machine else text, "text")
    entry = Entry("note", said, {"machine": machine} if machine else {})
    return write(case, by, at, lambda _case: Plan([entry]), key=key)
