"""Prepared solutions: written out of a closed case by one, released by another, used on others
(IM-5). Personal data is masked before anything is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._read import row_of
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._solutions import findable, hidden, masked, recount
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Solution, SolutionUse
from tingsu.core.lifecycle import State
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

LIMITS = {"title": 120, "situation": 2_000, "cause": 2_000, "worked": 4_000, "wording": 4_000}
SETTLED = frozenset({State.CLOSED, State.ARCHIVED})
MOST_COST = 10**13  # fen
MOST_USED = 20  # on one case


@dataclass(frozen=True)
class Article:
    """What the writer tells. cost: fen, None where nobody knows."""

    title: str
    situation: str
    worked: str
    cause: str = ""
    wording: str = ""
    cost: int | None = None


def compose(
    case: Case, by: Actor, at: datetime, *, article: Article, key: str | None = None
) -> Written:
    """Write it, or write it anew as long as nobody released it. Raises Invalid at the fields."""
    told = _checked(case, article)

    def plan(case: Case) -> Plan:
        if State(case.state) not in SETTLED:
            raise Refusal(_("办结以后才能写成预案。"), code="open")
        before = _standing(case)
        if before and before.state == "released":
            raise Refusal(_("这件的预案已经发布。要改，先请主管撤下。"), code="released")
        fields = {**told, "state": "proposed", "note": "", "written_by_id": by.me, "written_at": at}
        entry = Entry("solution_written", told["title"])
        if before:
            entry.data = _facts(before)
            return Plan([entry], effects=[changing(Solution, fields, id=before.id)])
        row = Solution(
            id=new_id(), organisation_id=case.organisation_id, case_id=case.id,
            pack=case.pack, category=case.category, **fields,
        )  # fmt: skip
        entry.data = _facts(row)
        return Plan([entry], rows=[row])

    return write(case, by, at, plan, key=key)


def release(solution: Solution, by: Actor, at: datetime, *, key: str | None = None) -> Written:
    """Let everybody in the house find and use it. Never by the one who wrote it."""

    def plan(_case: Case) -> Plan:
        row = _fresh(solution, "proposed")
        if row.written_by_id == by.me:
            raise Refusal(_("自己写的预案要另一位主管来发布。"), code="two_persons")
        change = {"state": "released", "released_by_id": by.me, "released_at": at}
        effects = [changing(Solution, change, id=row.id, state="proposed"), findable(row)]
        return Plan([Entry("solution_released", row.title, _facts(row))], effects=effects)

    return write(solution.case, by, at, plan, key=key)


def send_back(
    solution: Solution, by: Actor, at: datetime, *, reason: str, key: str | None = None
) -> Written:
    """Back to the writer, with what is missing."""
    return _taken(solution, by, at, reason=reason, states=("proposed", "returned"), key=key)


def withdraw(
    solution: Solution, by: Actor, at: datetime, *, reason: str, key: str | None = None
) -> Written:
    """It is not to be used any more; its figures stay."""
    return _taken(solution, by, at, reason=reason, states=("released", "withdrawn"), key=key)


def use(
    case: Case, by: Actor, at: datetime, *, solution: Solution, key: str | None = None
) -> Written:
    """It is used on this case; how it did, the end of the case says."""

    def plan(case: Case) -> Plan:
        only_open(case)
        row = _fresh(solution, "released")
        if case.solutions >= MOST_USED:
            raise Refusal(_("这件用过的预案已经很多了。"), code="too_many")
        if row_of(SolutionUse, solution_id=row.id, case_id=case.id):
            raise Refusal(_("这件已经用了这个预案。"), code="already")
        used = SolutionUse(id=new_id(), solution_id=row.id, case_id=case.id, by_id=by.me, at=at)
        entry = Entry("solution_used", row.title, _facts(row))
        changes = {"solutions": case.solutions + 1}
        return Plan([entry], changes, [used], [lambda: recount(row.id)])

    return write(case, by, at, plan, key=key)


def _taken(
    solution: Solution,
    by: Actor,
    at: datetime,
    *,
    reason: str,
    states: tuple[str, str],
    key: str | None,
) -> Written:
    said = text_of(reason, "reason", limit=400, ask=_("请写明原因。"))
    before, after = states

    def plan(_case: Case) -> Plan:
        row = _fresh(solution, before)
        change = changing(Solution, {"state": after, "note": said}, id=row.id, state=before)
        entry = Entry(f"solution_{after}", said, _facts(row))
        return Plan([entry], effects=[change, hidden(row.id)])

    return write(solution.case, by, at, plan, key=key)


def _fresh(solution: Solution, state: str) -> Solution:
    row = row_of(Solution, id=solution.id, state=state)
    if row is None:
        raise Refusal(_("这个预案的状态已经变了，请刷新后再看。"), code="ended")
    return row


def _standing(case: Case) -> Solution | None:
    return row_of(Solution, case_id=case.id, state=("proposed", "released", "returned"))


def _checked(case: Case, article: Article) -> dict[str, Any]:
    """The columns, cleaned and masked. Raises Invalid with everything that is wrong."""
    asks = {
        "title": _("请给这个预案起个名字。"),
        "situation": _("请写下是什么情形。"),
        "worked": _("请写下怎么办才办好的。"),
    }
    told: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, limit in LIMITS.items():
        value = getattr(article, name)
        if not value.strip() and name not in asks:
            told[name] = ""
            continue
        try:
            text = masked(case, text_of(value, name, limit=limit, ask=asks.get(name, "")))
            told[name] = text[:limit]
        except Invalid as odd:
            wrong |= odd.fields
    if article.cost is not None and not 0 <= article.cost < MOST_COST:
        wrong["cost"] = _("请核对花费的金额。")
    if wrong:
        raise Invalid(wrong)
    return told | {"cost": article.cost}


def _facts(row: Solution) -> dict[str, str]:
    return {"solution": str(row.id)}
