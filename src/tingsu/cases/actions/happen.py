"""Something happened outside the house that a clock waits for, or that starts one (HA-14)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._clocks import ALIVE, happening
from tingsu.cases._documents import proposed
from tingsu.cases._read import rows_of
from tingsu.cases._rules import only_open, seen_to, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.happenings import TOLD, possible
from tingsu.cases.models import Case, Clock
from tingsu.core.clock import rule_from_json
from tingsu.people.actor import Actor


def happen(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    event: str,
    happened_at: datetime | None = None,
    text: str = "",
    key: str | None = None,
) -> Written:
    """Write down what happened and when; clocks that wait for it are met on that day, clocks that
    it starts run from it. Raises Invalid for what nothing on the case waits for."""
    said = text_of(text, "text", limit=2_000) if text.strip() else ""
    when = happened_at or at

    def plan(case: Case) -> Plan:
        only_open(case)
        _check(case, event, when, at)
        rows, effects = happening(case, event, when)
        papers = proposed(case, event, at, said)
        data = {"event": event, "clocks": [row.rule for row in rows], **papers.data}
        entry = Entry("happened", said, data, public=event in TOLD, at=when)
        return Plan([entry], seen_to(case, at) | papers.changes, [*rows, *papers.rows], effects)

    return write(case, by, at, plan, key=key)


def _check(case: Case, event: str, when: datetime, at: datetime) -> None:
    alive = rows_of(Clock, case_id=case.id, state=ALIVE)
    if event not in possible(case, [rule_from_json(row.explanation["rule"]) for row in alive]):
        raise Invalid({"event": _("请选择发生了什么；这件投诉现在不等这一项。")})
    if when > at:
        raise Invalid({"happened_at": _("还没有发生的事不能记，请改成已经过去的时间。")})
    if when < case.received_at:
        raise Invalid({"happened_at": _("这个时间早于收到投诉的时间，请核对。")})
