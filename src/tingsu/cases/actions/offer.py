"""A plan is put before the customer, or taken back (HA-6, HA-17). Authority is looked at every
time: who may not give as much alone asks for a signature, and signing sends the offer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from tingsu.cases import offer_links, plan_words
from tingsu.cases._approvals import Given, carried, signed
from tingsu.cases._clocks import spoken_with
from tingsu.cases._guided import mood_first
from tingsu.cases._letters import letter_row
from tingsu.cases._moves import moving
from tingsu.cases._plans import (
    about,
    authority_of,
    ending,
    line_of,
    most_of,
    offer_of,
    plan_of,
    standing,
    turn,
)
from tingsu.cases._remedies import in_short
from tingsu.cases._rules import future, only_open, seen_to, text_of
from tingsu.cases._tactics import tactics_of
from tingsu.cases._wording import overridden
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Letter, Offer, RemedyPlan
from tingsu.core import plans as rules
from tingsu.core.lifecycle import Move, State
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

LONG = 2_000


@dataclass(frozen=True)
class _Terms:
    """What comes with the plan: words, the day, and how it reaches the customer."""

    said: str
    until: datetime
    tactics: list[str]
    channel: str
    override: str

    def told(self, row: RemedyPlan) -> dict[str, Any]:
        """For the one who signs, and for carrying it out then."""
        return {
            "plan": str(row.id),
            "version": row.version,
            "text": self.said,
            "tactics": self.tactics,
            "channel": self.channel,
            "override": self.override,
            "expires": _stamp(self.until),
            "words": _asked_words(row),
            "reason": self.said,
        }


def offer(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    plan_id: UUID,
    expires_at: datetime | None,
    text: str = "",
    tactics: Sequence[str] = (),
    channel: str = "",
    override: str = "",
    seen: int | None = None,
    expected: int | None = None,
    key: str | None = None,
    given: Given | None = None,
) -> Written:
    """Offer a plan until a day. It opens the talks where they have not begun.

    seen: the version of the plan as the person saw it. Raises Refusal with the reason why it
    cannot be offered, NeedsApproval where more is given beyond the rules than the person may
    decide on this case, Invalid at ``override`` for words that hurt.
    """
    until = future(expires_at, at, "expires_at")
    said = text_of(text, "text", limit=LONG) if text.strip() else ""
    terms = _Terms(said, until, tactics_of(case, tactics), channel, override)

    def plan(case: Case) -> Plan:
        only_open(case)
        if not given:
            mood_first(case, by, saying=said)
        row = plan_of(case, plan_id)
        _allowed(case, row, seen)
        authority = _authority(case, by, row, terms, given)
        more = overridden(case, said, "interim", channel, override)
        made = _made(case, by, at, row, terms)
        made.authority = authority
        return _plan(case, row, made, terms, more)

    return write(case, by, at, plan, expected=expected, key=key)


@carried("offer")
def _carry(case: Case, by: Actor, at: datetime, told: Mapping[str, Any], given: Given) -> Written:
    until = datetime.fromisoformat(told["expires"])
    if until <= at:
        words = _("答复期限已经过了，请退回，让承办人改了期限再提请。")
        raise Refusal(words, code="expired")
    return offer(
        case,
        by,
        at,
        plan_id=UUID(told["plan"]),
        expires_at=until,
        text=told["text"],
        tactics=told["tactics"],
        channel=told["channel"],
        override=told["override"],
        seen=told["version"],
        given=given,
    )


def withdraw(
    case: Case, by: Actor, at: datetime, *, offer_id: UUID, reason: str, key: str | None = None
) -> Written:
    """Take an offer back that was not answered; the customer reads why. A letter that has not
    left stays here."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明为什么收回，客户会看到。"))

    def plan(case: Case) -> Plan:
        row = offer_of(case, offer_id)
        scheme = plan_of(case, row.plan_id)
        effects = [
            ending(row, at, "withdrawn"),
            turn(scheme, state="prepared"),
            lambda: _stop_letter(row),
        ]
        data = about(scheme) | {"offer": str(row.id)}
        return Plan([Entry("offer_withdrawn", said, data, public=True)], effects=effects)

    return write(case, by, at, plan, key=key)


def _stop_letter(row: Offer) -> None:
    """If the worker has not claimed it; what has left is followed by the entry alone."""
    waiting = Letter.objects.filter(event_id=row.event_id, case_id=row.case_id, state="waiting")
    waiting.filter(claimed_until__isnull=True).update(state="taken_back")


def _allowed(case: Case, row: RemedyPlan, seen: int | None) -> None:
    if seen is not None and seen != row.version:
        words = _("这个方案在您打开以后改过了，请看过再提。")
        raise Refusal(words, code="changed")
    why = rules.why_not(standing(row), case.state, line=most_of(line_of(case)))
    if why:
        raise Refusal(plan_words.WHY[why](), code=why)


def _authority(
    case: Case, by: Actor, row: RemedyPlan, terms: _Terms, given: Given | None
) -> dict[str, Any]:
    """What the person may give and what this would use, with the signature where one was needed.
    Raises NeedsApproval."""
    found: dict[str, Any] = asdict(authority_of(case, by.me, row.goodwill))
    if not row.goodwill:
        return found
    amount = found["used"] + row.goodwill
    told, subject = terms.told(row), str(row.id)
    return found | signed(
        case, "remedy", by, step="offer", told=told, subject=subject, amount=amount, given=given
    )


def _made(case: Case, by: Actor, at: datetime, row: RemedyPlan, terms: _Terms) -> Offer:
    names = "name outcome goodwill version place".split()
    return Offer(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        plan_id=row.id,
        event_id=new_id(),
        made_by_id=by.me,
        made_at=at,
        expires_at=terms.until,
        body=plan_words.body(case, row, terms.said, terms.until),
        told={name: getattr(row, name) for name in names},
    )


def _plan(case: Case, row: RemedyPlan, made: Offer, terms: _Terms, more: Sequence[Entry]) -> Plan:
    """The offer with its letter, the silence broken, and the talks opened where they were not."""
    at = made.made_at
    data = about(row) | {"offer": str(made.id), "expires": _stamp(made.expires_at)}
    data |= {"tactics": terms.tactics, "authority": made.authority, "place": row.place}
    entry = Entry("plan_offered", made.body, data, public=True, id=made.event_id)
    letter = letter_row(
        case,
        case.party,
        kind=offer_links.KIND,
        subject=plan_words.subject(case),
        body=made.body,
        event_id=entry.id,
        send_after=at + timedelta(seconds=settings.SEND_DELAY_SECONDS),
        channel=terms.channel,
    )
    rows, turned = [made, letter], [turn(row, state="out")]
    changes = {**spoken_with(case, at), **seen_to(case, at)}
    if State(case.state) in rules.OPENING:
        step = moving(case, Move.NEGOTIATE, at)
        return step.plan(step.entry, entry, *more, rows=rows, effects=turned, **changes)
    return Plan([entry, *more], changes, rows, turned)


def _asked_words(row: RemedyPlan) -> str:
    """What the one who signs reads."""
    short = in_short(row.owed, row.outcome["gifts"])
    return _("提出方案“%(name)s”：%(what)s") % {"name": row.name, "what": short}


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
