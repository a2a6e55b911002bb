"""The check list of one case: its items, what the file answers, what the outcome of a concluded
review tells the step that follows it. Reads case tables and packs.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tingsu.cases.errors import Refusal
from tingsu.cases.models import Attachment, Case, Joined, Link, Screening
from tingsu.core import clock as clocks
from tingsu.core.lifecycle import Move, State
from tingsu.core.screening import Answer, Found, Item, Kind, Known, Outcome, cautious, derived
from tingsu.packs import calendar_of
from tingsu.packs.screening import SCREENING, Checked, CheckList
from tingsu.packs.screening import bar_of as packs_bar_of
from tingsu.people.directory import organisation
from tingsu.people.rulebook import case_pack

FRESH = frozenset({State.RECEIVED, State.SCREENING, State.INCOMPLETE})
OUTCOMES = frozenset(Move(outcome.value) for outcome in Outcome)


class Answered(NamedTuple):
    """An item, its answer, the fact behind it, and whether a person said so."""

    check: Checked
    found: Found
    on: date | None  # the day from which a time bar runs
    said: bool


def checklist(case: Case) -> CheckList:
    """What held on the day of receipt, for the kind of house that has the case."""
    pack = case_pack(case)
    house = organisation(case.organisation_id).kind
    return SCREENING.of(pack).on(calendar_of(pack).day_of(case.received_at), house)


def known(case: Case, joint_of: CheckList) -> Known:
    """What the file says. Three counts, each over one case."""
    party = case.party
    speak = 0
    if case.people > 1:
        rows = Joined.objects.filter(case=case, left_at__isnull=True, representative=True)
        speak = rows.count()
    repeats = Link.objects.filter(case=case, kind="repeat", undone_at__isnull=True)
    return Known(
        named=bool(party and party.name),
        reachable=bool(party and (party.phone or party.email or party.address)),
        respondent=case.respondent_unit,
        request=case.request,
        narrative=case.narrative,
        files=Attachment.objects.filter(case=case).count(),
        repeats=repeats.count(),
        people=case.people,
        representatives=speak,
        fits_joint=joint_of.joint is None or joint_of.joint.fits(case.people, speak),
    )


def answered(
    case: Case, told: Mapping[str, Mapping[str, Any]], checks: CheckList
) -> list[Answered]:
    """Every item with what a person said, or else what the file says."""
    file = known(case, checks)
    return [_answer(case, check, told.get(check.item.code, {}), file) for check in checks.checks]


def _answer(case: Case, check: Checked, told: Mapping[str, Any], file: Known) -> Answered:
    item, on = check.item, told.get("on")
    found = derived(item, file)
    if item.kind is Kind.TIME_BAR:
        on = on or (case.happened_at and calendar_of(case_pack(case)).day_of(case.happened_at))
        found = time_bar(case, item, on)
        if told.get("on") is None:
            found = cautious(item, found)
    said = str(told.get("answer", ""))
    if said in tuple(Answer):
        return Answered(check, Found(Answer(said), found.fact, found.value), on, said=True)
    # With the day from a person the count decides: they said when, the law says the rest.
    return Answered(check, found, on, said=bool(told.get("on")))


def time_bar(case: Case, item: Item, on: date | None) -> Found:
    """Whether the complaint came in time, counted from a day; the last day as its value."""
    rule = bar_of(case, item)
    if rule is None:
        return Found(Answer.UNKNOWN, "no_bar")
    if on is None:
        return Found(Answer.UNKNOWN, "no_day", rule.event)
    pack = case_pack(case)
    calendar = calendar_of(pack)
    begun = datetime.combine(on, time(12), calendar.zone)
    last = clocks.start(rule, begun, calendar).due_day
    in_time = calendar.day_of(case.received_at) <= last
    answer = Answer.YES if in_time else Answer.NO
    return Found(answer, "in_time" if in_time else "out_of_time", last.isoformat())


def bar_of(case: Case, item: Item) -> clocks.ClockRule | None:
    """The first of the item's clocks that holds for this case."""
    pack = case_pack(case)
    return packs_bar_of(pack, item, calendar_of(pack).day_of(case.received_at), case.variants)


def screened(case: Case, move: Move) -> dict[str, Any]:
    """What the step after first review tells of it, for its entry: the review and its grounds.

    Raises Refusal where the pack demands the list and it is not concluded, where the conclusion
    was another one, and for outcomes that the pack does not have.
    """
    if move not in OUTCOMES or State(case.state) not in FRESH:
        return {}
    checks = checklist(case)
    if Outcome(move.value) not in checks.allowed:
        raise Refusal(_("按这类投诉的规定，初审没有这个结果。"), code="no_such_outcome")
    row = latest(case)
    if row is None:
        if checks.required:
            raise Refusal(_("请先逐项核对，完成初审。"), code="screening_first")
        return {"checklist": "skipped"}
    if row.outcome != move.value and (checks.required or move is not Move.ACCEPT):
        raise Refusal(_("初审的结论不是这个。情况变了，请先重新核对。"), code="screened_otherwise")
    return {"screening": str(row.id), "grounds": list(row.grounds)}


def latest(case: Case) -> Screening | None:
    """The review that holds; None without one. No query for a case that was never reviewed."""
    if case.screened_at is None:
        return None
    rows = Screening.objects.filter(case=case, round=case.round).select_related("by")
    return rows.order_by("-at", "-id").first()
