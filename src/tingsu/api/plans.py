"""Plans, offers, the negotiation of a case. Calls ``cases``; the bottom line goes only to those who
negotiate the case, and stands in no other answer."""

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import MOST_FEN, Channel
from tingsu.api.door import Call
from tingsu.api.place import Doing, Place
from tingsu.api.plan_shapes import LineOut, PlansOut, offer_told, plan_told
from tingsu.api.remedy import AskingIn, GiftIn, asking_of
from tingsu.api.shapes import Flag, In, Instant, Text, Whole
from tingsu.cases.actions import (
    bargain,
    bottom_line,
    offer,
    offer_answer,
    plan,
    plan_consent,
)
from tingsu.cases.plan_draft import Draft, Wanted
from tingsu.cases.queries import plans as queries
from tingsu.cases.remedy_kept import Gift
from tingsu.people.permission import Can

place = Place("plans")
Fen = Field(0, ge=0, le=MOST_FEN)
Tactics: Any = Field([], max_length=40)


class WantedIn(In):
    """Somebody who must agree: a department, a member, a role, or anybody by name."""

    kind: Literal["department", "member", "role", "other"]
    ref: Text = Field("", max_length=40)
    name: Text = Field("", max_length=60)


class PlanIn(AskingIn):
    """What a plan gives, what it costs besides, how it is weighed, who must agree."""

    name: Text
    gifts: list[GiftIn] = Field([], max_length=10)
    own_cost: Whole = Fen
    own_cost_for: Text = ""
    feasible: Literal["", "easy", "possible", "hard"] = ""
    weighed: dict[Text, Text] = {}
    consents: list[WantedIn] = Field([], max_length=6)


@place.step("plan", Can.HANDLE, _l("拟方案（按规则应给的加酌情）"))
def make(on: Doing, told: PlanIn) -> Any:
    """At most four in a round."""
    return plan.make(on.case, on.by, on.at, draft=_draft(told), **on.once)[0]


class PlanChangeIn(PlanIn):
    """The whole plan as it should be."""

    plan_id: UUID


@place.step("plan-change", Can.HANDLE, _l("改方案"))
def change(on: Doing, told: PlanChangeIn) -> Any:
    """What the customer has cannot be changed; those who agreed are asked again."""
    draft = _draft(told)
    return plan.change(on.case, on.by, on.at, plan_id=told.plan_id, draft=draft, **on.once)


class PlanOrderIn(In):
    """One place earlier, or later."""

    plan_id: UUID
    earlier: Flag


@place.step("plan-order", Can.HANDLE, _l("改方案的次序"))
def order(on: Doing, told: PlanOrderIn) -> Any:
    """The order in which plans are offered."""
    return plan.order(on.case, on.by, on.at, **told.dict(), **on.once)


class PlanDropIn(In):
    """Which plan, and why."""

    plan_id: UUID
    reason: Text


@place.step("plan-drop", Can.HANDLE, _l("放弃方案"))
def drop(on: Doing, told: PlanDropIn) -> Any:
    """It stays on record."""
    return plan.drop(on.case, on.by, on.at, **told.dict(), **on.once)


class PlanConsentIn(In):
    """Whose word (the code from the plan), and how it came."""

    plan_id: UUID
    code: Text
    agreed: Flag
    text: Text = ""


@place.step("plan-consent", Can.HANDLE, _l("记下对方案的意见"))
def consent(on: Doing, told: PlanConsentIn) -> Any:
    """A plan is offered once all agree."""
    return plan_consent.consent(on.case, on.by, on.at, **told.dict(), **on.once)


class LineIn(In):
    """The most to the customer in fen, what cannot be given up, or both."""

    most: Whole | None = Field(None, ge=0, le=MOST_FEN)
    words: Text = ""


@place.step("plan-line", Can.HANDLE, _l("定谈判底线"))
def set_line(on: Doing, told: LineIn) -> Any:
    """For those who negotiate the case; the timeline says only that it was set."""
    queries.line(on.who, on.case, on.at)  # for the others it is not there
    return bottom_line.set_line(on.case, on.by, on.at, **told.dict(), **on.once)


class OfferIn(In):
    """Which plan in which version, until when, in which words, with which tactics."""

    plan_id: UUID
    expires_at: Instant
    text: Text = ""
    tactics: list[Text] = Tactics
    override: Text = ""
    seen: Whole | None = None


@place.step("offer", Can.HANDLE, _l("提出方案"), fresh=True)
def put(on: Doing, told: OfferIn) -> Any:
    """202 when the goodwill is more than the member may decide."""
    queries.must_negotiate(on.who, on.case, on.at)
    return offer.offer(on.case, on.by, on.at, **told.dict(), **on.fresh)


class OfferBackIn(In):
    """Which offer, and why; the customer reads it."""

    offer_id: UUID
    reason: Text


@place.step("offer-withdraw", Can.HANDLE, _l("收回提出的方案"))
def withdraw(on: Doing, told: OfferBackIn) -> Any:
    """One that was not answered."""
    queries.must_negotiate(on.who, on.case, on.at)
    return offer.withdraw(on.case, on.by, on.at, **told.dict(), **on.once)


class OfferAnswerIn(In):
    """What the customer said, and how it was heard."""

    offer_id: UUID
    answer: Literal["accepted", "refused", "countered", "talk"]
    text: Text = ""
    wanted: Whole | None = Field(None, ge=0, le=MOST_FEN)
    way: Channel
    agreed: Text = ""
    tactics: list[Text] = Tactics


@place.step("offer-answer", Can.RECORD, _l("记下客户对方案的答复"), fresh=True)
def answer(on: Doing, told: OfferAnswerIn) -> Any:
    """A yes makes its lines owed and moves the case to executing."""
    given = told.dict()
    offer_id = given.pop("offer_id")
    said = offer_answer.Said(**given)
    return offer_answer.answer(on.case, on.by, on.at, offer_id=offer_id, said=said, **on.fresh)


class TalkIn(In):
    """What was said about terms."""

    text: Text
    channel: Channel = "phone"
    tactics: list[Text] = Tactics
    present: Text = ""
    agreed: Text = ""


@place.step("bargain", Can.HANDLE, _l("记一次协商"))
def talk(on: Doing, told: TalkIn) -> Any:
    """It is a contact, too."""
    return bargain.bargain(on.case, on.by, on.at, **told.dict(), **on.once)


@place.get("/cases/{uuid:case_id}/plans", Can.READ, _l("方案和提出的情况"), PlansOut)
def plans(request: Call, case_id: UUID) -> Any:
    """Never the bottom line, nor what hangs on it."""
    del case_id
    call = request.auth
    return {
        "plans": [plan_told(call.case, one) for one in queries.plans(call.case)],
        "offers": [offer_told(call, one) for one in queries.offers(call.case)],
    }


@place.get("/cases/{uuid:case_id}/plan-line", Can.HANDLE, _l("谈判底线（只给协商的人）"), LineOut)
def line(request: Call, case_id: UUID) -> Any:
    """404 for everybody who does not negotiate the case."""
    del case_id
    call = request.auth
    found = queries.line(call.who, call.case, timezone.now())
    if found is None:
        return {"most": None, "words": "", "set_at": None}
    return {"most": found.most, "words": found.words, "set_at": found.at}


def _draft(told: PlanIn) -> Draft:
    return Draft(
        name=told.name,
        asking=asking_of(told),
        gifts=tuple(Gift(one.gives, one.fen, one.words.strip()) for one in told.gifts),
        own_cost=told.own_cost,
        own_cost_for=told.own_cost_for,
        feasible=told.feasible,
        weighed=dict(told.weighed),
        consents=tuple(Wanted(one.kind, one.ref, one.name) for one in told.consents),
    )
