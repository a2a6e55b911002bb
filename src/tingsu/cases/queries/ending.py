"""How a case comes to its end: agreements, mediation, decisions, what is owed. Reads case tables.

A case of which nothing of this is on record (``Case.ending``) asks the database nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._ending import asked_so_far, book_of, no_answer, time_for
from tingsu.cases._owed import lines_from, lines_of
from tingsu.cases.models import (
    Agreement,
    Calculation,
    Case,
    CheckAsked,
    Decision,
    Mediation,
    MediationSession,
    Obligation,
    Performance,
    Signing,
)
from tingsu.cases.queries.portal import last_answer
from tingsu.core.ending import Line, NoAnswer
from tingsu.core.lifecycle import State
from tingsu.packs.ending import Ending, Said
from tingsu.people.permission import NotThere

OPEN = ("open", "refused")


@dataclass
class Endings:
    """Everything of it, the newest first; what is owed by its day, open ones first."""

    agreements: list[Agreement] = field(default_factory=list)
    mediations: list[Mediation] = field(default_factory=list)
    sessions: dict[UUID, list[MediationSession]] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    owed: list[Obligation] = field(default_factory=list)
    extra: list[Obligation] = field(default_factory=list)
    done: dict[UUID, list[Performance]] = field(default_factory=dict)

    @property
    def open_mediation(self) -> Mediation | None:
        """The one that is going on."""
        return next((one for one in self.mediations if one.state == "open"), None)

    @property
    def waiting(self) -> Agreement | None:
        """The one that is not signed yet."""
        return next((one for one in self.agreements if one.state in ("draft", "signing")), None)


def of_case(case: Case) -> Endings:
    """All of a case."""
    if not case.ending:
        return Endings()
    found = Endings(
        agreements=list(
            Agreement.objects.filter(case=case).select_related("document").order_by("-id")
        ),
        mediations=list(Mediation.objects.filter(case=case).order_by("-id")),
        decisions=list(
            Decision.objects.filter(case=case).select_related("document", "made_by").order_by("-id")
        ),
    )
    for session in MediationSession.objects.filter(mediation__case=case).order_by("at", "id"):
        found.sessions.setdefault(session.mediation_id, []).append(session)
    rows = Obligation.objects.filter(case=case).select_related("member").order_by("due_at", "id")
    owed = sorted(rows, key=lambda row: row.state not in OPEN)
    found.owed = [row for row in owed if row.source != "extra"]
    found.extra = [row for row in owed if row.source == "extra"]
    parts = Performance.objects.filter(obligation__case=case).select_related("file", "made_by")
    for part in parts.order_by("at", "id"):
        found.done.setdefault(part.obligation_id, []).append(part)
    return found


def proposed(case: Case) -> list[Calculation]:
    """Proposals that have no result yet."""
    if not case.remedied:
        return []
    return list(Calculation.objects.filter(case=case, state="proposed").order_by("-made_at", "-id"))


def lines(row: Calculation) -> list[Line]:
    """What a proposal would make owed."""
    return lines_of(row)


def drafted(row: Agreement) -> list[Line]:
    """What an agreement would make owed."""
    return lines_from(row.lines)


def agreement(case: Case, agreement_id: UUID) -> Agreement:
    """One of the case. Raises NotThere."""
    row = Agreement.objects.filter(case=case, id=agreement_id).first()
    if row is None:
        raise NotThere
    return row


def obligation(case: Case, row_id: UUID) -> Obligation:
    """One line of the case. Raises NotThere."""
    row = Obligation.objects.filter(case=case, id=row_id).first()
    if row is None:
        raise NotThere
    return row


def signed_decision(case: Case, document_id: UUID, said: Mapping[str, str]) -> dict[str, str]:
    """The signature that a decision rests on, for its paper: as long as the paper says what was
    signed. {} where there is none, or where the draft was changed since."""
    rows = Decision.objects.filter(case=case, document_id=document_id, state="made")
    row = rows.exclude(approval=None).first()
    if row is None:
        return {}
    signed = {
        "found": row.found,
        "liability": row.reasons,
        "basis": row.basis,
        "terms": row.terms,
    }
    same = all(said.get(name, "") == words for name, words in signed.items())
    return {"approval": str(row.approval)} if same else {}


def hands_under(document_id: UUID) -> list[Signing]:
    """The signatures of the parties under the agreement that this paper is for."""
    rows = Agreement.objects.filter(document_id=document_id).exclude(state="void")
    found = list(rows.values_list("id", flat=True))
    return list(Signing.objects.filter(subject__in=found, state="signed")) if found else []


def asked(case: Case) -> list[CheckAsked]:
    """How often the customer was asked, where an answer is still waited for."""
    waits = case.state == State.CONFIRMING and not case.confirmed_at
    return asked_so_far(case) if waits else []


def silence(case: Case) -> NoAnswer | None:
    """What the pack says of a customer who does not answer."""
    return no_answer(case)


def book(case: Case) -> tuple[Ending, date]:
    """What the pack says of endings, and the day whose rules hold."""
    return book_of(case)


def grounds(case: Case, move: str) -> list[Said]:
    """The grounds that the pack names for a step."""
    ending, on = book_of(case)
    return ending.grounds(move, on)


def usual_day(case: Case, gives: str, at: datetime) -> datetime:
    """By when it is done where nobody says otherwise."""
    return time_for(case, gives, at)


def open_ones(case: Case) -> Mapping[str, int]:
    """How much of each kind stands in the way of closing."""
    found: dict[str, int] = {}
    if case.owed_open:
        found["owed"] = case.owed_open
    if case.remedied and (many := len(proposed(case))):
        found["proposals"] = many
    if not case.ending:
        return found
    if Agreement.objects.filter(case=case, state__in=("draft", "signing")).exists():
        found["agreements"] = 1
    if Mediation.objects.filter(case=case, state="open").exists():
        found["mediation"] = 1
    return found


def result_paper(case: Case) -> dict[str, Any]:
    """The result as the customer is asked to put their name to it."""
    said = last_answer(case)
    texts = (
        _("投诉编号：%(number)s") % {"number": case.number},
        _("处理结果：") + "\n" + said if said else "",
        _("我已看过处理结果，对结果没有异议，同意办结。"),
    )
    return {
        "about": "result",
        "subject": case.id,
        "role": "complainant",
        "name": case.party.name if case.party else "",
        "title": _("处理结果确认书"),
        "text": "\n\n".join(filter(None, texts)),
    }


def next_owed(case: Case) -> Obligation | None:
    """The line whose day comes first."""
    if not case.owed_open:
        return None
    rows = Obligation.objects.filter(case=case, state__in=OPEN).exclude(source="extra")
    return rows.order_by("due_at", "id").first()
