"""How a case comes to its end: agreements, mediation, decisions. Calls actions; ``ending_shapes``
tells of all of it in one read."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy
from ninja import Field

from tingsu.api.codes import MOST_FEN
from tingsu.api.door import Call
from tingsu.api.ending_shapes import EndingsOut, OwedLineIn, endings_told, line_of
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Text, Whole
from tingsu.cases.actions import agree, mediate, rule_on
from tingsu.people.permission import Can

place = Place("endings")
Lines: Any = Field([], max_length=20)


@place.get("/cases/{uuid:case_id}/endings", Can.READ, _l("了结：还缺什么、约定了什么"), EndingsOut)
def whole(request: Call) -> Any:
    """What is missing for closing; agreements, mediation, decisions, and all that is owed."""
    return endings_told(request.auth.who, request.auth.case)


class AgreementIn(In):
    """Its text, and what it makes owed once both have signed. proposal: the one it is made of."""

    kind: Literal["settlement", "mediation"]
    text: Text
    lines: list[OwedLineIn] = Lines
    proposal: UUID | None = None


@place.step("agreement", Can.HANDLE, _l("起草协议"))
def draft(on: Doing, told: AgreementIn) -> Any:
    """Nobody has signed it yet; one at a time."""
    lines = [line_of(one) for one in told.lines]
    return agree.draft(
        on.case, on.by, on.at,
        kind=told.kind, text=told.text, lines=lines, calculation=told.proposal, **on.once,
    )[0]  # fmt: skip


class AgreementChangeIn(In):
    """The whole text and all lines as they should be."""

    agreement_id: UUID
    text: Text
    lines: list[OwedLineIn] = Lines


@place.step("agreement-change", Can.HANDLE, _l("改协议"))
def change(on: Doing, told: AgreementChangeIn) -> Any:
    """One that was put up is taken back: a signature is for one text."""
    lines = [line_of(one) for one in told.lines]
    return agree.change(
        on.case, on.by, on.at,
        agreement_id=told.agreement_id, text=told.text, lines=lines, **on.once,
    )  # fmt: skip


class AgreementUpIn(In):
    """Its name, and who signs for each side."""

    agreement_id: UUID
    title: Text = Field(min_length=1, max_length=120)
    complainant_name: Text = Field(max_length=60)
    respondent_name: Text = Field(max_length=60)


@place.step("agreement-put-up", Can.HANDLE, _l("协议送签"))
def put_up(on: Doing, told: AgreementUpIn) -> Any:
    """Two signatures are asked for (``signings``); the last one makes the lines owed."""
    names = {"complainant": told.complainant_name, "respondent": told.respondent_name}
    return agree.put_up(
        on.case, on.by, on.at,
        agreement_id=told.agreement_id, title=told.title, names=names, **on.once,
    )  # fmt: skip


class AgreementVoidIn(In):
    """Which one, and why."""

    agreement_id: UUID
    reason: Text


@place.step("agreement-void", Can.HANDLE, _l("协议作废"))
def void(on: Doing, told: AgreementVoidIn) -> Any:
    """Before both have signed."""
    return agree.give_up(on.case, on.by, on.at, **told.dict(), **on.once)


class MediationIn(In):
    """That both want it, and how they said so."""

    text: Text


@place.step("mediation", Can.HANDLE, _l("开始调解"))
def begin(on: Doing, told: MediationIn) -> Any:
    """The case moves to mediating where it may."""
    return mediate.begin(on.case, on.by, on.at, text=told.text, **on.once)


class SessionIn(In):
    """One meeting. next_at: of one that goes on. held_at: now, if nothing is said."""

    held_at: Instant | None = None
    way: Literal["face", "phone", "video"]
    place: Text = Field("", max_length=200)
    mediators: Text = Field(max_length=200)
    attended: Text = Field(max_length=400)
    complainant_said: Text = Field("", max_length=5_000)
    respondent_said: Text = Field("", max_length=5_000)
    result: Literal["continue", "agreed", "failed"]
    next_at: Instant | None = None
    note: Text = Field("", max_length=5_000)


@place.step("mediation-session", Can.HANDLE, _l("记一场调解"))
def session(on: Doing, told: SessionIn) -> Any:
    """What each side wants, and what came of it."""
    given = told.dict()
    held = given.pop("held_at") or on.at
    row = mediate.Session(at=held, **given)
    return mediate.session(on.case, on.by, on.at, told=row, **on.once)


class MediationFailIn(In):
    """Why, what comes next, and by which of the pack's grounds ("" for another one)."""

    reason: Text
    next_step: Literal["decide", "terminate", "investigate"]
    ground: Text = Field("", max_length=60)


@place.step("mediation-fail", Can.HANDLE, _l("调解不成"))
def fail(on: Doing, told: MediationFailIn) -> Any:
    """Its time limits and papers follow."""
    return mediate.fail(on.case, on.by, on.at, **told.dict(), **on.once)


class DecisionIn(In):
    """Facts, reasons, basis, what is decided, the sum in fen, and what it makes owed."""

    found: Text
    reasons: Text
    basis: Text
    terms: Text
    amount: Whole = Field(0, ge=0, le=MOST_FEN)
    lines: list[OwedLineIn] = Lines


@place.step("decision", Can.HANDLE, pgettext_lazy("owed", "决定"), fresh=True)
def decide(on: Doing, told: DecisionIn) -> Any:
    """Of a case that is being decided. 202 when a signature is needed first."""
    given = told.dict(exclude={"lines"})
    ruling = rule_on.Ruling(**given, lines=[line_of(one) for one in told.lines])
    return rule_on.decide(on.case, on.by, on.at, ruling=ruling, **on.fresh)


class DecisionRevokeIn(In):
    """Which one, and why."""

    decision_id: UUID
    reason: Text


@place.step("decision-revoke", Can.DECIDE, _l("撤销决定"))
def revoke(on: Doing, told: DecisionRevokeIn) -> Any:
    """What it made owed and is not begun is void."""
    return rule_on.revoke(on.case, on.by, on.at, **told.dict(), **on.once)
