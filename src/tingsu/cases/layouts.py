"""An organisation's own templates of papers: proposed by one, signed by another, revocable before
their day (HA-18). Touches their table and the storage; asks its own right.

Nothing is changed in place: going back is a later row without a file, or an earlier file anew.
What a template may hold is looked at by ``documents.layouts`` before it comes here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.cases._files import store
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Layout
from tingsu.core.text import clean, clean_line
from tingsu.people._recording import record
from tingsu.people.models import new_id
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

FORMS = ("typst", "word")
NOTE, FURTHEST = 400, 5 * 366


@dataclass(frozen=True)
class Place:
    """Which paper a template is for, and which of its two files."""

    pack: str
    kind: str
    language: str
    form: str


@dataclass(frozen=True)
class Template:
    """A template that was looked at; an empty one goes back to ours."""

    name: str = ""
    content: bytes = b""
    fields: Mapping[str, bool] = field(default_factory=dict)
    without: Sequence[str] = ()


def propose(
    who: Who, at: datetime, place: Place, given: Template, *, since: date | None, reason: str
) -> Layout:
    """A template that waits for a second person. Raises Invalid."""
    allowed(who)
    begins, said = _checked(since, reason, localdate(at))
    row = Layout(
        id=new_id(), organisation_id=who.organisation_id, **vars(place),
        fields=dict(given.fields), without=list(given.without), since=begins, reason=said,
        proposed_by_id=who.member_id, proposed_at=at,
    )  # fmt: skip
    with transaction.atomic():
        if given.content:
            row.sha256, row.stored_as = store(BytesIO(given.content))
            row.file_name, row.size = clean_line(given.name).strip()[:120], len(given.content)
        row.save(force_insert=True)
        _recorded(who, at, row, "layout_proposed")
    return row


def again(who: Who, at: datetime, row: Layout, *, since: date | None, reason: str) -> Layout:
    """Propose an earlier template anew: the way back."""
    allowed(who)
    begins, said = _checked(since, reason, localdate(at))
    anew = Layout.objects.get(id=row.id)
    anew.id, anew.state, anew.note = new_id(), "proposed", ""
    anew.since, anew.reason, anew.ended_by_id, anew.ended_at = begins, said, None, None
    anew.proposed_by_id, anew.proposed_at = who.member_id, at
    with transaction.atomic():
        anew.save(force_insert=True)
        _recorded(who, at, anew, "layout_proposed")
    return anew


def sign(who: Who, at: datetime, row: Layout) -> None:
    """Let it count from its day. Not by whoever proposed it, and not after its day."""
    allowed(who)
    if row.proposed_by_id == who.member_id:
        raise Refusal(_("提出的人不能自己签批，请另一位负责人或管理员来签。"), code="own")
    if row.since < localdate(at):
        raise Refusal(_("生效日已经过去，请改日期后重新提出。"), code="too_late")
    _turn(who, at, row, ("proposed", "signed"), "")


def refuse(who: Who, at: datetime, row: Layout, note: str) -> None:
    """Turn it down; whoever proposed it may take it back in the same way."""
    allowed(who)
    _turn(who, at, row, ("proposed", "refused"), _said(note, _("请写明为什么不采用。")))


def revoke(who: Who, at: datetime, row: Layout, note: str) -> None:
    """Take back a signed one before its day. Afterwards only a later row helps."""
    allowed(who)
    if row.since <= localdate(at):
        raise Refusal(_("已经生效，不能撤回。请提出换回从前的版式。"), code="in_force")
    _turn(who, at, row, ("signed", "revoked"), _said(note, _("请写明为什么撤回。")))


def layout_of(who: Who, layout_id: UUID) -> Layout:
    """One of the own house. Raises NotThere."""
    allowed(who)
    rows = Layout.objects.select_related("proposed_by", "ended_by")
    row = rows.filter(organisation_id=who.organisation_id, id=layout_id).first()
    if row is None:
        raise NotThere
    return row


def allowed(who: Who) -> None:
    """Raises Forbidden: the writers ask for themselves, whatever the face did."""
    if not may(who, Can.RULES):
        raise Forbidden(Can.RULES)


def _checked(since: date | None, reason: str, today: date) -> tuple[date, str]:
    wrong: dict[str, str] = {}
    said = clean(reason).strip()
    if since is None or since < today:
        wrong["since"] = _("请写明从哪天起，不能早于今天。")
    elif (since - today).days > FURTHEST:
        wrong["since"] = _("生效日太远，请核对。")
    if not said or len(said) > NOTE:
        wrong["reason"] = _("请写明为什么换，最多 400 字。")
    if wrong or since is None:
        raise Invalid(wrong)
    return since, said


def _said(note: str, ask: str) -> str:
    said = clean(note).strip()[:NOTE]
    if not said:
        raise Invalid({"note": ask})
    return said


def _turn(who: Who, at: datetime, row: Layout, turn: tuple[str, str], note: str) -> None:
    """Change the state once. Raises Refusal when somebody was quicker."""
    was, state = turn
    rows = Layout.objects.filter(id=row.id, state=was)
    with transaction.atomic():
        if not rows.update(state=state, ended_by_id=who.member_id, ended_at=at, note=note):
            raise Refusal(_("刚刚已经有人处理了，请刷新后再看。"), code="stale")
        _recorded(who, at, row, f"layout_{state}")


def _recorded(who: Who, at: datetime, row: Layout, kind: str) -> None:
    told = {"since": ["", str(row.since)], "paper": [row.kind, row.language]}
    record(who, at, kind, row.file_name or row.kind, told)
