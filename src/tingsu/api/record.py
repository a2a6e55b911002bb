"""Steps about the record: facts, complainant, ties to other cases, watch list. Calls actions."""

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import MOST_FEN, Language, Nature, PartyKind, Severity, Sex, Way
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Day, In, Instant, Text, Whole
from tingsu.cases.actions import facts as recording
from tingsu.cases.actions import link as ties
from tingsu.cases.actions import read_customer
from tingsu.cases.actions import tell_apart as telling
from tingsu.cases.actions import watch as watching
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries.heard import heard
from tingsu.people.permission import Can, NotThere

place = Place("record")


class FactsIn(In):
    """What is on record; only what is sent is changed. ``amount`` in fen, null where unknown."""

    title: Text = ""
    narrative: Text = ""
    request: Text = ""
    reasons: Text = ""
    category: Text = ""
    nature: Nature = "questioning"
    severity: Severity = "ordinary"
    respondent_unit: Text = ""
    respondent_place: Text = ""
    happened_at: Instant | None = None
    happened_where: Text = ""
    product: Text = ""
    amount: Whole | None = Field(None, ge=0, le=MOST_FEN)
    order_number: Text = ""
    contract_number: Text = ""
    source_ref: Text = ""
    anger: Whole | None = Field(None, ge=0, le=4)
    planned_at: Instant | None = None
    variants: list[Text] = Field([], max_length=50)
    reason: Text = ""


@place.step("facts", Can.HANDLE, _l("更正事实"), fresh=True)
def facts(on: Doing, told: FactsIn) -> Any:
    """The old values stay in the timeline."""
    values = told.dict(exclude_unset=True, exclude={"reason"}) or {"title": on.case.title}
    return recording.change(on.case, on.by, on.at, values=values, reason=told.reason, **on.fresh)


class PartyIn(In):
    """The complainant; only what is sent is changed, "" takes a value away."""

    name: Text = ""
    phone: Text = ""
    email: Text = ""
    address: Text = ""
    sex: Sex = ""
    postcode: Text = ""
    nationality: Text = ""
    kind: PartyKind = "person"
    preferred_channel: Way = ""
    preferred_time: Text = ""
    needs: Text = ""
    language: Language = "zh-hans"


@place.step("party", Can.HANDLE, _l("更正当事人"), fresh=True)
def party(on: Doing, told: PartyIn) -> Any:
    """The old values stay in the timeline, sealed."""
    known = on.case.party
    values = told.dict(exclude_unset=True) or {"name": known.name if known else ""}
    return recording.change_party(on.case, on.by, on.at, values=values, **on.fresh)


class LinkIn(In):
    """Another case, by its id, and how the two belong together."""

    other: UUID
    kind: Literal["related", "repeat"] = "related"
    reason: Text = Field("", max_length=200)


@place.step("link", Can.HANDLE, _l("关联投诉"))
def link(on: Doing, told: LinkIn) -> Any:
    """Both timelines tell of it."""
    return ties.link(
        on.case, on.by, on.at,
        other=_other(on, told.other), kind=told.kind, reason=told.reason.strip(), **on.once,
    )  # fmt: skip


class OtherIn(In):
    """Another case, by its id."""

    other: UUID
    reason: Text = Field("", max_length=200)


@place.step("unlink", Can.HANDLE, _l("取消关联"))
def unlink(on: Doing, told: OtherIn) -> Any:
    """The tie is undone, not forgotten."""
    other, reason = _other(on, told.other), told.reason.strip()
    return ties.unlink(on.case, on.by, on.at, other=other, reason=reason, **on.once)


@place.step("merge", Can.HANDLE, _l("并入另一件"), fresh=True)
def merge(on: Doing, told: OtherIn) -> Any:
    """It goes on in the other one; later contacts arrive there."""
    into, reason = _other(on, told.other), told.reason.strip()
    return ties.merge(on.case, on.by, on.at, into=into, reason=reason, **on.fresh)


class UnmergeIn(In):
    """Why."""

    reason: Text


@place.step("unmerge", Can.HANDLE, _l("拆开并案"))
def unmerge(on: Doing, told: UnmergeIn) -> Any:
    """Back to where it stood."""
    return ties.unmerge(on.case, on.by, on.at, reason=told.reason, **on.once)


@place.step("tell-apart", Can.HANDLE, _l("不是同一件事"))
def tell_apart(on: Doing, told: OtherIn) -> Any:
    """It is not offered again."""
    return telling.tell_apart(on.case, on.by, on.at, other=_other(on, told.other), **on.once)


class WatchIn(In):
    """For the watch list: what, why, until when (a year at most)."""

    kind: Literal["unpaid", "harassment", "vexatious", "other"]
    reason: Text
    expires_on: Day


@place.step("watch", Can.WATCH, _l("列入关注名单"))
def watch(on: Doing, told: WatchIn) -> Any:
    """A proposal; a second person approves."""
    return watching.propose(on.case, on.by, timezone.localtime(on.at), **told.dict(), **on.once)


class EntryIn(In):
    """Which entry of the watch list, and why."""

    entry_id: UUID
    reason: Text = ""


@place.step("watch-approve", Can.WATCH_APPROVE, _l("批准列入"))
def watch_approve(on: Doing, told: EntryIn) -> Any:
    """Never by the one who proposed it."""
    return watching.approve(on.case, on.by, on.at, entry_id=told.entry_id, **on.once)


@place.step("watch-end", Can.WATCH_APPROVE, _l("移出关注名单"))
def watch_end(on: Doing, told: EntryIn) -> Any:
    """With the reason."""
    return watching.end(
        on.case, on.by, on.at, entry_id=told.entry_id, reason=told.reason, **on.once
    )


class ReadIn(In):
    """How the customer is, kind by kind (docs/rules/reading.md), and the mood."""

    values: dict[Text, Text] = {}
    anger: Whole | None = Field(None, ge=0, le=4)


@place.step("read-customer", Can.HANDLE, _l("这位客户"))
def read(on: Doing, told: ReadIn) -> Any:
    """Confirms or corrects what was read from the customer's words."""
    offered = {kind: sign.code for kind, sign in heard(on.case).reading.values.items()}
    if not told.values and told.anger is None:
        raise Invalid({"values": _("还没有选什么。")})
    return read_customer.confirm(
        on.case, on.by, on.at,
        values=told.values, anger=told.anger, offered=offered, **on.once,
    )  # fmt: skip


def _other(on: Doing, chosen: UUID) -> Any:
    try:
        return access_case(on.who, chosen, Can.READ)
    except NotThere as odd:
        raise Refusal(_("找不到这个编号，或它不在您的范围内。"), "other", "missing") from odd
