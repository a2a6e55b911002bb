"""Limits, breaks and turns (HA-11): what was said to us, the limit in words, when we talk again,
who takes the turn. Nobody has to bear abuse, and the customer is still heard."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._rules import future, only_open, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.people.actor import Actor
from tingsu.people.models import Member

BREAKS = (5, 10, 15, 30)  # minutes


def set_limit(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    happened: str,
    words: str = "",
    ended: bool = False,
    again_at: datetime | None = None,
    key: str | None = None,
) -> Written:
    """Abuse, the words with which the limit was set, whether the talk was ended, and the other
    appointment. happened: what was said or done, as it was."""
    said = text_of(happened, "happened", limit=2_000, ask=_("请照实写下对方说了什么、做了什么。"))
    limit = text_of(words, "words", limit=400) if words.strip() else ""
    if ended and again_at is None:
        raise Refusal(_("结束谈话的，请约好下次什么时候再谈。"), "again_at", "no_appointment")
    due = future(again_at, at, "again_at") if again_at else None

    def plan(case: Case) -> Plan:
        only_open(case)
        entries = [Entry("abused", said, {"ended": ended})]
        if limit:
            entries.append(Entry("limit_set", limit))
        if due is None:
            return Plan(entries)
        entries.append(Entry("appointed", data={"due": due.isoformat(timespec="seconds")}))
        return Plan(entries, {"planned_at": due})

    return write(case, by, at, plan, key=key)


def take_break(
    case: Case, by: Actor, at: datetime, *, minutes: int, words: str = "", key: str | None = None
) -> Written:
    """A pause in the talk: for the one who talks, or for both."""
    if minutes not in BREAKS:
        raise Refusal(_("请从列出的选项中选择。"), "minutes", "missing")
    said = text_of(words, "words", limit=400) if words.strip() else ""

    def plan(case: Case) -> Plan:
        only_open(case)
        return Plan([Entry("break_taken", said, {"minutes": minutes})])

    return write(case, by, at, plan, key=key)


def take_turns(
    case: Case, by: Actor, at: datetime, *, to: Member, words: str = "", key: str | None = None
) -> Written:
    """A colleague goes on with the talk; whoever has the case keeps it."""
    said = text_of(words, "words", limit=400) if words.strip() else ""
    if to.organisation_id != case.organisation_id or not to.active:
        raise Refusal(_("只能请本机构在岗的同事。"), "to", "outside")
    if to.id == by.member_id:
        raise Refusal(_("请选一位同事来接着谈。"), "to", "own")

    def plan(case: Case) -> Plan:
        only_open(case)
        data = {"from": str(by.member_id or ""), "to": str(to.id)}
        return Plan([Entry("turn_taken", said, data)])

    return write(case, by, at, plan, key=key)
