"""What the steps on prepared solutions share: masking, marks by which they are found, and how they
did (IM-5). Touches solutions, their uses and marks in the caller's transaction."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count

from tingsu.cases._marks import keep, scope
from tingsu.cases.learned import rarity
from tingsu.cases.models import Case, CaseMark, Solution, SolutionUse
from tingsu.core.lifecycle import Move
from tingsu.core.masking import STARS, mask_text
from tingsu.mind.likeness import marks, weighed

APART = 0x5350_4C55_5449_4F4E  # marks of solutions never meet those of cases
FOREVER = date.max.toordinal()  # they do not grow old as marks of cases do
CONTENT = 2  # of five stars, at most: the customer was not content


def masked(case: Case, text: str) -> str:
    """The text without what tells who it was: names, numbers, addresses."""
    names = [case.respondent_person, case.party.name if case.party else ""]
    found = mask_text(text, [name for name in names if name])
    address = case.party.address if case.party else ""
    for value in (address, case.order_number, case.contract_number, case.number):
        if value and len(value) > 3:
            found = found.replace(value, STARS)
    return found


def text_of(row: Solution) -> str:
    """What of an article says what it is about; the title first."""
    return "\n".join(filter(None, (row.title, row.situation, row.cause)))


def signs(organisation_id: UUID, pack: str, text: str) -> list[int]:
    """The marks by which an article on this text is found, as this organisation has them."""
    numbers = marks(weighed(text, rarity(organisation_id, pack)))
    return list(dict.fromkeys(scope(organisation_id, number ^ APART) for number in numbers))


def findable(row: Solution) -> Callable[[], None]:
    """Let it be found. An effect of a plan."""
    about = row.id.hex if connection.vendor == "sqlite" else row.id
    numbers = signs(row.organisation_id, row.pack, text_of(row))
    return lambda: keep([(number, FOREVER, about) for number in numbers])


def hidden(solution_id: UUID) -> Callable[[], object]:
    """Let it be found no longer. An effect of a plan."""
    return lambda: CaseMark.objects.filter(about=solution_id, day=FOREVER).delete()


def ended(case: Case, move: Move) -> list[Callable[[], None]]:
    """How the solutions that were used on a case did, where a move says so. Nothing, and for
    nothing, where none was used."""
    if not case.solutions or move not in (Move.CLOSE, Move.REOPEN):
        return []
    if move is Move.REOPEN:
        return [_tell(case.id, "reopened")]
    return [_tell(case.id, _result(confirmed=case.confirmed_at is not None, rating=case.rating))]


def rated(case: Case, rating: int) -> list[Callable[[], None]]:
    """The same once the customer rates a closed case."""
    if not case.solutions:
        return []
    return [_tell(case.id, _result(confirmed=case.confirmed_at is not None, rating=rating))]


def _result(*, confirmed: bool, rating: int | None) -> str:
    if rating is not None and rating <= CONTENT:
        return "dissatisfied"
    return "satisfied" if confirmed or rating else "unsaid"


def _tell(case_id: UUID, result: str) -> Callable[[], None]:
    def tell() -> None:
        uses = SolutionUse.objects.filter(case_id=case_id)
        uses.update(result=result)
        for solution_id in uses.values_list("solution_id", flat=True):
            recount(solution_id)

    return tell


def recount(solution_id: UUID) -> None:
    """Set the figures of an article from its uses."""
    rows = SolutionUse.objects.filter(solution_id=solution_id).order_by()
    counts = dict(rows.values_list("result").annotate(Count("id")))
    Solution.objects.filter(id=solution_id).update(
        used=sum(counts.values()),
        **{name: counts.get(name, 0) for name in ("satisfied", "dissatisfied", "reopened")},
    )
