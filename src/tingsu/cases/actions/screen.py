"""初审: conclude the check list; say who complains together (SC-1, SC-2)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._parties import new_party
from tingsu.cases._rules import only_open
from tingsu.cases._screening import FRESH, Answered, answered, checklist
from tingsu.cases._sealed import vault
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import LIMITS, Intake
from tingsu.cases.models import Case, Joined, Screening
from tingsu.core.lifecycle import State
from tingsu.core.screening import Outcome, Proposal, possible, propose
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

MOST_PEOPLE = 999


def conclude(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    answers: Mapping[str, Mapping[str, Any]],
    outcome: Outcome,
    note: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Confirm what first review ends with. answers: code -> ``answer`` (yes, no, unknown) and, for
    a time bar, ``on`` (the day from which it runs); what is left out the file answers.

    Raises Refusal for an outcome that the answers or the pack do not allow.
    """
    said = clean(note).strip()

    def plan(case: Case) -> Plan:
        _still_fresh(case)
        checks = checklist(case)
        found = answered(case, answers, checks)
        plain = {one.check.item.code: one.found.answer for one in found}
        proposal = propose(checks.items, plain)
        if outcome not in possible(checks.items, plain, checks.allowed):
            raise Invalid({"outcome": _("这样回答，不能得出这个结果。请看右边的理由。")})
        row = _row(case, found, proposal, outcome)
        row.note, row.by_id, row.at = said, by.me, at
        data = {
            "screening": str(row.id),
            "outcome": row.outcome,
            "proposed": row.proposed,
            "grounds": row.grounds,
            "answers": {code: answer.value for code, answer in plain.items()},
        }
        return Plan([Entry("screened", said, data)], {"screened_at": at}, [row])

    return write(case, by, at, plan, expected=expected, key=key)


def _row(case: Case, found: Sequence[Answered], proposal: Proposal, outcome: Outcome) -> Screening:
    grounds = proposal.grounds if proposal.outcome is outcome else ()
    return Screening(
        id=new_id(),
        case_id=case.id,
        round=case.round,
        pack_version=case.pack_version,
        answers={one.check.item.code: _told(one) for one in found},
        proposed=proposal.outcome.value if proposal.outcome else "",
        outcome=outcome.value,
        grounds=list(grounds),
    )


def join(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    name: str,
    phone: str = "",
    representative: bool = False,
    key: str | None = None,
) -> Written:
    """Somebody else complains of the same: kept as a party of the case, sealed like any other."""
    intake = Intake("file", "", name=clean_line(name), phone=clean_line(phone))
    if not intake.name:
        raise Invalid({"name": _("请填写姓名。")})
    for field in ("name", "phone"):
        if len(getattr(intake, field)) > LIMITS[field]:
            raise Invalid({field: _("太长了，请核对。")})

    def plan(case: Case) -> Plan:
        only_open(case)
        if case.people >= MOST_PEOPLE:
            raise Refusal(_("共同投诉人已经很多，名单请作为附件上传。"), code="too_many")
        party = new_party(case.organisation_id, intake, at)
        row = Joined(
            id=new_id(), case_id=case.id, party_id=party.id, representative=representative, at=at
        )
        entry = Entry(
            "joined",
            data={"joined": str(row.id), "representative": representative},
            name_tokens=vault().name_tokens(intake.name),
        )
        return Plan([entry], {"people": case.people + 1}, [party, row])

    return write(case, by, at, plan, key=key)


def speaks(
    case: Case, by: Actor, at: datetime, *, joined_id: UUID, yes: bool, key: str | None = None
) -> Written:
    """One of them speaks for the others, or no longer."""

    def plan(case: Case) -> Plan:
        _joined(case, joined_id)
        change = changing(Joined, {"representative": yes}, id=joined_id, case_id=case.id)
        entry = Entry("joined_speaks", data={"joined": str(joined_id), "representative": yes})
        return Plan([entry], effects=[change])

    return write(case, by, at, plan, key=key)


def leave(
    case: Case, by: Actor, at: datetime, *, joined_id: UUID, key: str | None = None
) -> Written:
    """One of them withdraws; the others go on."""

    def plan(case: Case) -> Plan:
        _joined(case, joined_id)
        change = changing(Joined, {"left_at": at}, id=joined_id, case_id=case.id)
        entry = Entry("joined_left", data={"joined": str(joined_id)})
        return Plan([entry], {"people": max(1, case.people - 1)}, effects=[change])

    return write(case, by, at, plan, key=key)


def _joined(case: Case, joined_id: UUID) -> None:
    if not Joined.objects.filter(case=case, id=joined_id, left_at__isnull=True).exists():
        raise Refusal(_("找不到这位共同投诉人，可能已经退出。"), code="missing")


def _still_fresh(case: Case) -> None:
    only_open(case)
    if State(case.state) not in FRESH:
        raise Refusal(_("已经受理或有了结果，不再初审。"), code="not_from_here")


def _told(one: Answered) -> dict[str, Any]:
    told: dict[str, Any] = {"answer": one.found.answer.value, "said": one.said}
    if one.found.fact:
        told |= {"fact": one.found.fact, "value": one.found.value[:200]}
    if isinstance(one.on, date):
        told["on"] = one.on.isoformat()
    return told
