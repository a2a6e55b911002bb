"""Plans, offers and the record of the talks as the templates ask for them. Reads queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.cases import plan_words
from tingsu.cases.queries import file
from tingsu.cases.queries import plans as queries
from tingsu.cases.remedy_kept import in_words
from tingsu.cases.remedy_words import gives_words
from tingsu.core.remedy_facts import money
from tingsu.packs import say
from tingsu.people.permission import Who
from tingsu.web import labels
from tingsu.web.case.telling import Names, line_of
from tingsu.web.case.words import language
from tingsu.web.label import Label
from tingsu.web.labels import label_of
from tingsu.web.labels_plans import CONSENTS, FEASIBLE, PLANS
from tingsu.web.remedy.words import ICONS

WEIGHED: tuple[tuple[str, Any], ...] = (
    ("benefit", _l("好处")),
    ("feasibility", _l("配合与时间")),
    ("strengths", pgettext_lazy("swot", "优势")),
    ("weaknesses", pgettext_lazy("swot", "劣势")),
    ("opportunities", pgettext_lazy("swot", "机会")),
    ("threats", pgettext_lazy("swot", "威胁")),
    ("risk", pgettext_lazy("plan", "风险")),
)


FOLDED = 160  # characters of an entry beyond which it is folded


@dataclass(frozen=True)
class Seen:
    """Who looks, and how far we go where they may know."""

    who: Who
    negotiates: bool
    line: queries.Line | None


def columns(case: Any, rows: list[Any], out: Mapping[Any, Any], seen: Seen) -> list[dict[str, Any]]:
    """The plans side by side. out: the offers that wait, by plan."""
    following = queries.upcoming(rows)
    found = [_column(case, row, out.get(row.id), seen) for row in rows]
    for place, one in enumerate(found):
        one["next"] = following is not None and one["row"].id == following.id
        one["first"], one["last"] = place == 0, place == len(found) - 1
    return found


def _column(case: Any, row: Any, offer: Any, seen: Seen) -> dict[str, Any]:
    sums = queries.costs_of(row)
    why = queries.why(row, case, seen.line)
    return {
        "row": row,
        "state": label_of(PLANS, row.state),
        "lines": things(row.outcome),
        "worth": worth(row),
        "goodwill": money(row.goodwill) if row.goodwill else "",
        "own_cost": money(row.own_cost) if row.own_cost else "",
        "cost": [money(one.cost, one.currency) for one in sums],
        "feasible": FEASIBLE.get(row.feasible),
        "weighed": [(words, row.weighed.get(name, "")) for name, words in WEIGHED],
        "consents": consents(seen.who, case, row),
        "why": plan_words.WHY[why]() if why else "",
        "can_offer": seen.negotiates and case.open and not why,
        "can_change": case.open and row.state in ("prepared", "refused", "countered"),
        "offer": offer,
        "said": (file.hiding(seen.who, case) or str)(offer.answer) if offer else "",
        "room": _room(row, seen.line),
    }


def worth(row: Any) -> list[str]:
    """What the customer gets in all, a currency each."""
    return [money(one.worth, one.currency) for one in queries.costs_of(row)]


def _room(row: Any, line: queries.Line | None) -> tuple[str, bool] | None:
    """How far a plan is from the line, and whether it is beyond; for those who negotiate."""
    if line is None or line.most is None:
        return None
    worth = queries.standing(row).worth
    gap = money(abs(line.most - worth))
    if worth > line.most:
        return _("超出底线 %(sum)s") % {"sum": gap}, True
    return _("离底线还有 %(sum)s") % {"sum": gap}, False


def things(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is given, each with its icon, its worth, and where it stands."""
    owed = [
        {
            "icon": ICONS[one["gives"]],
            "name": one["name"],
            "sum": one["shown"],
            "more": one["source"],
            "to_pay": one["to_pay"],
        }
        for one in in_words(dict(outcome))["lines"]
    ]
    gifts = [
        {
            "icon": ICONS[one["gives"]],
            "name": gives_words(one["gives"]),
            "sum": money(one["fen"]) if one["fen"] else "",
            "more": one["words"],
            "gift": True,
        }
        for one in outcome["gifts"]
    ]
    return [*owed, *gifts]


def consents(who: Who, case: Any, row: Any) -> list[dict[str, Any]]:
    """Who must agree, how they stand, and whether this member can speak for them."""
    own = queries.own_word(who, case, row) if row.consents else []
    return [
        {
            "code": one["code"],
            "name": consent_name(one),
            "state": label_of(CONSENTS, one["state"]),
            "code_state": one["state"],
            "words": one["words"],
            "own": one["code"] in own,
        }
        for one in row.consents
    ]


def consent_name(one: Mapping[str, Any]) -> str:
    """How somebody who must agree is called."""
    if one["kind"] == "role":
        return str(label_of(labels.ROLES, one["ref"]).word)
    return str(one["name"])


@dataclass(frozen=True)
class Entry:
    """One line of the record of the talks."""

    at: Any
    label: Label
    line: str
    text: str
    who: str
    authority: str

    @property
    def long(self) -> bool:
        """Whether it is folded until somebody wants to read it."""
        return len(self.text) > FOLDED


def record(who: Who, case: Any, events: Iterable[Any]) -> list[Entry]:
    """The record of the negotiation, oldest first (HA-17), as this member may read it."""
    hide = file.hiding(who, case) or str
    return [
        Entry(
            event.at,
            label_of(labels.EVENTS, event.kind),
            line_of(event, case, Names()),
            hide(event.text),
            event.member.name if event.member else _by(event.actor),
            authority_words(event.data.get("authority")),
        )
        for event in events
    ]


def authority_words(told: Mapping[str, Any] | None) -> str:
    """With whose authority something was offered."""
    if not told:
        return ""
    if not told.get("wanted"):
        return _("没有酌情部分，不占权限")
    if told.get("approval"):
        return _("酌情 %(sum)s，经审批") % {"sum": money(told["wanted"])}
    given = {
        "role": label_of(labels.ROLES, told.get("role", "")).word,
        "limit": money(told["limit"]),
        "sum": money(told["wanted"]),
    }
    return _("酌情 %(sum)s，在%(role)s的权限 %(limit)s 以内") % given


def tactics(case: Any) -> list[tuple[str, str]]:
    """Code and name of the ways of negotiating that the pack knows."""
    return [(code, say(one.label, language())) for code, one in queries.tactics(case).items()]


def tactic_help(case: Any) -> list[tuple[str, str, str]]:
    """Name, how it goes, what to beware of."""
    known = queries.tactics(case).values()
    return [
        (say(one.label, language()), say(one.how, language()), say(one.caution, language()))
        for one in known
        if one.group == "counter"
    ]


def _by(actor: str) -> str:
    return _("客户") if actor == "customer" else _("到期自动")
