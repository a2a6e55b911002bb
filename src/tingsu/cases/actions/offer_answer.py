"""What the customer says to an offer: yes, no, something else, or let us talk (HA-6, HA-17). By the
customer over the follow page or the link in the letter, or by the member who heard it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import plan_words
from tingsu.cases._clocks import ended_by, spoken_with
from tingsu.cases._moves import moving
from tingsu.cases._owed import becoming, lines_of
from tingsu.cases._plans import about, ending, giving_way, lapsing, offer_of, plan_of, turn
from tingsu.cases._remedies import facts, proposal, replacing
from tingsu.cases._rules import text_of
from tingsu.cases._tactics import tactics_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Offer, RemedyPlan
from tingsu.core import plans as rules
from tingsu.core.lifecycle import Move, Refused, State, step
from tingsu.core.plans import Answer
from tingsu.core.remedy import MOST
from tingsu.core.text import clean
from tingsu.people.actor import Actor

LONG = 2_000
KIND = {
    Answer.ACCEPTED: "offer_accepted",
    Answer.REFUSED: "offer_refused",
    Answer.COUNTERED: "offer_countered",
    Answer.TALK: "offer_talk",
}


@dataclass(frozen=True)
class Said:
    """The answer as it was given. wanted: fen that a counter-offer asks for; way: how a member
    heard it; agreed: the text as it was agreed, where that is not the text of the offer."""

    answer: str
    text: str = ""
    wanted: int | None = None
    way: str = ""
    agreed: str = ""
    tactics: Sequence[str] = field(default_factory=tuple)


def answer(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    offer_id: UUID,
    said: Said,
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Record the answer. A yes hands the lines over as the remedy to be carried out and moves the
    case on; a no leaves room for the next plan. Raises Refusal for an offer that is over, with
    the code ``answered`` or ``expired``; Invalid at the fields."""
    told = _checked(case, said)
    heard = by.member_id is not None

    def plan(case: Case) -> Plan:
        row = offer_of(case, offer_id)
        _open(case, row, at, heard=heard)
        now = _Answering(case, row, plan_of(case, row.plan_id), told, at)
        now.take(by)
        if heard:
            now.changes |= {"contacted_at": at, **spoken_with(case, at)}
            now.effects += ended_by(case, "contacted", at=at)
        elif case.open:
            now.changes["planned_at"] = at
        return Plan(now.entries, now.changes, now.rows, now.effects)

    return write(case, by, at, plan, expected=expected, key=key)


@dataclass
class _Answering:
    """An answer on its way to be written: what it says, and all that follows from it."""

    case: Case
    row: Offer
    scheme: RemedyPlan
    said: Said
    at: datetime
    entries: list[Entry] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    effects: list[Callable[[], object]] = field(default_factory=list)

    def take(self, by: Actor) -> None:
        """What follows from the answer."""
        self.entries.append(
            Entry(KIND[Answer(self.said.answer)], self.said.text, self._data(), public=True)
        )
        if self.said.answer == Answer.TALK:
            asked = {"talk_at": self.at, "answer": self.said.text}
            self.effects.append(changing(Offer, asked, id=self.row.id, state="out"))
            return
        ended, turned = rules.after(self.said.answer)
        kept = {"answer": self.said.text, "wanted": self.said.wanted, "heard_by_id": by.member_id}
        if self.said.answer == Answer.ACCEPTED:
            kept |= self._accept(by)
        self.effects[:0] = [
            ending(self.row, self.at, ended, **kept),
            turn(self.scheme, state=turned),
        ]

    def _data(self) -> dict[str, Any]:
        said = self.said
        more = {"wanted": said.wanted, "way": said.way, "tactics": list(said.tactics)}
        told = {name: value for name, value in more.items() if value not in (None, "", [])}
        return about(self.scheme) | {"offer": str(self.row.id)} | told

    def _accept(self, by: Actor) -> dict[str, Any]:
        """Its lines are owed from now on, until each is done; other offers are off the table, and
        what was agreed before in this round gives way."""
        case, scheme, at = self.case, self.scheme, self.at
        made = proposal(case, self.row.made_by_id, at, _columns(scheme))
        with override(case.language):
            words = self.said.agreed or plan_words.agreed_words(scheme.outcome, scheme.goodwill)
            lines = lines_of(made)
        kept = {"agreed": words, "calculation_id": made.id}
        self.entries[0].data |= {"agreed": words, "calculation": str(made.id)}
        self.entries.append(Entry("remedy_proposed", "", facts(made) | {"plan": str(scheme.id)}))
        self.rows.append(made)
        self.effects += replacing(case)
        self.effects += lapsing(case, at, "lapsed", but=[self.row.id])
        self.changes["remedied"] = True
        gone, effects = giving_way(case, scheme, at)
        self.effects += effects
        if lines:
            made.state = "agreed"
            owed = becoming(case, by, at, source="proposal", source_id=made.id, lines=lines)
            self.entries += owed.entries
            self.changes |= owed.changes
            self.rows += owed.rows
        if gone or lines:
            self.changes["owed_open"] = max(0, case.owed_open - gone) + len(lines)
        self._go_on()
        return kept

    def _go_on(self) -> None:
        """What was agreed is carried out. It follows from what the customer did, so that no pack
        may forbid it; a case that is past it stays where it is."""
        try:
            step(State(self.case.state), Move.EXECUTE)
        except Refused:
            return
        moved = moving(self.case, Move.EXECUTE, self.at, chosen=False)
        self.entries.append(moved.entry)
        self.changes |= moved.changes
        self.rows += moved.rows
        self.effects += moved.effects


def _checked(case: Case, said: Said) -> Said:
    if said.answer not in set(Answer):
        raise Invalid({"answer": _("请选一项。")})
    text = text_of(said.text, "text", limit=LONG) if said.text.strip() else ""
    if said.answer == Answer.REFUSED and not text:
        raise Invalid({"text": _("请写下哪里不合适，我们好换一个办法。")})
    if said.wanted is not None and not 0 <= said.wanted <= MOST:
        raise Invalid({"wanted": _("请核对这个金额。")})
    if said.answer == Answer.COUNTERED and not text and said.wanted is None:
        raise Invalid({"text": _("请写下希望怎样改，写金额或写话都可以。")})
    agreed = clean(said.agreed).strip()
    if len(agreed) > LONG:
        raise Invalid({"agreed": _("请在 %(n)s 字以内。") % {"n": f"{LONG:,}"}})
    wanted = said.wanted if said.answer == Answer.COUNTERED else None
    return Said(said.answer, text, wanted, said.way, agreed, tactics_of(case, said.tactics))


def _open(case: Case, row: Offer, at: datetime, *, heard: bool) -> None:
    """Raises Refusal in words for the one who answers too late."""
    if why := rules.answerable(row.state, row.expires_at, at, heard=heard):
        words = {
            "expired": _("这个方案的期限已经过了。需要的话，请联系承办人，再提一次就好。"),
            "answered": _("这个方案已经有了答复，不用再答一次。"),
        }
        raise Refusal(words[why], code=why)
    if not case.open:
        raise Refusal(_("这件投诉已经结束，这个方案不再有效。"), code="ended")


def _columns(scheme: RemedyPlan) -> dict[str, Any]:
    names = "pack_version rule_set asked outcome owed to_pay goodwill".split()
    return {name: getattr(scheme, name) for name in names}
