"""The state table, cell by cell, against a matrix written by hand; and the one next step."""

import re
from pathlib import Path

import pytest

from tingsu.core.lifecycle import (
    ENDED,
    MOVES,
    OPEN,
    Move,
    Next,
    Refused,
    State,
    Why,
    moves_from,
    needs,
    next_step,
    step,
)

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "lifecycle.md"

# One row a state, one column a move; x: possible, point: refused.
COLUMNS = """
screen accept refuse ask_complete refer transfer investigate negotiate mediate decide execute
ask_confirm close archive withdraw cancel merge unmerge reopen
"""
MATRIX = """
#              sc ac rf cm rr tr in ne me de ex cf cl ar wd ca mg um ro
received        x  x  x  x  x  x  .  .  .  .  .  .  .  .  x  x  x  .  .
screening       .  x  x  x  x  x  .  .  .  .  .  .  .  .  x  x  x  .  .
incomplete      x  x  x  .  .  x  .  .  .  .  .  .  .  .  x  x  x  .  .
accepted        .  .  .  .  x  x  x  x  x  .  x  x  x  .  x  x  x  .  .
referred        .  x  .  .  .  .  .  .  .  .  .  .  x  .  x  x  x  .  .
investigating   .  .  .  .  x  x  .  x  x  x  x  x  x  .  x  x  x  .  .
negotiating     .  .  .  .  .  .  x  .  x  x  x  x  x  .  x  x  x  .  .
mediating       .  .  .  .  .  .  x  x  .  x  x  x  x  .  x  x  x  .  .
deciding        .  .  .  .  .  .  x  x  x  .  x  x  x  .  x  x  x  .  .
executing       .  .  .  .  .  .  x  x  .  .  .  x  x  .  x  x  x  .  .
confirming      .  .  .  .  .  .  x  x  x  .  x  .  x  .  x  x  x  .  .
refused         .  .  .  .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  x
transferred     .  .  .  .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  x
withdrawn       .  .  .  .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  x
cancelled       .  .  .  .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  x
merged          .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x  .
closed          .  .  .  .  .  .  .  .  .  .  .  .  .  x  .  .  .  .  x
archived        .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
"""
LANDS = {
    "screen": "screening",
    "accept": "accepted",
    "refuse": "refused",
    "ask_complete": "incomplete",
    "refer": "referred",
    "transfer": "transferred",
    "investigate": "investigating",
    "negotiate": "negotiating",
    "mediate": "mediating",
    "decide": "deciding",
    "execute": "executing",
    "ask_confirm": "confirming",
    "close": "closed",
    "archive": "archived",
    "withdraw": "withdrawn",
    "cancel": "cancelled",
    "merge": "merged",
    "unmerge": "negotiating",  # where the tests below say that it stood before
    "reopen": "accepted",
}


def _cells() -> list[tuple[State, Move, bool]]:
    moves = [Move(name) for name in COLUMNS.split()]
    rows = [line.split() for line in MATRIX.strip().splitlines() if not line.startswith("#")]
    return [
        (State(row[0]), move, mark == "x")
        for row in rows
        for move, mark in zip(moves, row[1:], strict=True)
    ]


def test_the_matrix_covers_every_cell() -> None:
    assert {(s, m) for s, m, _ in _cells()} == {(s, m) for s in State for m in Move}


@pytest.mark.parametrize(("state", "move", "possible"), _cells())
def test_cell(state: State, move: Move, possible: bool) -> None:
    assert (move in moves_from(state)) is possible
    if possible:
        assert step(state, move, before=State.NEGOTIATING) == LANDS[move]
        return
    with pytest.raises(Refused) as caught:
        step(state, move, before=State.NEGOTIATING)
    refusal = caught.value
    assert (refusal.state, refusal.move) == (state, move)
    assert refusal.allowed == moves_from(state)
    assert move not in refusal.allowed


def test_a_case_is_open_or_ended_and_never_both() -> None:
    assert set(State) == OPEN | ENDED
    assert not OPEN & ENDED
    assert {"refused", "transferred", "withdrawn", "cancelled", "merged"} < ENDED


def test_every_state_is_reached_and_no_case_is_stuck() -> None:
    reached = {target for row in MOVES.values() for target in row.values()}
    assert set(State) - reached == {State.RECEIVED}
    for state in State:
        assert moves_from(state), state


def test_an_open_case_can_always_be_ended() -> None:
    for state in OPEN:
        assert any(MOVES[move][state] in ENDED for move in moves_from(state))


@pytest.mark.parametrize(
    ("state", "move", "why"),
    [
        (State.ACCEPTED, Move.ACCEPT, Why.ALREADY),
        (State.CLOSED, Move.CLOSE, Why.ALREADY),
        (State.MERGED, Move.MERGE, Why.ALREADY),
        (State.MERGED, Move.CLOSE, Why.MERGED),
        (State.MERGED, Move.REOPEN, Why.MERGED),
        (State.CLOSED, Move.INVESTIGATE, Why.ENDED),
        (State.ARCHIVED, Move.WITHDRAW, Why.ENDED),
        (State.INVESTIGATING, Move.ARCHIVE, Why.OPEN),
        (State.ACCEPTED, Move.REOPEN, Why.OPEN),
        (State.RECEIVED, Move.UNMERGE, Why.OPEN),
        (State.RECEIVED, Move.CLOSE, Why.NOT_FROM_HERE),
        (State.EXECUTING, Move.REFUSE, Why.NOT_FROM_HERE),
    ],
)
def test_a_refusal_says_why(state: State, move: Move, why: Why) -> None:
    with pytest.raises(Refused) as caught:
        step(state, move)
    assert caught.value.why is why
    assert state in str(caught.value)


@pytest.mark.parametrize("before", [None, State.CLOSED, State.MERGED])
def test_unmerge_must_be_told_an_open_state(before: State | None) -> None:
    with pytest.raises(Refused) as caught:
        step(State.MERGED, Move.UNMERGE, before=before)
    assert caught.value.why is Why.BEFORE_MISSING


@pytest.mark.parametrize("before", sorted(OPEN))
def test_a_merge_can_be_taken_back(before: State) -> None:
    assert step(step(before, Move.MERGE), Move.UNMERGE, before=before) is before


def test_plain_strings_from_the_database_are_understood() -> None:
    assert step(State("received"), Move("screen")) is State.SCREENING


@pytest.mark.parametrize(
    ("move", "state", "facts"),
    [
        (Move.SCREEN, State.RECEIVED, set()),
        (Move.REFUSE, State.SCREENING, {"reason"}),
        (Move.ASK_COMPLETE, State.RECEIVED, {"missing", "due"}),
        (Move.REFER, State.ACCEPTED, {"unit", "due"}),
        (Move.TRANSFER, State.RECEIVED, {"unit", "reason"}),
        (Move.CLOSE, State.CONFIRMING, {"verdict", "confirmation_or_reason"}),
        (Move.CLOSE, State.REFERRED, {"verdict", "confirmation_or_reason", "report"}),
        (Move.WITHDRAW, State.ACCEPTED, {"reason"}),
        (Move.CANCEL, State.ACCEPTED, {"reason"}),
        (Move.MERGE, State.RECEIVED, {"main_case"}),
        (Move.REOPEN, State.ARCHIVED, {"reason"}),
    ],
)
def test_facts_a_move_needs(move: Move, state: State, facts: set[str]) -> None:
    assert needs(move, state) == facts


def test_a_communicative_case_closes_without_a_verdict() -> None:
    assert needs(Move.CLOSE, State.CONFIRMING, communicative=True) == {"confirmation_or_reason"}


@pytest.mark.parametrize(
    ("state", "done", "expected"),
    [
        ("received", "", Next.TAKE),
        ("received", "owner", Next.CONTACT),
        ("received", "owner contacted", Next.RESTATE),
        ("received", "owner contacted restated", Next.ACCEPT),
        ("screening", "owner contacted restated", Next.ACCEPT),
        ("incomplete", "owner", Next.AWAIT_MATERIAL),
        ("referred", "owner", Next.AWAIT_REPORT),
        ("accepted", "owner", Next.CONTACT),
        ("accepted", "owner restated", Next.INVESTIGATE),
        ("accepted", "owner contacted restated replied", Next.ASK_CONFIRMATION),
        ("investigating", "", Next.TAKE),
        ("investigating", "owner", Next.REPLY),
        ("investigating", "owner replied", Next.ASK_CONFIRMATION),
        ("negotiating", "owner", Next.AGREE),
        ("mediating", "owner", Next.MEDIATE),
        ("deciding", "owner", Next.DECIDE),
        ("executing", "owner", Next.EXECUTE),
        ("executing", "owner confirmed", Next.CLOSE),
        ("confirming", "owner", Next.ASK_CONFIRMATION),
        ("confirming", "owner confirmed", Next.CLOSE),
        ("closed", "owner confirmed", Next.ARCHIVE),
        ("refused", "owner", Next.ARCHIVE),
        ("withdrawn", "", Next.ARCHIVE),
        ("merged", "owner", Next.OPEN_MAIN),
        ("archived", "owner", Next.NOTHING),
    ],
)
def test_next_step(state: str, done: str, expected: Next) -> None:
    said = done.split()
    code = next_step(
        State(state),
        "owner" in said,
        "contacted" in said,
        "restated" in said,
        "confirmed" in said,
        replied="replied" in said,
    )
    assert code is expected


def _page_rows() -> dict[str, tuple[set[str], str]]:
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        found = re.match(r"\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|", line)
        if found:
            sources = set(re.findall(r"`(\w+)`", found[2]))
            rows[found[1]] = (sources, found[3].strip().strip("`"))
    return rows


def test_the_page_tells_the_same_table() -> None:
    table = {
        move.value: (
            {source.value for source in row},
            next((t.value for t in row.values() if t), "the state before"),
        )
        for move, row in MOVES.items()
    }
    page = {
        name: ({s.value for s in OPEN} if sources == {"open"} else sources, target)
        for name, (sources, target) in _page_rows().items()
    }
    assert page == table


def test_the_page_names_every_state() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [s for s in State if f"`{s}`" not in text] == []
