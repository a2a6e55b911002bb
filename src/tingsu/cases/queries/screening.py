"""First review as a page reads it: the list with its answers, what may follow, who complains
together, and the words of a refusal (SC-1). Reads case tables and packs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu.cases._screening import FRESH, Answered, answered, bar_of, checklist, latest
from tingsu.cases.explain import article_words
from tingsu.cases.models import Case, Joined, Screening
from tingsu.core.lifecycle import State
from tingsu.core.screening import Answer, Outcome, Proposal, possible, propose
from tingsu.packs import act, say
from tingsu.packs.screening import Checked, CheckList

# The states of first review, the list, the clock of a time bar, the review that holds.
__all__ = ["FRESH", "bar_of", "checklist", "latest"]


@dataclass(frozen=True)
class Review:
    """The check list with its answers, what it leads to, and what a person may choose."""

    checks: CheckList
    found: list[Answered]
    proposal: Proposal
    choices: tuple[Outcome, ...]

    def check(self, code: str) -> Checked:
        """The item behind a code of the proposal."""
        found = self.checks.check(code)
        if found is None:
            raise KeyError(code)
        return found


def review(case: Case, told: Mapping[str, Mapping[str, Any]]) -> Review:
    """What the answers lead to; what is not told the file answers."""
    checks = checklist(case)
    found = answered(case, told, checks)
    plain = {one.check.item.code: one.found.answer for one in found}
    return Review(
        checks,
        found,
        propose(checks.items, plain),
        possible(checks.items, plain, checks.allowed),
    )


def demanded(case: Case) -> bool:
    """Whether this case waits for its first review to be concluded before anything is decided."""
    return State(case.state) in FRESH and case.screened_at is None and checklist(case).required


def reasons(case: Case, row: Screening) -> str:
    """The grounds of a concluded review in sentences, with article; for the form that follows."""
    checks = checklist(case)
    found = [checks.check(code) for code in row.grounds]
    lines = [reason(one) for one in found if one]
    return _("；").join(lines) + (_("。") if lines else "")


def not_met(case: Case, row: Screening) -> list[str]:
    """The conditions of a concluded review that are not met or not known, in the list's words."""
    language = get_language() or "zh-hans"
    return [
        say(one.labels, language)
        for one in checklist(case).checks
        if row.answers.get(one.item.code, {}).get("answer") != Answer.YES
    ]


def with_routes(case: Case, words: str) -> str:
    """A refusal names the other ways (CPL art. 39, order 121 art. 15)."""
    language = get_language() or "zh-hans"
    ways = [say(one, language) for one in checklist(case).routes]
    if not ways:
        return words
    other = _("您还可以：%(ways)s。") % {"ways": _("；").join(ways)}
    return f"{words}\n{other}" if words else other


def reason(check: Checked) -> str:
    """Why, and by which article: 知道权益受损已超过三年（令121第16条第1款第4项）."""
    language = get_language() or "zh-hans"
    words = say(check.reason or check.labels, language)
    cited = source(check)
    return _("%(words)s（%(source)s）") % {"words": words, "source": cited} if cited else words


def source(check: Checked) -> str:
    """Act and article in short; "" for the house's own practice."""
    cited = act(check.act) if check.act else None
    if check.house or cited is None:
        return ""
    language = get_language() or "zh-hans"
    article = article_words(check.article) if check.article else ""
    return f"{say(cited.cite, language)}{article}"


def joined(case: Case) -> list[Joined]:
    """Who complains together with the complainant. No query for a case of one person."""
    if case.people < 2:
        return []
    rows = Joined.objects.filter(case=case, left_at__isnull=True).select_related("party")
    return list(rows.order_by("-representative", "at", "id"))
