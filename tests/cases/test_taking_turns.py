"""The worker leaves room for people."""

from tingsu.cases import taking_turns


def test_every_row_comes_and_between_them_others_may_write() -> None:
    rests: list[float] = []
    assert list(taking_turns.politely(range(4), rests.append)) == [0, 1, 2, 3]
    assert len(rests) == 3
    assert all(0 < rest <= taking_turns.LONGEST for rest in rests)


def test_one_row_or_none_waits_for_nothing() -> None:
    rests: list[float] = []
    assert list(taking_turns.politely([7], rests.append)) == [7]
    assert list(taking_turns.politely([], rests.append)) == []
    assert rests == []


def test_handfuls_leave_nothing_out() -> None:
    assert list(taking_turns.handfuls([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(taking_turns.handfuls([], 2)) == []
