"""What the rules of going up are asked about a case: anger, silence, repeats, risks (HA-10).
Reads case tables and the customer's words; for the worker, a few cases at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from tingsu.cases._handover import arrived
from tingsu.cases.models import Case, Event, Handover
from tingsu.cases.queries.heard import heard
from tingsu.core.escalation import Facts, Rule
from tingsu.packs.escalation import ESCALATION
from tingsu.people.rulebook import case_pack

PROGRESS = (
    "contact restated promised promise_kept moved replied task_asked task_answered task_accepted"
    " remedy_proposed remedy_done screened assigned taken document_issued document_served"
    " instructed customer_confirmed takeover_accepted approved reopened"
).split()
"""Something was done for the customer. What only the house does with itself is none."""


def rules_of(case: Case) -> tuple[Rule, ...]:
    """What sends this case up by itself."""
    return ESCALATION.of(case_pack(case)).rules(arrived(case))


def progressed(cases: Sequence[Case]) -> dict[UUID, datetime]:
    """When something was last done on each of them, where anything was. One query."""
    rows = Event.objects.filter(case_id__in=[case.id for case in cases], kind__in=PROGRESS)
    rows = rows.exclude(actor="system")
    return dict(
        rows.order_by().values("case_id").annotate(last=Max("at")).values_list("case_id", "last")
    )


def facts_of(case: Case, rules: Sequence[Rule], progress_at: datetime | None) -> Facts:
    """All that the rules may ask of one case."""
    said = heard(case)
    return Facts(
        round=case.round,
        progress_at=progress_at or case.received_at,
        anger=_anger(case, said),
        severity=case.severity,
        complaints=_complaints(case, rules),
        amount=case.amount,
        risks=frozenset(one.code for one in said.reading.risks),
        needs=frozenset(case.party.need_kinds if case.party else ()),
    )


def used(case: Case) -> set[str]:
    """The causes for which the case has gone up before."""
    return set(Handover.objects.filter(case=case, kind="up").values_list("cause", flat=True))


def _anger(case: Case, said: Any) -> int:
    """As a person confirmed it; else the hotter of what was noted and what the last words say."""
    if case.reading and case.anger is not None:
        return case.anger
    last = said.levels[-1] if said.levels else 0
    return max(last, case.anger or 0)


def _complaints(case: Case, rules: Sequence[Rule]) -> dict[int, int]:
    """How many complaints of the same person there are within so many days, this one too."""
    spans = {rule.days for rule in rules if rule.repeat}
    if not spans or case.party_id is None:
        return {}
    since = case.received_at - timedelta(days=max(spans))
    rows = Case.objects.filter(party_id=case.party_id, received_at__gte=since)
    dates = rows.filter(received_at__lte=case.received_at).values_list("received_at", flat=True)
    ages = [(case.received_at - at).days for at in dates]
    return {days: sum(age < days for age in ages) for days in spans}
