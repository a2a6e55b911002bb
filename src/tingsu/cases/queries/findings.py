"""What was found, for closing and for papers: the verdict that the issues amount to, who is
responsible, disputed points, evidence. Reads case tables; nothing without an investigation."""

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tingsu.cases._inquiry import investigators
from tingsu.cases.inquiry_words import EVIDENCE, FAULTS, FINDINGS, GIVERS, LIABLE, words_of
from tingsu.cases.models import Case, Dispute, Evidence, Issue, RespondentAnswer
from tingsu.core.investigation import Finding, verdict


@dataclass(frozen=True)
class Proposed:
    """The verdict that the issues amount to; None while some are without a finding. ``words``: the
    findings in short, for the explanation of the closing."""

    verdict: Finding | None
    open: int
    words: str


def issues(case: Case) -> list[Issue]:
    """The issues of the complaint in their order. No query without an investigation."""
    if case.inquired_at is None:
        return []
    rows = Issue.objects.filter(case=case, state="stands").select_related("found_by")
    return list(rows.order_by("position", "id"))


def proposed(case: Case) -> Proposed | None:
    """What the verdict of the case should be, by its issues; None where none were listed."""
    rows = issues(case)
    if not rows:
        return None
    missing = sum(1 for one in rows if not one.finding)
    return Proposed(verdict(one.finding for one in rows), missing, _found(rows))


def for_papers(case: Case) -> dict[str, str]:
    """The fields of papers that an investigation fills; those that it says nothing of are left
    out."""
    if case.inquired_at is None:
        return {}
    rows = [one for one in issues(case) if one.finding]
    told = {
        "found": _found(rows),
        "liability": _liability(rows),
        "investigators": _("、").join(one.member.name for one in investigators(case)),
        "respondent_says": _answers(case),
        "disputed": _disputed(case),
        "evidence_list": _evidence(case),
    }
    return {name: text for name, text in told.items() if text}


def _found(rows: list[Issue]) -> str:
    lines = []
    for number, one in enumerate(filter(lambda row: row.finding, rows), start=1):
        faults = f"（{words_of(FAULTS, one.faults)}）" if one.faults else ""
        head = f"{number}. {one.text}{_('：')}{FINDINGS[one.finding]}{faults}"
        lines.append(f"{head}{_('。')}{one.reason}")
    return "\n".join(lines)


def _liability(rows: list[Issue]) -> str:
    told = [f"{one.text}{_('：')}{words_of(LIABLE, one.liable)}" for one in rows if one.liable]
    return "\n".join(told)


def _answers(case: Case) -> str:
    lines = []
    for one in RespondentAnswer.objects.filter(case=case).order_by("made_at", "id"):
        late = _("（逾期）") if one.late else ""
        parts = (one.about, one.facts, one.responsibility, one.remedy)
        lines += [f"{one.unit}{late}", *filter(None, parts)]
    return "\n".join(lines)


def _disputed(case: Case) -> str:
    lines = []
    for number, one in enumerate(Dispute.objects.filter(case=case).order_by("id"), start=1):
        lines.append(f"{number}. {one.point}")
        told = ((_("投诉人"), one.ours), (_("被投诉方"), one.theirs), (_("认定"), one.finding))
        lines += [f"{who}{_('：')}{said}" for who, said in told if said]
    return "\n".join(lines)


def _evidence(case: Case) -> str:
    rows = Evidence.objects.filter(case=case).select_related("file").order_by("number")
    lines = []
    for one in rows:
        copy = _("原件") if one.original else _("复制件")
        facts = (
            f"{one.number}. {one.what}", str(EVIDENCE[one.kind]), str(GIVERS[one.giver]),
            f"{localtime(one.given_at):%Y-%m-%d}", copy, one.place,
            f"SHA-256 {one.file.sha256}" if one.file else "",
        )  # fmt: skip
        lines.append(_("；").join(filter(None, facts)))
    return "\n".join(lines)
