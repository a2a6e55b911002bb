"""Remedies: a trial by the rules, a proposal, carrying it out. Calls ``cases``."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import MOST_FEN
from tingsu.api.door import Call
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import In, Instant, Out, Text, Whole
from tingsu.cases.actions import remedy as remedies
from tingsu.cases.queries.remedies import proposals as proposals_of
from tingsu.cases.remedies import Asking, Granted, case_trial, trial
from tingsu.cases.remedy_kept import Gift, in_words, outcome_of
from tingsu.packs import available, load, say
from tingsu.people.permission import Can, NotThere

place = Place("remedy")
Short = Field("", max_length=400)


class GrantedIn(In):
    """A reduction of what is owed, its rate, and why."""

    reduction: Text = Field(max_length=60)
    rate: Text = Short
    reason: Text = Short


class AskingIn(In):
    """Situations that apply, facts as a person would type them, reductions, the rule set."""

    situations: list[Text] = Field([], max_length=60)
    facts: dict[Text, Text] = {}
    granted: list[GrantedIn] = Field([], max_length=60)
    rule_set: Text = Field("", max_length=40)


class Choice(Out):
    """A situation that may apply."""

    code: str
    words: str


class Needed(Out):
    """A fact that the chosen situations ask for."""

    name: str
    kind: str


class Worked(Out):
    """What comes of it: lines in the caller's language, sums in fen by currency."""

    rule_set: str
    situations: list[Choice]
    facts: list[Needed]
    words: dict[str, Any]
    totals: list[list[Any]]


@place.post(
    "/cases/{uuid:case_id}/remedy-trial", Can.READ, _l("试算应赔什么（不留记录）"), {200: Worked}
)
def case_try(request: Call, told: AskingIn) -> Any:
    """Nothing is kept."""
    return _worked(case_trial(request.auth.case, asking_of(told)))


@place.post("/public/remedies/{pack_id}", None, _l("公众试算：这种情况应得什么"), {200: Worked})
def public_try(request: HttpRequest, pack_id: str, told: AskingIn) -> Any:
    """For everybody; nothing is kept."""
    del request
    if pack_id not in available():
        raise NotThere
    worked = trial(load(pack_id), timezone.localdate(), asking_of(told), public=True)
    return _worked(worked)


class Proposal(Out):
    """What was proposed: proposed | replaced | done. Sums in fen."""

    id: UUID
    made_at: Instant
    state: str
    owed: int
    to_pay: int
    goodwill: int
    words: dict[str, Any]


class Proposals(Out):
    """The newest first."""

    proposals: list[Proposal]


@place.get("/cases/{uuid:case_id}/remedies", Can.READ, _l("赔偿方案"), Proposals)
def proposals(request: Call) -> Any:
    """What was proposed on this case."""
    rows = proposals_of(request.auth.case)
    plain = "id made_at state owed to_pay goodwill".split()
    return {
        "proposals": [
            {**{name: getattr(row, name) for name in plain}, "words": in_words(row.outcome)}
            for row in rows
        ]
    }


class GiftIn(In):
    """Beyond what is owed: what kind, what it is worth to us in fen, in words."""

    gives: Text = Field(max_length=20)
    fen: Whole = Field(ge=0, le=MOST_FEN)
    words: Text = Field("", max_length=400)


class ProposeIn(AskingIn):
    """As for a trial, with goodwill and a word."""

    gifts: list[GiftIn] = Field([], max_length=20)
    text: Text = ""


@place.step("remedy", Can.HANDLE, _l("记下赔偿方案"))
def propose(on: Doing, told: ProposeIn) -> Any:
    """202 when the goodwill is more than the member may decide."""
    gifts = [Gift(one.gives, one.fen, one.words.strip()) for one in told.gifts]
    return remedies.propose(
        on.case, on.by, on.at, asking=asking_of(told), gifts=gifts, text=told.text, **on.once
    )


class DoneIn(In):
    """Which proposal."""

    row_id: UUID
    text: Text = ""


@place.step("remedy-done", Can.HANDLE, _l("赔偿已兑现"))
def carry_out(on: Doing, told: DoneIn) -> Any:
    """The customer has it."""
    return remedies.carry_out(on.case, on.by, on.at, **told.dict(), **on.once)


def asking_of(told: AskingIn) -> Asking:
    """What was chosen, for the reckoning."""
    return Asking(
        situations=tuple(told.situations),
        facts={name[:60]: value[:200] for name, value in list(told.facts.items())[:100]},
        granted=tuple(Granted(one.reduction, one.rate, one.reason) for one in told.granted),
        rule_set=told.rule_set,
    )


def _worked(found: Any) -> dict[str, Any]:
    kept = outcome_of(found, [])
    language = get_language() or "zh-hans"
    return {
        "rule_set": found.rule_set,
        "situations": [
            {"code": one.id, "words": say(one.labels, language)} for one in found.offered
        ],
        "facts": [{"name": one.name, "kind": one.kind} for one in found.asked],
        "words": in_words(kept),
        "totals": kept["totals"],
    }
