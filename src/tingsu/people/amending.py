"""Changes of an organisation to its rules: proposed by one, signed by another, revocable before
their day. Writes people tables; asks its own right.

Nothing is ever changed in place: a change is a row, and a later one lies over it. Every function
raises Forbidden without ``Can.RULES`` and Refusal with words for the person.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.core.text import clean
from tingsu.packs import load
from tingsu.packs.draft import as_it_was, rows_of, wrong_with
from tingsu.packs.problems import Problem
from tingsu.people import rulebook
from tingsu.people._recording import record
from tingsu.people.directory import organisation
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.models import Organisation, RuleChange
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

LONGEST = 64_000  # characters of TOML in one change
FURTHEST = 5 * 366  # days ahead


class Unusable(Refusal):
    """The pack would not be in order with this change. ``problems``: file, line, what, instead."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(_("这样改，规则就有错了。请按下面的提示改好。"), "texts", "unusable")


def propose(
    who: Who,
    pack_id: str,
    texts: Mapping[str, str],
    at: datetime,
    *,
    since: date | None,
    reason: str,
    source: str,
) -> RuleChange:
    """Propose to say some tables of a pack anew, from a day on. Nothing holds until it is signed.

    texts: file of the pack -> TOML; entries with a day of their own carry ``since``.
    """
    _may(who)
    _own_pack(who, pack_id)
    begins, said, origin = _checked(since, reason, source, localdate(at))
    if not texts or sum(map(len, texts.values())) > LONGEST:
        raise Refusal(_("没有改动，或一次改得太多。请分几次提出。"), "texts", "nothing")
    pack = rulebook.pack_of(who.organisation_id, pack_id)
    if problems := wrong_with(pack, texts, begins):
        raise Unusable(problems)
    if any(row.get("since", begins) < begins for _file, _table, row in rows_of(texts)):
        raise Refusal(_("里面有的日子比生效日早，过去的不能改。"), "texts", "past")
    with transaction.atomic():
        change = RuleChange.objects.create(
            organisation_id=who.organisation_id,
            pack=pack_id,
            since=begins,
            texts=dict(texts),
            before=as_it_was(pack, texts, begins),
            reason=said,
            source=origin,
            proposed_by_id=who.member_id,
            proposed_at=at,
        )
        record(who, at, "rules_proposed", load(pack_id).label(), {"since": ["", str(begins)]})
    return change


def sign(who: Who, change: RuleChange, at: datetime) -> None:
    """Let a change hold from its day. Not by whoever proposed it, and not after its day."""
    _may(who)
    if change.proposed_by_id == who.member_id:
        raise Refusal(_("提出的人不能自己签批，请另一位负责人或管理员来签。"), code="own")
    if change.since < localdate(at):
        raise Refusal(_("生效日已经过去，请改日期后重新提出。"), code="too_late")
    pack = rulebook.pack_of(who.organisation_id, change.pack)
    if problems := wrong_with(pack, change.texts, change.since):
        raise Unusable(problems)
    with transaction.atomic():
        _turn(change, "proposed", state="signed", ended_by_id=who.member_id, ended_at=at)
        _holds_anew(who)
        _recorded(who, change, at, "rules_signed")
    rulebook.forget()


def refuse(who: Who, change: RuleChange, at: datetime, *, note: str) -> None:
    """Turn a proposal down; whoever proposed it may take it back in the same way."""
    _may(who)
    said = _said(note, "note", _("请写明为什么不采用。"))
    with transaction.atomic():
        _turn(
            change, "proposed", state="refused", ended_by_id=who.member_id, ended_at=at, note=said
        )
        _recorded(who, change, at, "rules_refused")


def revoke(who: Who, change: RuleChange, at: datetime, *, note: str) -> None:
    """Take back a signed change before its day. Afterwards only a new change helps."""
    _may(who)
    if change.since <= localdate(at):
        raise Refusal(_("已经生效，不能撤回。请另提一项修改。"), code="in_force")
    said = _said(note, "note", _("请写明为什么撤回。"))
    with transaction.atomic():
        _turn(
            change, "signed", state="revoked", revoked_by_id=who.member_id, revoked_at=at, note=said
        )
        _holds_anew(who)
        _recorded(who, change, at, "rules_revoked")
    rulebook.forget()


def changes(who: Who, pack_id: str) -> QuerySet[RuleChange]:
    """The changes to a pack, newest first."""
    rows = RuleChange.objects.filter(organisation_id=who.organisation_id, pack=pack_id)
    return rows.select_related("proposed_by", "ended_by", "revoked_by").order_by("-id")


def change_of(who: Who, pack_id: str, change_id: UUID) -> RuleChange:
    """One change. Raises NotThere."""
    found = changes(who, pack_id).filter(id=change_id).first()
    if found is None:
        raise NotThere
    return found


def waiting(who: Who) -> int:
    """How many proposals wait for this person to sign."""
    if not may(who, Can.RULES):
        return 0
    rows = RuleChange.objects.filter(organisation_id=who.organisation_id, state="proposed")
    return rows.exclude(proposed_by_id=who.member_id).count()


def own_packs(who: Who) -> list[str]:
    """The packs that the organisation works with, its usual one first."""
    house = organisation(who.organisation_id)
    return list(dict.fromkeys([house.pack, *house.packs]))


def _may(who: Who) -> None:
    if not may(who, Can.RULES):
        raise Forbidden(Can.RULES)


def _own_pack(who: Who, pack_id: str) -> None:
    if pack_id not in own_packs(who):
        raise NotThere


def _checked(since: date | None, reason: str, source: str, today: date) -> tuple[date, str, str]:
    wrong: dict[str, str] = {}
    if since is None:
        wrong["since"] = _("请写明从哪天起。")
    elif since < today:
        wrong["since"] = _("生效日不能早于今天：已经开始的按原来的算。")
    elif (since - today).days > FURTHEST:
        wrong["since"] = _("生效日太远，请核对。")
    said, origin = clean(reason).strip(), " ".join(clean(source).split())
    if not said:
        wrong["reason"] = _("请写明为什么改。")
    if not origin:
        wrong["source"] = _("请写明出处：文件、条款或公司制度。")
    if len(said) > 2_000:
        wrong["reason"] = _("最多 2,000 字。")
    if len(origin) > 300:
        wrong["source"] = _("最多 300 字。")
    if wrong or since is None:
        raise Invalid(wrong)
    return since, said, origin


def _said(text: str, field: str, ask: str) -> str:
    said = clean(text).strip()
    if not said:
        raise Invalid({field: ask})
    return said[:2_000]


def _turn(change: RuleChange, standing: str, **values: object) -> None:
    """Change the state once. Raises Refusal when somebody was quicker."""
    rows = RuleChange.objects.filter(id=change.id, state=standing)
    if not rows.update(**values):
        raise Refusal(_("这项修改刚刚已经有人处理了。"), code="stale")
    change.refresh_from_db()


def _holds_anew(who: Who) -> None:
    rows = Organisation.objects.filter(id=who.organisation_id)
    rows.update(rules_version=F("rules_version") + 1)


def _recorded(who: Who, change: RuleChange, at: datetime, kind: str) -> None:
    record(who, at, kind, load(change.pack).label(), {"since": ["", str(change.since)]})
