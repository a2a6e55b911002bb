"""Touches nothing: the states of a case, the moves between them, and what is to be done next.

The table is explained for people in docs/rules/lifecycle.md, which a test compares with `MOVES`.
Packs may forbid a move or ask for more facts; they never add a state.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a case stands. The values are stored and must not change."""

    RECEIVED = "received"
    SCREENING = "screening"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    INVESTIGATING = "investigating"
    NEGOTIATING = "negotiating"
    MEDIATING = "mediating"
    DECIDING = "deciding"
    EXECUTING = "executing"
    CONFIRMING = "confirming"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    MERGED = "merged"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Move(StrEnum):
    """What can be done to a state. The values are stored in the timeline and must not change."""

    SCREEN = "screen"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK_COMPLETE = "ask_complete"
    REFER = "refer"
    TRANSFER = "transfer"
    INVESTIGATE = "investigate"
    NEGOTIATE = "negotiate"
    MEDIATE = "mediate"
    DECIDE = "decide"
    EXECUTE = "execute"
    ASK_CONFIRM = "ask_confirm"
    CLOSE = "close"
    ARCHIVE = "archive"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    MERGE = "merge"
    UNMERGE = "unmerge"
    REOPEN = "reopen"


class Next(StrEnum):
    """The one thing to do next on a case; the biggest button on its screen."""

    TAKE = "take"
    CONTACT = "contact"
    RESTATE = "restate"
    ACCEPT = "accept"
    AWAIT_MATERIAL = "await_material"
    AWAIT_REPORT = "await_report"
    INVESTIGATE = "investigate"
    REPLY = "reply"
    AGREE = "agree"
    MEDIATE = "mediate"
    DECIDE = "decide"
    EXECUTE = "execute"
    ASK_CONFIRMATION = "ask_confirmation"
    CLOSE = "close"
    ARCHIVE = "archive"
    OPEN_MAIN = "open_main"
    NOTHING = "nothing"


class Why(StrEnum):
    """Why a move was refused, for the faces to say in words."""

    ALREADY = "already"  # the case stands there now: somebody was quicker, or a double click
    OPEN = "open"  # archive and reopen are for cases that have ended
    ENDED = "ended"  # reopen first
    MERGED = "merged"  # work goes on in the main case
    NOT_FROM_HERE = "not_from_here"  # an open case, but another step comes first
    BEFORE_MISSING = "before_missing"  # unmerge must be told which open state to return to


_FRESH = (State.RECEIVED, State.SCREENING, State.INCOMPLETE)
_WORKING = (
    State.ACCEPTED,
    State.INVESTIGATING,
    State.NEGOTIATING,
    State.MEDIATING,
    State.DECIDING,
    State.EXECUTING,
    State.CONFIRMING,
)

OPEN: frozenset[State] = frozenset((*_FRESH, State.REFERRED, *_WORKING))
ENDED: frozenset[State] = frozenset(State) - OPEN
_REOPENABLE = tuple(s for s in State if s in ENDED and s is not State.MERGED)


def _to(
    target: State | None, *sources: State, but: State | None = None
) -> Mapping[State, State | None]:
    return MappingProxyType({source: target for source in sources if source is not but})


# None as the target means "where it stood before", which the caller hands to step().
MOVES: Mapping[Move, Mapping[State, State | None]] = MappingProxyType(
    {
        Move.SCREEN: _to(State.SCREENING, State.RECEIVED, State.INCOMPLETE),
        Move.ACCEPT: _to(State.ACCEPTED, *_FRESH, State.REFERRED),
        Move.REFUSE: _to(State.REFUSED, *_FRESH),
        Move.ASK_COMPLETE: _to(State.INCOMPLETE, State.RECEIVED, State.SCREENING),
        Move.REFER: _to(
            State.REFERRED, State.RECEIVED, State.SCREENING, State.ACCEPTED, State.INVESTIGATING
        ),
        Move.TRANSFER: _to(State.TRANSFERRED, *_FRESH, State.ACCEPTED, State.INVESTIGATING),
        Move.INVESTIGATE: _to(State.INVESTIGATING, *_WORKING, but=State.INVESTIGATING),
        Move.NEGOTIATE: _to(State.NEGOTIATING, *_WORKING, but=State.NEGOTIATING),
        Move.MEDIATE: _to(
            State.MEDIATING,
            State.ACCEPTED,
            State.INVESTIGATING,
            State.NEGOTIATING,
            State.DECIDING,
            State.CONFIRMING,
        ),
        Move.DECIDE: _to(State.DECIDING, State.INVESTIGATING, State.NEGOTIATING, State.MEDIATING),
        Move.EXECUTE: _to(
            State.EXECUTING,
            State.ACCEPTED,
            State.INVESTIGATING,
            State.NEGOTIATING,
            State.MEDIATING,
            State.DECIDING,
            State.CONFIRMING,
        ),
        Move.ASK_CONFIRM: _to(State.CONFIRMING, *_WORKING, but=State.CONFIRMING),
        Move.CLOSE: _to(State.CLOSED, State.REFERRED, *_WORKING),
        Move.ARCHIVE: _to(State.ARCHIVED, *_REOPENABLE, but=State.ARCHIVED),
        Move.WITHDRAW: _to(State.WITHDRAWN, *sorted(OPEN)),
        Move.CANCEL: _to(State.CANCELLED, *sorted(OPEN)),
        Move.MERGE: _to(State.MERGED, *sorted(OPEN)),
        Move.UNMERGE: _to(None, State.MERGED),
        Move.REOPEN: _to(State.ACCEPTED, *_REOPENABLE),
    }
)

_TARGETS: Mapping[Move, State] = MappingProxyType(
    {
        move: target
        for move, row in MOVES.items()
        if (target := next(iter(row.values()))) is not None
    }
)


class Refused(Exception):
    """The move is not possible from this state; `allowed` lists those that are."""

    def __init__(self, state: State, move: Move, why: Why, allowed: tuple[Move, ...]) -> None:
        """Keep the four facts; the text is for logs, faces word their own."""
        super().__init__(f"{move} is not possible from {state}: {why}")
        self.state = state
        self.move = move
        self.why = why
        self.allowed = allowed


def moves_from(state: State) -> tuple[Move, ...]:
    """Return the moves possible from a state, in the order of `Move`."""
    return tuple(move for move in Move if state in MOVES[move])


def step(state: State, move: Move, *, before: State | None = None) -> State:
    """Return the state after the move, or raise `Refused`.

    `before` is read by UNMERGE alone: the open state in which the case stood when it was merged.
    """
    state, move = State(state), Move(move)
    if state not in MOVES[move]:
        raise Refused(state, move, _why(state, move), moves_from(state))
    target = MOVES[move][state]
    if target is not None:
        return target
    if before is None or before not in OPEN:
        raise Refused(state, move, Why.BEFORE_MISSING, moves_from(state))
    return State(before)


def _why(state: State, move: Move) -> Why:
    if _TARGETS.get(move) is state and move is not Move.REOPEN:
        return Why.ALREADY
    if state is State.MERGED:
        return Why.MERGED
    if state in ENDED:
        return Why.ENDED
    if all(source in ENDED for source in MOVES[move]):
        return Why.OPEN
    return Why.NOT_FROM_HERE


_NEEDS: Mapping[Move, frozenset[str]] = MappingProxyType(
    {
        Move.REFUSE: frozenset({"reason"}),
        Move.ASK_COMPLETE: frozenset({"missing", "due"}),
        Move.REFER: frozenset({"unit", "due"}),
        Move.TRANSFER: frozenset({"unit", "reason"}),
        Move.CLOSE: frozenset({"verdict", "confirmation_or_reason"}),
        Move.WITHDRAW: frozenset({"reason"}),
        Move.CANCEL: frozenset({"reason"}),
        Move.MERGE: frozenset({"main_case"}),
        Move.UNMERGE: frozenset({"reason"}),
        Move.REOPEN: frozenset({"reason"}),
    }
)


def needs(move: Move, state: State, *, communicative: bool = False) -> frozenset[str]:
    """Return the codes of the facts without which the move may not be written.

    reason, missing (what the customer is to bring), due (a date), unit (who gets the case),
    verdict (founded or unfounded, with why; a communicative case has none), report (of the unit
    below), confirmation_or_reason (the customer's word on the result, or why it is closed
    without one), main_case.
    """
    facts = set(_NEEDS.get(move, frozenset()))
    if move is Move.CLOSE and communicative:
        facts.discard("verdict")
    if move is Move.CLOSE and state is State.REFERRED:
        facts.add("report")
    return frozenset(facts)


_ENDED_NEXT: Mapping[State, Next] = MappingProxyType(
    {State.MERGED: Next.OPEN_MAIN, State.ARCHIVED: Next.NOTHING}
)
_OPEN_NEXT: Mapping[State, Next] = MappingProxyType(
    {
        State.RECEIVED: Next.ACCEPT,
        State.SCREENING: Next.ACCEPT,
        State.INCOMPLETE: Next.AWAIT_MATERIAL,
        State.REFERRED: Next.AWAIT_REPORT,
        State.ACCEPTED: Next.INVESTIGATE,
        State.INVESTIGATING: Next.REPLY,
        State.NEGOTIATING: Next.AGREE,
        State.MEDIATING: Next.MEDIATE,
        State.DECIDING: Next.DECIDE,
        State.EXECUTING: Next.EXECUTE,
        State.CONFIRMING: Next.ASK_CONFIRMATION,
    }
)
_HEAR_FIRST = frozenset({State.RECEIVED, State.SCREENING, State.ACCEPTED})
_ANSWERABLE = frozenset({State.ACCEPTED, State.INVESTIGATING})


def next_step(
    state: State,
    has_owner: bool,
    contacted: bool,
    restated: bool,
    confirmed: bool,
    *,
    replied: bool = False,
) -> Next:
    """Return the one thing to do next: mood before matter, so hearing comes before deciding.

    contacted: somebody of the house has spoken with the customer; restated: the customer agreed
    with our summary; replied: the answer has gone out; confirmed: the customer agreed with the
    result in this round.
    """
    if state in ENDED:
        return _ENDED_NEXT.get(state, Next.ARCHIVE)
    if not has_owner:
        return Next.TAKE
    if confirmed and state in _WORKING:
        return Next.CLOSE
    if state in _HEAR_FIRST and not restated:
        return Next.RESTATE if contacted else Next.CONTACT
    if replied and state in _ANSWERABLE:
        return Next.ASK_CONFIRMATION
    return _OPEN_NEXT[state]
