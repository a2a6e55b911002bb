"""Those who must agree to a plan say so, or their word is written down (HA-6)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._consents import belongs
from tingsu.cases._plans import about, plan_of, turn
from tingsu.cases._rules import only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.core.text import clean
from tingsu.people.actor import Actor
from tingsu.people.models import Member


def consent(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    plan_id: UUID,
    code: str,
    agreed: bool,
    text: str = "",
    key: str | None = None,
) -> Written:
    """Record the word of one of them. Whoever is not one of them tells how the word came: by
    telephone, at a meeting. A no always says why."""
    member = Member.objects.get(id=by.me)

    def plan(case: Case) -> Plan:
        only_open(case)
        row = plan_of(case, plan_id)
        now: list[dict[str, Any]] = [dict(one) for one in row.consents]
        asked = next((one for one in now if one["code"] == code), None)
        if asked is None:
            raise Refusal(_("这个方案不需要他同意。"), code="missing")
        own = belongs(asked, member)
        words = _words(text, agreed=agreed, own=own)
        asked |= {
            "state": "agreed" if agreed else "refused",
            "words": words,
            "at": at.isoformat(timespec="seconds"),
            "member": str(member.id),
        }
        who = {name: asked[name] for name in ("kind", "ref", "name")}
        data = about(row) | {"who": who, "agreed": agreed, "own": own}
        return Plan([Entry("plan_consent", words, data)], effects=[turn(row, consents=now)])

    return write(case, by, at, plan, key=key)


def _words(text: str, *, agreed: bool, own: bool) -> str:
    """Raises Invalid where words are owed: for a no, and for what somebody else said."""
    if not agreed:
        return text_of(text, "text", limit=400, ask=_("请写明为什么不同意。"))
    if not own:
        return text_of(text, "text", limit=400, ask=_("请写明他是怎么同意的，例如：电话里同意。"))
    return clean(text).strip()[:400]
