"""The respondent is heard: a page of their own by a link, and their answer, which may be late and
stops nothing (HA-5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._clocks import happening
from tingsu.cases._filed import hung, keep_all
from tingsu.cases._files import Given
from tingsu.cases._inquiry import made, may_look_into, row, stamp, turned_to
from tingsu.cases._read import rows_of
from tingsu.cases._rules import future, main_of, only_open, text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import AnswerLink, Case, Clock, RespondentAnswer
from tingsu.core.text import clean
from tingsu.people.actor import Actor

AFTER_DUE = timedelta(days=30)  # a late answer is taken too
PARTS = {"about": 2_000, "facts": 10_000, "responsibility": 5_000, "remedy": 5_000}
"""What an answer says, in the order of HA-5, and how long each part may be."""


def ask(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    unit: str,
    due_at: datetime | None,
    key: str | None = None,
) -> Written:
    """Make a page for the respondent. Nothing is sent: the handler gives them its address."""
    name = text_of(unit, "unit", limit=120, ask=_("请写明请谁答复。"))
    due = future(due_at, at, "due_at")

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        link = made(AnswerLink, case, by, at, unit=name, due_at=due, expires_at=due + AFTER_DUE)
        entry = Entry("respondent_asked", name, {"link": str(link.id), "due": stamp(due)})
        return Plan([entry], turned_to(case, at, due), [link])

    return write(case, by, at, plan, key=key)


def revoke(
    case: Case, by: Actor, at: datetime, *, link_id: UUID, key: str | None = None
) -> Written:
    """The link opens nothing from now on; what was answered stays."""

    def plan(case: Case) -> Plan:
        link = row(AnswerLink, case, link_id)
        if link.revoked_at:
            raise Refusal(_("这个链接已经收回了。"), code="ended")
        entry = Entry("respondent_link_ended", link.unit, {"link": str(link.id)})
        return Plan([entry], effects=[changing(AnswerLink, {"revoked_at": at}, id=link.id)])

    return write(case, by, at, plan, key=key)


def opened(link: AnswerLink, at: datetime) -> None:
    """The page was seen for the first time. No entry: nobody has said anything yet."""
    if link.opened_at is None:
        changing(AnswerLink, {"opened_at": at}, id=link.id)()


def answer(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    told: Mapping[str, str],
    unit: str,
    person: str,
    way: str,
    link_id: UUID | None = None,
    answered_at: datetime | None = None,
    files: Sequence[Given] = (),
    key: str | None = None,
) -> Written:
    """What the respondent says to the complaint. way: link | member | paper; answered_at: when a
    paper came in. A later answer adds to the ones before. It meets the clock that waits for it.
    Raises Invalid at the fields, Refusal for a link that is over.
    """
    parts = _parts(told)
    who = text_of(person, "person", limit=200, ask=_("请写明答复人和职务。"))
    name = text_of(unit, "unit", limit=120, ask=_("请写明是哪个单位答复。"))
    when = _not_ahead(answered_at or at, at)
    kept = keep_all(case, files)

    def plan(case: Case) -> Plan:
        only_open(case)
        link = _link(link_id, at) if link_id else None
        one = made(
            RespondentAnswer, case, by, at,
            link_id=link_id, way=way, unit=name, late=_late(case, link, when), **parts,
        )  # fmt: skip
        one.by = who
        entry = _answered(one, parts, when)
        attached = hung(case, entry, kept, by, at)
        clocks, effects = happening(case, "respondent_answered", when)
        effects += [changing(AnswerLink, {"answered_at": at}, id=link.id)] if link else []
        # Somebody is to read it: the case comes up at once.
        changes = turned_to(case, at) | {"planned_at": at}
        return Plan([entry], changes, [one, *attached, *clocks], effects)

    return write(main_of(case), by, at, plan, key=key)


def _not_ahead(when: datetime, at: datetime) -> datetime:
    if when > at + timedelta(minutes=5):
        raise Invalid({"answered_at": _("这个时间还没有到，请核对。")})
    return when


def _answered(one: RespondentAnswer, parts: Mapping[str, str], when: datetime) -> Entry:
    data = {"answer": str(one.id), "way": one.way, "unit": one.unit, "late": one.late}
    return Entry("respondent_answered", "\n\n".join(filter(None, parts.values())), data, at=when)


def _parts(told: Mapping[str, str]) -> dict[str, str]:
    parts = {name: clean(told.get(name, "")).strip() for name in PARTS}
    wrong = {}
    for name, limit in PARTS.items():
        if len(parts[name]) > limit:
            words = _("最多 %(limit)s 字，现在是 %(length)s 字。请删减，或放进附件。")
            wrong[name] = words % {"limit": f"{limit:,}", "length": f"{len(parts[name]):,}"}
    if not parts["about"]:
        wrong["about"] = _("请写明投诉的是什么事，您怎么理解。")
    if not parts["facts"]:
        wrong["facts"] = _("请写明查到的事实和证据。")
    if wrong:
        raise Invalid(wrong)
    return parts


def _link(link_id: UUID, at: datetime) -> AnswerLink:
    """The link, if it still opens. It may belong to a case that was merged into this one."""
    link = AnswerLink.objects.filter(id=link_id).first()
    if link is None or link.revoked_at or link.expires_at <= at:
        raise Refusal(_("这个链接已经失效，请联系承办人。"), code="ended")
    return link


def _late(case: Case, link: AnswerLink | None, when: datetime) -> bool:
    """After the day that was named, or after the clock that waits for it."""
    if link:
        return when > link.due_at
    rows = rows_of(Clock, case_id=case.id, state=("running", "paused", "breached"))
    waits = [
        one for one in rows if "respondent_answered" in one.explanation["rule"].get("met_by", ())
    ]
    return any(when > one.due_at for one in waits)
