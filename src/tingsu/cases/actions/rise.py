"""What time and words do by themselves: a case goes up by rule, an asking that nobody accepts goes
further up, a new case goes to whoever fits best (HA-10, HA-13). By the worker."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import _handover as handover
from tingsu.cases import _looking as looking
from tingsu.cases import assigning
from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import update
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case, Handover
from tingsu.core import escalation as rules
from tingsu.packs import say
from tingsu.packs.escalation import ESCALATION
from tingsu.people.actor import SYSTEM
from tingsu.people.directory import branch_of, organisation
from tingsu.people.models import Member
from tingsu.people.rulebook import case_pack

MOST = 50  # cases per look: each of them is read


def waiting(at: datetime) -> list[Case]:
    """Open cases about which the rules are to be asked."""
    rows = Case.objects.filter(open=True, look_at__lte=at).select_related("party", "owner")
    return list(rows.order_by("look_at")[:MOST])


def look(cases: Sequence[Case], at: datetime) -> list[Written]:
    """Ask the rules about each; write where one fires, and say of all when to look again."""
    last = looking.progressed(cases)
    done = []
    later: list[tuple[Case, datetime | None]] = []
    for case in cases:
        seen, case_rules = case.look_at, looking.rules_of(case)
        facts = looking.facts_of(case, case_rules, last.get(case.id))
        again = rules.look_again(case_rules, facts, at, case_pack(case).calendar)
        written = assign_by_rule(case, at) or _rise(case, facts, at)
        if written:
            done.append(written)
        case.look_at = seen
        later.append((case, again))
    with transaction.atomic():
        for case, again in later:
            # Only if nothing was said meanwhile: that wants a look of its own.
            update(Case, {"look_at": again}, id=case.id, look_at=case.look_at)
    return done


def assign_by_rule(case: Case, at: datetime) -> Written | None:
    """Give a case that nobody has to whoever fits best, where the organisation wants it so."""
    if case.owner_id or case.queue_id is None or case.handed_across_id:
        return None
    house = organisation(case.organisation_id)
    if not house.assigns_itself:
        return None
    found = assigning.best(case, at, within=branch_of(house.id, case.queue_id))
    if not found:
        return None
    first = found[0]
    reasons = [[one.look, one.points, one.value] for one in first.reasons]

    def plan(case: Case) -> Plan:
        if case.owner_id or not case.open:
            raise _Gone
        to = str(first.candidate.id)
        data = {"from": "", "to": to, "queue": str(case.queue_id), "by_rule": reasons}
        return Plan([Entry("assigned", data=data)], {"owner_id": first.candidate.id})

    return _written(case, plan, at)


def late(at: datetime) -> list[Handover]:
    """Askings that nobody has answered in time."""
    rows = Handover.objects.filter(state="waiting", due_at__lt=at)
    return list(rows.order_by("due_at")[:MOST])


def lapse(row: Handover, at: datetime) -> Written | None:
    """Further up; at the top it stays with them and is said once. Nobody loses the case by it."""

    def plan(case: Case) -> Plan:
        now = row_of(Handover, id=row.id, state="waiting")
        if now is None or now.due_at is None:
            raise _Gone
        entry = Entry("takeover_lapsed", data=handover.facts(now) | {"kind": now.kind})
        asked = _higher(case, now, at)
        if asked is None:
            told = {"due_at": None}
            silent = lambda: update(Handover, told, id=now.id, state="waiting")  # noqa: E731
            return Plan([entry], effects=[silent])
        return Plan([entry, *asked.entries], asked.changes, effects=asked.effects)

    case = rows_of(Case, id=row.case_id)[0]
    return _written(case, plan, at)


def _rise(case: Case, facts: rules.Facts, at: datetime) -> Written | None:
    levels = handover.levels_of(case)
    asked_before = handover.waiting_of(case)
    owner = Member.objects.get(id=case.owner_id) if case.owner_id else None
    reached = max(handover.height(levels, owner), asked_before.rung if asked_before else 0)
    fired = rules.fired(
        looking.rules_of(case), levels, facts,
        used=looking.used(case), height=reached, now=at, calendar=case_pack(case).calendar,
    )  # fmt: skip
    if fired is None:
        return None

    def plan(case: Case) -> Plan:
        if not case.open or fired.cause in looking.used(case):
            raise _Gone
        asked = handover.to_level(
            case, fired.level, at, cause=fired.cause, reason=reason_of(case, fired.rule.id),
            waiting=handover.waiting_of(case),
        )  # fmt: skip
        if asked is None:
            raise _Gone
        return Plan(asked.entries, asked.changes, effects=asked.effects)

    return _written(case, plan, at)


def reason_of(case: Case, rule_id: str) -> str:
    """The rule in the words of its pack."""
    named = ESCALATION.of(case_pack(case)).named_rules(handover.arrived(case))
    labels = next((one.labels for one in named if one.rule.id == rule_id), None)
    with override("zh-hans"):
        words = say(labels, "zh-hans") if labels else rule_id
        return _("按规则上报：%(rule)s。") % {"rule": words}


def _higher(case: Case, row: Handover, at: datetime) -> handover.Asking | None:
    """The next rung on which somebody stands; what another department left lying goes there too."""
    levels = list(handover.levels_of(case))
    level = rules.level_after(levels, row.rung)
    while level:
        cause = f"lapsed:{row.id.hex}:{level.rung}"
        words = _("没有在时限内答复，转给上一级。原来的理由：%(reason)s") % {"reason": row.reason}
        if asked := handover.to_level(case, level, at, cause=cause, reason=words, waiting=row):
            return asked
        level = rules.level_after(levels, level.rung)
    return None


def _written(case: Case, plan: Callable[[Case], Plan], at: datetime) -> Written | None:
    try:
        return write(case, SYSTEM, at, plan)
    except _Gone:
        return None


class _Gone(Exception):
    """It is not so any more."""
