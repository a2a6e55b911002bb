"""The wings of a case: one table from which the tabs of its head and the cards of its side column
are made. Reads queries through the cards, no models.

A wing lives in ``web/<name>`` at ``/cases/<id>/<name>/``. Its ``card.py`` imports nothing of
``web/case`` but ``words``; its views take the case from ``wing_page.frame`` and extend
``web/case/wing.html``.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.people.permission import Can, Who
from tingsu.web.approvals import card as approvals
from tingsu.web.archive import card as archive
from tingsu.web.callbacks import card as callbacks
from tingsu.web.clocks import card as clocks
from tingsu.web.documents import card as documents
from tingsu.web.ending import card as ending
from tingsu.web.investigation import card as investigation
from tingsu.web.plans import card as plans
from tingsu.web.remedy import card as remedy
from tingsu.web.screening import card as screening
from tingsu.web.sharing import card as sharing
from tingsu.web.solutions import card as solutions

# What a card says: ``words`` (one line, the most important thing), and where it helps ``due`` (an
# instant), ``lines`` (pairs of icon and text), ``waits`` (how many things wait for somebody).
Card = dict[str, Any]


@dataclass(frozen=True)
class Wing:
    """A part of a case with a page of its own. ``card``: what the side column shows of it, or None
    where there is nothing to say; then it costs no query."""

    name: str
    label: Any
    icon: str
    route: str
    right: Can
    card: Callable[[Who, Any, datetime], Card | None]
    when: Callable[[Any], bool] = lambda _case: True  # whether there is such a part on this case


WINGS: tuple[Wing, ...] = (
    Wing("screening", _l("初审"), "list-check", "case_screening", Can.READ, screening.card),
    Wing(
        "investigation",
        _l("调查"),
        "search",
        "case_investigation",
        Can.READ,
        investigation.card,
    ),
    Wing("remedy", pgettext_lazy("wing", "赔偿"), "scale", "case_remedy", Can.READ, remedy.card),
    Wing("plans", pgettext_lazy("wing", "协商"), "messages", "case_plans", Can.READ, plans.card),
    Wing(
        "approvals",
        _l("审批"),
        "writing",
        "case_approvals",
        Can.READ,
        approvals.card,
        approvals.when,
    ),
    Wing("ending", _l("了结"), "circle-check", "case_ending", Can.READ, ending.card),
    Wing(
        "solution",
        _l("预案"),
        "bookmark",
        "case_solution",
        Can.READ,
        solutions.card,
        solutions.when,
    ),
    Wing("ladder", _l("上报"), "arrow-up-right", "case_ladder", Can.READ, sharing.card),
    Wing("clocks", _l("时限"), "clock", "case_clocks", Can.READ, clocks.card),
    Wing("documents", _l("文书"), "file-text", "case_documents", Can.READ, documents.card),
    Wing(
        "callbacks",
        _l("回访"),
        "phone-call",
        "case_callbacks",
        Can.READ,
        callbacks.card,
        callbacks.when,
    ),
    Wing("file", _l("案卷"), "files", "case_file_wing", Can.READ, archive.card),
    Wing("responsibility", _l("责任"), "flag", "case_responsibility", Can.READ, sharing.nothing),
)


@dataclass(frozen=True)
class Tab:
    """A link in the head: the timeline first, then the wings that this member may open."""

    label: Any
    icon: str
    url: str
    here: bool


def there(wing: Wing, case: Any) -> bool:
    """Whether the case has this part; of one that was disposed of only the file is left."""
    return wing.name == "file" if case.anonymised_at else wing.when(case)


def tabs(case: Any, rights: Collection[Can], here: str = "") -> list[Tab]:
    """The tabs of the head. here: the wing that is open, "" for the timeline."""
    words, url = pgettext_lazy("timeline", "经过"), reverse("case", args=[case.id])
    story = Tab(words, "history", url, here == "")
    return [story] + [
        Tab(one.label, one.icon, reverse(one.route, args=[case.id]), here == one.name)
        for one in WINGS
        if one.right in rights and there(one, case)
    ]


def cards(who: Who, case: Any, now: datetime, rights: Collection[Can]) -> list[Card]:
    """The cards of the side column, each with its heading and the way to its page."""
    found = []
    for one in WINGS if case.anonymised_at is None else ():
        said = one.card(who, case, now) if one.right in rights else None
        if said is not None:
            url = reverse(one.route, args=[case.id])
            found.append({"label": one.label, "icon": one.icon, "url": url, **said})
    return found
