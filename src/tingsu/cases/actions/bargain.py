"""A talk about terms: what was said, with which tactics, on what one came closer (HA-17)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._clocks import ended_by, spoken_with
from tingsu.cases._rules import only_open, seen_to, text_of
from tingsu.cases._tactics import tactics_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.core.channels import Channel
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor

LONG = 5_000


def bargain(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    text: str,
    channel: str = "phone",
    tactics: Sequence[str] = (),
    present: str = "",
    agreed: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Record a talk with the customer about terms. present: who else took part; agreed: what both
    sides agree on already. It is a contact too: who was talked with has heard from us."""
    said = text_of(text, "text", limit=LONG, ask=_("请写下双方说了什么。"))
    if channel not in set(Channel):
        raise Invalid({"channel": _("请选择渠道。")})
    points, others = clean(agreed).strip(), clean_line(present)
    if len(points) > 2_000:
        raise Invalid({"agreed": _("请在 %(n)s 字以内。") % {"n": "2,000"}})
    if len(others) > 120:
        raise Invalid({"present": _("请在 %(n)s 字以内。") % {"n": 120}})
    used = tactics_of(case, tactics)

    def plan(case: Case) -> Plan:
        only_open(case)
        data = {"channel": channel, "tactics": used}
        data |= {"agreed": points} if points else {}
        data |= {"present": others} if others else {}
        changes = {"contacted_at": at, **spoken_with(case, at), **seen_to(case, at)}
        effects = ended_by(case, "contacted", at=at)
        return Plan([Entry("negotiated", said, data)], changes, effects=effects)

    return write(case, by, at, plan, expected=expected, key=key)
