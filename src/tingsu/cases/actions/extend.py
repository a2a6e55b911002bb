"""Lengthen one clock of a case, as often and as far as its source allows; the customer is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import dateformat
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._clocks import move_clock, spoken_with
from tingsu.cases._letters import letter_row
from tingsu.cases._read import row_of
from tingsu.cases._rules import text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.explain import extension_words, length_words, source_words
from tingsu.cases.models import Case, Clock, Letter
from tingsu.core import clock as clocks
from tingsu.core.clock import Deadline, Extension
from tingsu.packs import calendar_of
from tingsu.people.actor import Actor
from tingsu.people.rulebook import case_pack


def extend(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    clock_id: UUID,
    reason: str,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Grant the extension that comes next in the clock's source. Raises Refusal when there is
    none left, or when the clock has run out: what is over cannot be lengthened; NeedsApproval
    where somebody else must sign."""
    said = text_of(reason, "reason", limit=2_000, ask=_("请写明为什么延长，客户会看到。"))

    def plan(case: Case) -> Plan:
        row = _running(case, clock_id, at)
        old = clocks.from_json(row.explanation)
        allowed = clocks.next_extension(old)
        if allowed is None:
            raise Refusal(_("这个时限的依据没有规定可以再延长。"), code="no_extension")
        new = clocks.grant(old, allowed, calendar_of(case_pack(case)))
        data = {
            "clock": str(row.id),
            "rule": row.rule,
            "was": old.due_at.isoformat(timespec="seconds"),
            "due": new.due_at.isoformat(timespec="seconds"),
            "approval": allowed.approval,
            "condition": allowed.condition,
        }
        told = {"clock_id": str(row.id), "words": _what(case, row, allowed), "reason": said}
        data |= signed(
            case, "extension", by, step="extend", told=told, subject=str(row.id), given=given
        )
        entry = Entry("clock_extended", said, data, public=True)
        letters = [_notice(case, entry, old, new, at)] if allowed.notify else []
        heard = spoken_with(case, at) if letters else {}
        return Plan([entry], heard, letters, [move_clock(row, new, warned_at=None)])

    return write(case, by, at, plan, key=key)


@carried("extend")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    clock_id = UUID(told["clock_id"])
    return extend(case, by, at, clock_id=clock_id, reason=told["reason"], given=given)


def _what(case: Case, row: Clock, allowed: Extension) -> str:
    """What is asked for, for the one who signs: 作出处理决定：可以延到 30 天."""
    name = case_pack(case).clock_label(row.rule, get_language() or "zh-hans")
    return _("%(name)s：%(what)s") % {"name": name, "what": extension_words(allowed)}


def _running(case: Case, clock_id: UUID, at: datetime) -> Clock:
    row = row_of(Clock, case_id=case.id, id=clock_id)
    if row is None:
        raise Refusal(_("找不到这个时限。"), code="missing")
    if row.state != "running" or row.due_at < at:
        raise Refusal(_("只有还在走的时限可以延长。"), code="ended")
    return row


def _notice(case: Case, entry: Entry, old: Deadline, new: Deadline, at: datetime) -> Letter:
    """The notice that the source demands, in the customer's channel and language."""
    with override(case.language):
        subject = _("关于延长办理期限的告知 %(number)s") % {"number": case.number}
        body = _notice_words(case, entry.text, old, new)
    return letter_row(
        case, case.party,
        kind="notice", subject=subject, body=body, event_id=entry.id, send_after=at,
    )  # fmt: skip


def _notice_words(case: Case, reason: str, old: Deadline, new: Deadline) -> str:
    segment = next(one for one in reversed(new.segments) if one.kind == "extend")
    days = {"old": _day(old), "new": _day(new)}
    parts = [
        _("您的投诉 %(number)s 原定 %(day)s前办理，现需延长 %(length)s，到 %(until)s。")
        % {
            "number": case.number,
            "day": days["old"],
            "length": length_words(segment.n, segment.names[0]),
            "until": days["new"],
        },
        _("延长的原因：%(reason)s") % {"reason": reason},
        _("依据：%(source)s") % {"source": source_words(new)},
        _("给您带来不便，我们很抱歉。有不明白的地方，请随时联系我们。"),
    ]
    return "\n\n".join(parts)


def _day(deadline: Deadline) -> str:
    return dateformat.format(localtime(deadline.due_at), _("Y 年 n 月 j 日"))
