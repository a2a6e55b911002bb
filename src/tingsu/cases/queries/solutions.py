"""Prepared solutions for the screens: the list, one, what is like a case, what a case offers for
one (IM-5). Reads; the suggestion asks two questions at any number of articles."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tingsu.cases._marks import meeting
from tingsu.cases._solutions import masked, signs, text_of
from tingsu.cases.learned import rarity
from tingsu.cases.learned import text_of as told_of
from tingsu.cases.models import Calculation, Case, Event, Solution, SolutionUse
from tingsu.mind.likeness import SAME, likeness, shared_words, weighed
from tingsu.people.permission import Can, NotThere, Reach, Who, reaches

PAGE = 25
COMPARED = 12
SHOWN = 3
STATES = ("released", "proposed", "returned", "withdrawn")
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Suggestion:
    """An article that is like a case, and what both speak of."""

    row: Solution
    score: float
    words: list[str]


@dataclass(frozen=True)
class Page:
    """One page of articles and where the next begins ("" at the end)."""

    rows: list[Solution]
    following: str


def percent(row: Solution) -> int | None:
    """Of those uses that say something, how many went well; None before there are any."""
    said = row.satisfied + row.dissatisfied + row.reopened
    return round(100 * row.satisfied / said) if said else None


def page(
    who: Who, *, state: str = "released", words: str = "", pack: str = "", after: str = ""
) -> Page:
    """Articles, newest first. A house has hundreds of them, so words are simply looked for."""
    rows = _own(who).filter(state=state if state in STATES else "released")
    if pack:
        rows = rows.filter(pack=pack)
    for word in words.split()[:6]:
        found = Q()
        for name in ("title", "situation", "cause", "worked", "wording"):
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    last = _uuid(after)
    if last:
        rows = rows.filter(id__lt=last)
    found_rows = list(rows.order_by("-id")[: PAGE + 1])
    more = len(found_rows) > PAGE
    return Page(found_rows[:PAGE], str(found_rows[PAGE - 1].id) if more else "")


def one(who: Who, solution_id: UUID) -> Solution:
    """An article of the own house. Raises NotThere."""
    found = _own(who).filter(id=solution_id).first()
    if found is None:
        raise NotThere
    return found


def of_case(case: Case) -> Solution | None:
    """The article that was written out of a case, if it stands."""
    rows = Solution.objects.filter(case=case).exclude(state="withdrawn")
    return rows.select_related("written_by", "released_by").first()


def used_on(case: Case) -> list[SolutionUse]:
    """What was used on a case; no question where nothing was."""
    if not case.solutions:
        return []
    return list(SolutionUse.objects.filter(case=case).select_related("solution", "by"))


def suggested(case: Case) -> list[Suggestion]:
    """Released articles that are like a case, the likest first."""
    text = told_of(case)
    known = rarity(case.organisation_id, case.pack)
    numbers = signs(case.organisation_id, case.pack, text)
    met = meeting(numbers, (), _EVER, COMPARED)
    if not met:
        return []
    weights = weighed(text, known)
    used = {one.solution_id for one in used_on(case)}
    found = []
    for row in Solution.objects.filter(
        id__in=met, organisation_id=case.organisation_id, state="released"
    ):
        score = likeness(weights, weighed(text_of(row), known))
        alike = score >= SAME or (row.category and row.category == case.category)
        if alike and row.id not in used and row.case_id != case.id:
            words = shared_words(text, text_of(row), known)
            found.append(Suggestion(row, score, words))
    return sorted(found, key=lambda one: one.score, reverse=True)[:SHOWN]


def first_draft(case: Case) -> dict[str, Any]:
    """What the case itself says, masked, to begin from."""
    kinds = ("replied", "inquiry_done", "remedy_done", "settled")
    rows = Event.objects.filter(case=case, kind__in=kinds).exclude(text="").order_by("seq")
    last: dict[str, str] = dict(rows.values_list("kind", "text"))
    done = Calculation.objects.filter(case=case, state="done").values_list("owed", "goodwill")
    cost = sum(owed + goodwill for owed, goodwill in done)
    texts = {
        "title": case.title,
        "situation": case.narrative,
        "cause": last.get("inquiry_done", ""),
        "worked": last.get("remedy_done", "") or last.get("replied", ""),
        "wording": last.get("replied", ""),
    }
    return {name: masked(case, text) for name, text in texts.items()} | {"cost": cost or None}


def _own(who: Who) -> QuerySet[Solution]:
    """Those of the house; nothing for a unit that is only asked something."""
    if reaches(who, Can.READ) <= {Reach.ASKED}:
        raise NotThere
    rows = Solution.objects.filter(organisation_id=who.organisation_id)
    return rows.select_related("written_by", "released_by", "case", "case__party")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
