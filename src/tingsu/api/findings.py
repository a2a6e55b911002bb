"""What was found: issues, disputed points, tests, the respondent's answer; the whole investigation
in one read. Calls actions and queries."""

from functools import partial
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _l

from tingsu.api.door import Call
from tingsu.api.lines import readable
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Instant, Out, Text
from tingsu.cases.actions import expert as experts
from tingsu.cases.actions import findings, respondent
from tingsu.cases.queries import investigation as queries
from tingsu.core.investigation import Fault, Finding, Liable
from tingsu.people.permission import Can, Who

place = Place("investigation")


class IssueFound(Out):
    """An issue of the complaint; ``finding`` is empty as long as nothing was found."""

    id: UUID
    text: str
    finding: str
    faults: list[str]
    liable: list[str]
    reason: str


class DisputePoint(Out):
    """A disputed point. ours: the complainant's view, theirs: the respondent's."""

    id: UUID
    point: str
    ours: str
    theirs: str
    finding: str


class EvidencePiece(Out):
    """A piece of evidence; sha256 is empty for a thing without a file."""

    id: UUID
    number: int
    what: str
    kind: str
    giver: str
    given_at: Instant
    original: bool
    place: str
    file_id: UUID | None
    sha256: str


class ExpertOrder(Out):
    """A test or an opinion that was ordered."""

    id: UUID
    kind: str
    body: str
    question: str
    state: str
    result: str


class RespondentSaid(Out):
    """What the respondent answered."""

    id: UUID
    unit: str
    way: str
    late: bool
    at: Instant
    about: str
    facts: str
    responsibility: str
    remedy: str


class MinutesShort(Out):
    """A talk or a check; what was said stands in the timeline."""

    id: UUID
    kind: str
    capacity: str
    at: Instant
    place: str
    state: str


class InquiryOut(Out):
    """The whole investigation. verdict: what the findings amount to, empty while one is missing."""

    demanded: int
    investigators: list[UUID]
    missing: int
    verdict: str
    issues: list[IssueFound]
    suggested: list[str]
    disputes: list[DisputePoint]
    evidence: list[EvidencePiece]
    experts: list[ExpertOrder]
    answers: list[RespondentSaid]
    minutes: list[MinutesShort]


def _read(who: Who, case: Any, row: Any, *names: str) -> dict[str, str]:
    """What people wrote, as far as this reader may see it."""
    return {name: readable(who, case, getattr(row, name)) for name in names}


def _plain(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@place.get("/cases/{uuid:case_id}/investigation", Can.READ, _l("调查"), InquiryOut)
def whole(request: Call) -> Any:
    """Persons, findings, evidence, answers."""
    case, who = request.auth.case, request.auth.who
    found, proposed = queries.of_case(case), queries.proposed(case)
    read = partial(_read, who, case)
    return {
        "demanded": found.demand.persons,
        "investigators": [one.member_id for one in found.persons],
        "missing": found.missing,
        "verdict": proposed.verdict.value if proposed and proposed.verdict else "",
        "suggested": [readable(who, case, one) for one in queries.suggested(case)],
        "issues": [
            _plain(one, "id", "finding", "faults", "liable") | read(one, "text", "reason")
            for one in found.issues
        ],
        "disputes": [
            _plain(one, "id") | read(one, "point", "ours", "theirs", "finding")
            for one in found.disputes
        ],
        "evidence": [
            _plain(one, "id", "number", "kind", "giver", "given_at", "original", "place", "file_id")
            | read(one, "what")
            | {"sha256": one.file.sha256 if one.file else ""}
            for one in found.evidence
        ],
        "experts": [
            _plain(one, "id", "kind", "body", "state") | read(one, "question", "result")
            for one in found.experts
        ],
        "answers": [
            _plain(one, "id", "unit", "way", "late")
            | {"at": one.made_at}
            | read(one, "about", "facts", "responsibility", "remedy")
            for one in found.answers
        ],
        "minutes": [
            _plain(one, "id", "kind", "capacity", "at", "place", "state") for one in found.minutes
        ],
    }


class IssuesIn(In):
    """The issues as a person words them; they take the place of the list before."""

    texts: list[Text]


@place.step("issues", Can.HANDLE, _l("列出投诉的问题"))
def issues(on: Doing, told: IssuesIn) -> Any:
    """One of which something was found stays as it is worded."""
    return findings.list_issues(on.case, on.by, on.at, texts=told.texts, **on.once)


class IssueFindIn(In):
    """What was found, why, and who is responsible."""

    issue_id: UUID
    finding: Finding
    faults: list[Fault] = []
    liable: list[Liable] = []
    reason: Text


@place.step("issue-find", Can.HANDLE, _l("认定"))
def issue_find(on: Doing, told: IssueFindIn) -> Any:
    """faults: for what is founded; nobody stands alone."""
    return findings.find(
        on.case, on.by, on.at,
        issue_id=told.issue_id, finding=told.finding.value, reason=told.reason,
        faults=[one.value for one in told.faults], liable=[one.value for one in told.liable],
        **on.once,
    )  # fmt: skip


class DisputeIn(In):
    """What is disputed; dispute_id: one that is worded anew."""

    point: Text
    ours: Text = ""
    theirs: Text = ""
    dispute_id: UUID | None = None


@place.step("dispute", Can.RECORD, _l("争议焦点"))
def dispute(on: Doing, told: DisputeIn) -> Any:
    """Both sides' views."""
    return findings.dispute(on.case, on.by, on.at, **told.dict(), **on.once)


class DisputeFindIn(In):
    """What was found on it."""

    dispute_id: UUID
    finding: Text


@place.step("dispute-find", Can.HANDLE, _l("认定争议点"))
def dispute_find(on: Doing, told: DisputeFindIn) -> Any:
    """On which evidence."""
    return findings.settle(on.case, on.by, on.at, **told.dict(), **on.once)


class ExpertIn(In):
    """Of whom, what. pause: stop the time limits whose source allows it."""

    kind: Literal["test", "appraisal", "expert"]
    body: Text
    question: Text
    due_at: Instant | None = None
    pause: Flag = True


@place.step("expert", Can.HANDLE, _l("委托鉴定、检测"))
def expert(on: Doing, told: ExpertIn) -> Any:
    """The result lets the time limits run on."""
    return experts.order(on.case, on.by, on.at, **told.dict(), **on.once)


class ExpertResultIn(In):
    """What came back; withdrawn: why nothing will."""

    expert_id: UUID
    text: Text
    withdrawn: Flag = False


@place.step("expert-result", Can.RECORD, _l("鉴定、检测结果"))
def expert_result(on: Doing, told: ExpertResultIn) -> Any:
    """Time limits that waited for it run on."""
    return experts.result(on.case, on.by, on.at, **told.dict(), **on.once)


class RespondAskIn(In):
    """Who is to answer, and until when."""

    unit: Text
    due_at: Instant


@place.step("respond-ask", Can.HANDLE, _l("请被投诉方答复"))
def respond_ask(on: Doing, told: RespondAskIn) -> Any:
    """A link is made; its address stands on the page of the investigation."""
    return respondent.ask(on.case, on.by, on.at, **told.dict(), **on.once)


class RespondRevokeIn(In):
    """Which link."""

    link_id: UUID


@place.step("respond-revoke", Can.HANDLE, _l("收回答复链接"))
def respond_revoke(on: Doing, told: RespondRevokeIn) -> Any:
    """It opens nothing from now on."""
    return respondent.revoke(on.case, on.by, on.at, link_id=told.link_id, **on.once)


class RespondIn(In):
    """An answer of the respondent in the four parts of HA-5."""

    unit: Text
    person: Text
    about: Text
    facts: Text
    responsibility: Text = ""
    remedy: Text = ""
    answered_at: Instant | None = None


@place.step("respond", Can.ANSWER, _l("记下被投诉方的答复"))
def respond(on: Doing, told: RespondIn) -> Any:
    """By the unit that was asked, or as it came on paper. Late ones are kept and marked."""
    unit_itself = Can.RECORD not in on.who.rights
    return respondent.answer(
        on.case, on.by, on.at,
        told=told.dict(), unit=told.unit, person=told.person,
        way="member" if unit_itself else "paper",
        answered_at=None if unit_itself else told.answered_at, **on.once,
    )  # fmt: skip
