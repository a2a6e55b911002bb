"""The investigation of a case for its page: persons, plan, talks, evidence, findings, the link of
the respondent. Reads case tables, writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tingsu.cases._clocks import ALIVE
from tingsu.cases._conflict import tie as tie_row
from tingsu.cases._conflict import ties_of, without_part
from tingsu.cases._inquiry import answer_span, demand, investigators
from tingsu.cases._minutes import pairs_of
from tingsu.cases.answer_links import opens
from tingsu.cases.models import (
    AnswerLink,
    Attachment,
    Case,
    Clock,
    Dispute,
    Event,
    Evidence,
    Expert,
    InquiryPoint,
    Investigator,
    Issue,
    Minutes,
    RespondentAnswer,
    Tie,
)
from tingsu.cases.queries.findings import Proposed, issues, proposed
from tingsu.core import clock as clocks
from tingsu.core.investigation import names, split_issues
from tingsu.packs import calendar_of
from tingsu.packs.investigation import Demand
from tingsu.people.directory import members
from tingsu.people.models import Member
from tingsu.people.permission import NotThere
from tingsu.people.rulebook import case_pack

__all__ = ["Proposed", "demand", "issues", "pairs_of", "proposed", "tie_row"]


@dataclass(frozen=True)
class Inquiry:
    """Everything of one case, in the order in which it is read."""

    demand: Demand
    persons: list[Investigator]
    ties: list[Tie]
    points: list[InquiryPoint]
    issues: list[Issue]
    disputes: list[Dispute]
    minutes: list[Minutes]
    evidence: list[Evidence]
    chain: Mapping[str, list[Event]]  # id of a piece -> how it went on
    experts: list[Expert]
    links: list[AnswerLink]
    answers: list[RespondentAnswer]
    files: Mapping[UUID, list[Attachment]] = field(default_factory=dict)  # by answer

    @property
    def missing(self) -> int:
        """How many persons are missing that the pack demands."""
        return max(0, self.demand.persons - len(self.persons)) if self.demand.persons > 1 else 0


@dataclass(frozen=True)
class Short:
    """An investigation in one line of the side column."""

    persons: int
    missing: int
    issues: int
    open: int  # issues without a finding
    answer_due: datetime | None  # of a link that nobody has answered
    waits: int  # recusals that wait for a decision


def of_case(case: Case) -> Inquiry:
    """The whole investigation; eleven questions, however long it is."""
    if case.inquired_at is None:
        return Inquiry(demand(case), [], [], [], [], [], [], [], {}, [], [], [])
    answers = list(RespondentAnswer.objects.filter(case=case).order_by("id"))
    return Inquiry(
        demand=demand(case),
        persons=investigators(case),
        ties=list(
            Tie.objects.filter(case=case).select_related("member", "decided_by").order_by("id")
        ),
        points=list(InquiryPoint.objects.filter(case=case).select_related("who").order_by("id")),
        issues=issues(case),
        disputes=list(Dispute.objects.filter(case=case).select_related("found_by").order_by("id")),
        minutes=list(
            Minutes.objects.filter(case=case).select_related("made_by").order_by("at", "id")
        ),
        evidence=list(Evidence.objects.filter(case=case).select_related("file").order_by("number")),
        chain=_chain(case),
        experts=list(Expert.objects.filter(case=case).select_related("file").order_by("id")),
        links=list(AnswerLink.objects.filter(case=case).order_by("id")),
        answers=answers,
        files=_files(case, answers),
    )


def short(case: Case) -> Short | None:
    """What the side column says; None, and no question, where nothing has begun."""
    if case.inquired_at is None:
        return None
    findings = Issue.objects.filter(case=case, state="stands").values_list("finding", flat=True)
    rows = list(findings)
    persons = Investigator.objects.filter(case=case, left_at=None).count()
    due = AnswerLink.objects.filter(case=case, answered_at=None, revoked_at=None)
    recusals = Tie.objects.filter(case=case, state="asked").count() if case.ties else 0
    wanted = demand(case).persons
    return Short(
        persons=persons,
        missing=max(0, wanted - persons) if wanted > 1 else 0,
        issues=len(rows),
        open=sum(1 for one in rows if not one),
        answer_due=due.order_by("due_at").values_list("due_at", flat=True).first(),
        waits=recusals,
    )


def suggested(case: Case) -> list[str]:
    """The issues as they stand, or as the complaint suggests them."""
    return [one.text for one in issues(case)] or split_issues(case.request, case.narrative)


def mentioned(case: Case) -> list[Member]:
    """Members whom the complaint names and of whom nothing is recorded: had they part in it?"""
    ties = ties_of(case)
    told = "\n".join((case.narrative, case.request, case.title, case.respondent_person))
    known = {*ties.involved, *ties.recused, *ties.namesakes}
    return [
        one
        for one in members(case.organisation_id)
        if one.id not in known and names(told, one.name)
    ]


def able(case: Case) -> list[Member]:
    """Active members of the house without part in the matter."""
    return without_part(case, members(case.organisation_id))


def answer_due(case: Case, at: datetime) -> datetime | None:
    """By when the respondent should answer: the clock that waits for it, else the pack's days."""
    rows = Clock.objects.filter(case=case, state__in=ALIVE).order_by("due_at", "id")
    for row in rows:
        if "respondent_answered" in row.explanation["rule"].get("met_by", ()) and row.due_at > at:
            return row.due_at
    span = answer_span(case)
    if span is None:
        return None
    rule = clocks.ClockRule("answer", "asked", span.n, span.unit, at.date())
    return clocks.start(rule, at, calendar_of(case_pack(case))).due_at


def unit_of(case: Case, link_id: UUID) -> AnswerLink:
    """A link of the case. Raises NotThere."""
    row = AnswerLink.objects.filter(case=case, id=link_id).first()
    if row is None:
        raise NotThere
    return row


def by_link(organisation_id: UUID, link_id: UUID, key: str, at: datetime) -> AnswerLink:
    """The row that an address opens. Raises NotThere for any other, one that is over or revoked."""
    row = _links(organisation_id).filter(id=link_id).first()
    if row is None or not opens(row, key, at):
        raise NotThere
    return row


def opened(organisation_id: UUID, link_id: UUID, at: datetime) -> AnswerLink:
    """The same for a browser that has opened it before. Raises NotThere once it is over."""
    rows = _links(organisation_id).filter(id=link_id, revoked_at=None, expires_at__gt=at)
    row = rows.first()
    if row is None:
        raise NotThere
    return row


def answers_to(link: AnswerLink) -> list[RespondentAnswer]:
    """What was answered by this link, in order."""
    return list(RespondentAnswer.objects.filter(link=link).order_by("id"))


def _links(organisation_id: UUID) -> QuerySet[AnswerLink]:
    rows = AnswerLink.objects.select_related("case__party", "case__owner")
    return rows.filter(case__organisation_id=organisation_id)


def _chain(case: Case) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    rows = Event.objects.filter(case=case, kind="evidence_moved").select_related("member")
    for event in rows.order_by("seq"):
        for piece in event.data.get("evidence", ()):
            found.setdefault(str(piece), []).append(event)
    return found


def _files(case: Case, answers: list[RespondentAnswer]) -> dict[UUID, list[Attachment]]:
    """The files of each answer, found by the entry that brought both."""
    if not answers:
        return {}
    rows = Event.objects.filter(case=case, kind="respondent_answered").values_list("id", "data")
    by_event = {event: UUID(data["answer"]) for event, data in rows}
    found: dict[UUID, list[Attachment]] = {}
    for file in Attachment.objects.filter(case=case, event_id__in=list(by_event)).order_by("id"):
        found.setdefault(by_event[file.event_id], []).append(file)
    return found
