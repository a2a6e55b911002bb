"""The agent's own-words summary and the customer's word on it (HA-3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._clocks import ended_by
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.models import Case
from tingsu.people.actor import Actor


def restate(
    case: Case, by: Actor, at: datetime, *, text: str, confirmed: bool, key: str | None = None
) -> Written:
    """Record the restatement. confirmed: the customer said "yes, that is it"."""
    said = text_of(text, "text", limit=5_000, ask=_("请用自己的话写下您理解的情况。"))

    def plan(case: Case) -> Plan:
        only_open(case)
        changes = {"restated_at": at} if confirmed else {}
        entry = Entry("restated", said, {"confirmed": confirmed})
        return Plan(
            [entry], changes, effects=ended_by(case, "restated", at=at) if confirmed else []
        )

    return write(case, by, at, plan, key=key)
