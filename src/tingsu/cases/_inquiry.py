"""What the steps of an investigation share: the pack's demand, who looks into a case, its rows.

Reads packs and investigation rows, writes nothing.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tingsu.cases._conflict import keep_away
from tingsu.cases._read import row_of
from tingsu.cases._rules import only_open
from tingsu.cases._update import update
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Investigator
from tingsu.cases.models.investigation import OfCase
from tingsu.packs import calendar_of
from tingsu.packs.investigation import INVESTIGATION, Demand, Investigation
from tingsu.people.actor import Actor
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack

Row = TypeVar("Row", bound=OfCase)


def demand(case: Case) -> Demand:
    """How many persons the pack wants to look into this case."""
    return _part(case).demand(_arrived(case))


def answer_span(case: Case) -> Any:
    """How long the respondent has where no clock says so; None where the pack says nothing."""
    return _part(case).answer_in(_arrived(case))


def investigators(case: Case) -> list[Investigator]:
    """Who looks into the case, in the order in which they joined."""
    rows = Investigator.objects.filter(case_id=case.id, left_at=None).select_related("member")
    return list(rows.order_by("made_at", "id"))


def looks_in(case: Case, member_id: UUID) -> Investigator | None:
    """The row of a member who looks into the case now."""
    return Investigator.objects.filter(case_id=case.id, member_id=member_id, left_at=None).first()


def may_look_into(case: Case, by: Actor) -> None:
    """Raises Refusal on a case that is over, and for whoever has part in the matter."""
    only_open(case)
    keep_away(case, by)


def enough(case: Case) -> None:
    """Raises Refusal where fewer look into the case than the pack demands (HA-4)."""
    wanted, there = demand(case).persons, Investigator.objects.filter(case=case, left_at=None)
    if (missing := wanted - there.count()) > 0 and wanted > 1:
        words = ngettext(
            "这类投诉至少要 %(wanted)s 人调查，还少 %(n)s 人。请先在「调查」里加人。",
            "这类投诉至少要 %(wanted)s 人调查，还少 %(n)s 人。请先在「调查」里加人。",
            missing,
        )
        raise Refusal(words % {"wanted": wanted, "n": missing}, code="too_few")


def turned_to(case: Case, at: datetime, due: datetime | None = None) -> dict[str, Any]:
    """The changes of a step of an investigation: from now on there is something to show; a planned
    date that has come is seen to; a new one (``due``) counts where none comes sooner."""
    planned = case.planned_at
    if planned and planned <= at and case.quiet_until:
        planned = None
    if due and (planned is None or due < planned):
        planned = due
    changes: dict[str, Any] = {} if case.inquired_at else {"inquired_at": at}
    return changes if planned == case.planned_at else changes | {"planned_at": planned}


def made(model: type[Row], case: Case, by: Actor, made_at: datetime, /, **values: Any) -> Row:
    """A new row of the case, not yet saved."""
    own = {"id": new_id(), "case_id": case.id, "round": case.round}
    return model(**own, made_by_id=by.member_id, made_at=made_at, **values)


def row(model: type[Row], case: Case, row_id: UUID) -> Row:
    """A row of the case. Raises Refusal."""
    found = row_of(model, case_id=case.id, id=row_id)
    if found is None:
        raise Refusal(_("找不到这一项，请刷新后再看。"), code="missing")
    return found


def turning(model: type[Row], row_id: UUID, was: str, /, **changes: Any) -> Callable[[], None]:
    """The change of a row that stands in a state; refused when somebody was quicker."""

    def effect() -> None:
        if not update(model, changes, id=row_id, state=was):
            raise Refusal(_("这一项已经有结果了，请刷新后再看。"), code="ended")

    return effect


def stamp(at: datetime | None) -> str:
    """An instant for an entry."""
    return at.isoformat(timespec="seconds") if at else ""


def _part(case: Case) -> Investigation:
    return INVESTIGATION.of(case_pack(case))


def _arrived(case: Case) -> Any:
    return calendar_of(case_pack(case)).day_of(case.received_at)
