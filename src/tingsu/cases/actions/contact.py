"""A contact with the customer: call, visit, message, in or out (IN-9's register reads these)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._clocks import ended_by, spoken_with
from tingsu.cases._rules import main_of, seen_to, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.core.channels import Channel
from tingsu.people.actor import Actor


def contact(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    channel: str,
    direction: str,
    text: str,
    reached: bool = True,
    mood: int | None = None,
    limit_set: str = "",
    key: str | None = None,
) -> Written:
    """Record a contact. direction: in | out; mood: anger 0 to 4 after it, as the agent saw it;
    limit_set: the words with which a limit was set to abuse (HA-11).

    A contact on a merged case is written in the main one.
    """
    said = text_of(text, "text", ask=_("请写下谈了什么，一句话也可以。"))
    _check(channel, direction, mood)
    via = case.number
    main = main_of(case)

    def plan(case: Case) -> Plan:
        data: dict[str, object] = {"channel": channel, "direction": direction, "reached": reached}
        if case.number != via:
            data["via"] = via
        changes = _reached(case, at) if reached else {}
        if mood is not None:
            data["mood"] = changes["anger"] = mood
        entries = [Entry("contact", said, data)]
        if limit_set:
            entries.append(Entry("limit_set", text_of(limit_set, "limit_set", limit=400)))
        return Plan(entries, changes, effects=ended_by(case, "contacted", at=at) if reached else [])

    return write(main, by, at, plan, key=key)


def _reached(case: Case, at: datetime) -> dict[str, object]:
    """The customer heard from us; while the case is open that also sets the next day for it."""
    told: dict[str, object] = {"contacted_at": at}
    return {**told, **spoken_with(case, at), **seen_to(case, at)} if case.open else told


def _check(channel: str, direction: str, mood: int | None) -> None:
    if channel not in set(Channel):
        raise Invalid({"channel": _("请选择渠道。")})
    if direction not in ("in", "out"):
        raise Invalid({"direction": _("请选择是对方联系我们，还是我们联系对方。")})
    if mood is not None and not 0 <= mood <= 4:
        raise Invalid({"mood": _("情绪请在 0 到 4 之间选择。")})
