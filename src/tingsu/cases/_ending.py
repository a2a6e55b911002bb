"""What ends of a case share: what the pack says, what is void once it is over. Reads packs, rows.

Builds rows and effects, writes nothing.
"""

from datetime import date, datetime

from tingsu.cases._clocks import Effect
from tingsu.cases._read import rows_of
from tingsu.cases._update import changing, update
from tingsu.cases.models import (
    Agreement,
    Case,
    CheckAsked,
    Mediation,
    Obligation,
    Signing,
)
from tingsu.core import clock as clocks
from tingsu.core.clock import Span
from tingsu.core.ending import NoAnswer
from tingsu.packs import calendar_of
from tingsu.packs.ending import ENDING, Ending, Said
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack


def book_of(case: Case) -> tuple[Ending, date]:
    """What the case's pack says of endings, and the day whose rules hold."""
    pack = case_pack(case)
    return ENDING.of(pack), calendar_of(pack).day_of(case.received_at)


def ground_of(case: Case, move: str, ground: str) -> Said | None:
    """A ground by its id, None where it is none of the pack's."""
    book, on = book_of(case)
    return next((one for one in book.grounds(move, on) if one.id == ground), None)


def grounds(case: Case, move: str) -> list[Said]:
    """The grounds that the pack names for a step."""
    book, on = book_of(case)
    return book.grounds(move, on)


def after(case: Case, span: Span, at: datetime) -> datetime:
    """The instant a span of the pack's calendar later."""
    rule = clocks.ClockRule("ending", "agreed", span.n, span.unit, date.min)
    return clocks.start(rule, at, calendar_of(case_pack(case))).due_at


def time_for(case: Case, gives: str, at: datetime) -> datetime:
    """By when something is to be done, where nobody says otherwise."""
    book, on = book_of(case)
    return after(case, book.time_for(gives, on), at)


def no_answer(case: Case) -> NoAnswer | None:
    """What the pack says of a customer who does not answer."""
    book, on = book_of(case)
    return book.no_answer(on)


def check_asked(case: Case, at: datetime) -> list[CheckAsked]:
    """The row of this time that the customer is asked whether it is right."""
    rule = no_answer(case)
    if rule is None:
        return []
    until = after(case, Span(rule.n, rule.unit), at)
    return [CheckAsked(id=new_id(), case_id=case.id, round=case.round, asked_at=at, until=until)]


def check_ended(case: Case, state: str) -> Effect:
    """The customer answered, or the case stands elsewhere: nobody waits for it any more."""
    return changing(CheckAsked, {"state": state}, case_id=case.id, state="waiting")


def asked_so_far(case: Case) -> list[CheckAsked]:
    """How often the customer was asked in this round since the last answer, oldest first."""
    rows = rows_of(CheckAsked, case_id=case.id, round=case.round, state=("waiting", "silent"))
    return sorted(rows, key=lambda row: row.asked_at)


def all_over(case: Case, at: datetime) -> Effect:
    """The case is over: what was still to be signed, talked over or done is void. A closing finds
    nothing of it, because nothing may be open then."""

    def end() -> None:
        over = {"state": "void", "ended_at": at}
        update(Obligation, over, case_id=case.id, state=("open", "refused"))
        update(Mediation, over, case_id=case.id, state="open")
        update(Agreement, {"state": "void"}, case_id=case.id, state=("draft", "signing"))
        gone = {"state": "withdrawn", "ended_at": at}
        update(Signing, gone, case_id=case.id, state="waiting")

    return end
