"""Those who come at the same moment are served together. Touches nothing.

A commit and a round of statements cost the same for one complaint and for eight. Nobody waits for
company: who finds the counter free is served alone; who comes while somebody is served is taken
along with all the others who came meanwhile.
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Seat(Generic[Item, Answer]):
    """One who waits, and what became of it."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.answers: list[Answer] = []
        self.problem: BaseException | None = None

    @property
    def served(self) -> bool:
        return bool(self.answers) or self.problem is not None


class Together(Generic[Item, Answer]):
    """A counter for threads. serve: all or nothing, an answer per item in their order.

    What serve raises for several is tried again one by one, so that nobody suffers for another;
    unless it is one of ``hopeless``, which meets all of them.
    """

    def __init__(
        self,
        serve: Callable[[Sequence[Item]], Sequence[Answer]],
        *,
        most: int,
        hopeless: tuple[type[Exception], ...] = (),
    ) -> None:
        self._serve, self._most, self._hopeless = serve, most, hopeless
        self._waiting: deque[_Seat[Item, Answer]] = deque()
        self._counter = Lock()

    def __call__(self, item: Item) -> Answer:
        """The answer for one item. Raises what serve raised for it."""
        seat: _Seat[Item, Answer] = _Seat(item)
        self._waiting.append(seat)
        with self._counter:
            while not seat.served:
                self._take()
        if seat.problem is not None:
            raise seat.problem
        return seat.answers[0]

    def _take(self) -> None:
        count = min(len(self._waiting), self._most)
        seats = [self._waiting.popleft() for _seat in range(count)]
        try:
            answers = self._serve([seat.item for seat in seats])
        except self._hopeless as problem:
            _tell(seats, problem)
        except Exception as problem:  # noqa: BLE001 - raised where the item came from
            self._one_by_one(seats, problem)
        except BaseException as problem:
            _tell(seats, problem)
            raise
        else:
            for seat, answer in zip(seats, answers, strict=True):
                seat.answers.append(answer)

    def _one_by_one(self, seats: Sequence[_Seat[Item, Answer]], problem: Exception) -> None:
        if len(seats) == 1:
            return _tell(seats, problem)
        for seat in seats:
            try:
                seat.answers.extend(self._serve([seat.item]))
            except Exception as own:  # noqa: BLE001 - raised where the item came from
                seat.problem = own
        return None


def _tell(seats: Sequence[_Seat[Item, Answer]], problem: BaseException) -> None:
    for seat in seats:
        seat.problem = problem
