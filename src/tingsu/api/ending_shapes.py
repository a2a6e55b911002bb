"""How endings are told to programs, and the lines that become owed. Reads queries."""

from typing import Any, Literal
from uuid import UUID

from ninja import Field

from tingsu.api.codes import MOST_FEN, Gives
from tingsu.api.lines import Named, named, plain, told_by
from tingsu.api.shapes import In, Instant, Out, Text, Whole
from tingsu.cases.queries import ending as queries
from tingsu.cases.queries import file
from tingsu.core.ending import Line
from tingsu.people.permission import Can, Who, may


class OwedLineIn(In):
    """One thing that becomes owed. Without a day the pack's own time counts."""

    gives: Gives
    words: Text = Field(max_length=400)
    fen: Whole = Field(0, ge=0, le=MOST_FEN)
    owed_by: Literal["house", "respondent"] = "house"
    due_at: Instant | None = None
    member: UUID | None = None


class OwedLine(Out):
    """One thing that an agreement makes owed once it is signed."""

    gives: str
    words: str
    fen: int
    owed_by: str


class AgreementOut(Out):
    """draft | signing | signed | void. The text is for those who talk with customers."""

    id: UUID
    kind: str
    state: str
    text: str
    lines: list[OwedLine]
    document_id: UUID | None
    made_at: Instant
    signed_at: Instant | None


class SessionOut(Out):
    """One meeting."""

    id: UUID
    at: Instant
    way: str
    place: str
    mediators: str
    attended: str
    complainant_said: str
    respondent_said: str
    result: str
    note: str
    next_at: Instant | None


class MediationOut(Out):
    """open | agreed | failed | void."""

    id: UUID
    state: str
    opened_at: Instant
    ended_at: Instant | None
    next_step: str
    sessions: list[SessionOut]


class DecisionOut(Out):
    """made | void. The sum in fen."""

    id: UUID
    state: str
    found: str
    reasons: str
    basis: str
    terms: str
    amount: int
    document_id: UUID | None
    made_by: Named
    made_at: Instant


class PerformanceOut(Out):
    """A part of it that was done, with what proves it. reference and who are for those who talk
    with customers."""

    id: UUID
    at: Instant
    fen: int
    reference: str
    who: str
    how: str
    file_id: UUID | None


class ObligationOut(Out):
    """What is owed: open | refused | done | waived | void. Sums in fen."""

    id: UUID
    source: str
    gives: str
    words: str
    owed_by: str
    fen: int
    done_fen: int
    cost: int
    due_at: Instant
    member: Named | None
    state: str
    ended_at: Instant | None
    done: list[PerformanceOut]


class AskedAgain(Out):
    """One time that the customer was asked whether it is right, and until when we wait."""

    state: str
    asked_at: Instant
    until: Instant


class OpenThing(Out):
    """What stands in the way of closing: owed | proposals | agreements | mediation | promises |
    tasks, and how many."""

    what: str
    many: int


class EndingsOut(Out):
    """Everything of it, the newest first; what is owed by its day, open ones first."""

    missing: list[OpenThing]
    agreements: list[AgreementOut]
    mediations: list[MediationOut]
    decisions: list[DecisionOut]
    owed: list[ObligationOut]
    extra: list[ObligationOut]
    asked: list[AskedAgain]


def line_of(told: OwedLineIn) -> Line:
    """As actions take it."""
    due = told.due_at.isoformat() if told.due_at else ""
    member = str(told.member) if told.member else ""
    return Line(told.gives, told.words, told.fen, told.owed_by, due, member)


def endings_told(who: Who, case: Any) -> dict[str, Any]:
    """All of a case, as its shape wants it."""
    found = queries.of_case(case)
    return {
        "missing": _missing(case),
        "agreements": [_agreement(who, row) for row in found.agreements],
        "mediations": [
            plain(row, "id state opened_at ended_at next_step")
            | {"sessions": [_session(who, case, one) for one in found.sessions.get(row.id, [])]}
            for row in found.mediations
        ],
        "decisions": [
            plain(row, "id state amount document_id made_at")
            | told_by(who, case, row, "found reasons basis terms")
            | {"made_by": named(row.made_by)}
            for row in found.decisions
        ],
        "owed": [_owed(who, case, row, found) for row in found.owed],
        "extra": [_owed(who, case, row, found) for row in found.extra],
        "asked": [plain(row, "state asked_at until") for row in queries.asked(case)],
    }


def _missing(case: Any) -> list[dict[str, Any]]:
    """What is to be settled before the case can be closed."""
    found = dict(queries.open_ones(case))
    found["promises"] = sum(row.state == "due" for row in file.promises(case))
    found["tasks"] = sum(row.state == "open" for row in file.tasks(case))
    return [{"what": what, "many": many} for what, many in found.items() if many]


def _agreement(who: Who, row: Any) -> dict[str, Any]:
    return plain(row, "id kind state document_id made_at signed_at") | {
        "text": row.text if may(who, Can.UNMASK) else "",
        "lines": [plain(one, "gives words fen owed_by") for one in queries.drafted(row)],
    }


def _session(who: Who, case: Any, row: Any) -> dict[str, Any]:
    return (
        plain(row, "id at way place result next_at")
        | told_by(who, case, row, "mediators complainant_said respondent_said note")
        | {"attended": row.attended if may(who, Can.UNMASK) else ""}
    )


def _owed(who: Who, case: Any, row: Any, found: queries.Endings) -> dict[str, Any]:
    names = "id source gives owed_by fen done_fen cost due_at state ended_at"
    return (
        plain(row, names)
        | told_by(who, case, row, "words")
        | {"member": named(row.member)}
        | {"done": [_part(who, case, one) for one in found.done.get(row.id, [])]}
    )


def _part(who: Who, case: Any, row: Any) -> dict[str, Any]:
    full = may(who, Can.UNMASK)
    sealed = {name: getattr(row, name) if full else "" for name in ("reference", "who")}
    return plain(row, "id at fen file_id") | told_by(who, case, row, "how") | sealed
