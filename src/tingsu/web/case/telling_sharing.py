"""What entries say of work that is shared: taking over, responsibility, needs, limits. Reads no
tables; a part of ``telling``."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.web import spoken
from tingsu.web.case.words import many
from tingsu.web.labels import label_of
from tingsu.web.sharing import labels as shared
from tingsu.web.sharing.words import CONSENTS, reason_words

Given = Mapping[str, Any]


def by_rule(data: Given, case: Any) -> str:
    """Why somebody was chosen, where the rules of sharing chose."""
    reasons = data.get("by_rule")
    if not reasons:
        return ""
    return _("按规则分派：%(why)s") % {"why": many(reason_words(one, case) for one in reasons)}


def _due(data: Given) -> str:
    try:
        return _("%(when)s 以前") % {"when": spoken.when(datetime.fromisoformat(str(data["due"])))}
    except (KeyError, ValueError):
        return ""


def _escalated(data: Given, _case: Any, names: Any) -> str:
    to = names.person(data.get("to"))
    # Older entries gave the case at once.
    words = _("请%(name)s接手") if data.get("handover") else _("交给%(name)s")
    absent = names.person(data.get("in_place_of"))
    parts = [words % {"name": to}, _("代%(name)s") % {"name": absent} if absent else "", _due(data)]
    return " · ".join(filter(None, parts))


def _passed_on(data: Given, _case: Any, names: Any) -> str:
    words = _("请%(name)s接办") % {"name": names.department(data.get("department"))}
    return " · ".join(filter(None, (words, _due(data))))


def _accepted(data: Given, _case: Any, names: Any) -> str:
    before = names.person(data.get("from"))
    to = names.person(data.get("to")) or names.department(data.get("queue"))
    return _("%(old)s → %(new)s") % {"old": before, "new": to} if before else to


def _responsible(data: Given, _case: Any, names: Any) -> str:
    kind = str(label_of(shared.RESPONSIBLE, str(data.get("kind", ""))).word)
    state = data.get("state")
    parts = [kind, names.department(data.get("department")), names.person(data.get("member"))]
    parts.append(str(label_of(shared.RESPONSIBLE_STATES, str(state)).word) if state else "")
    return " · ".join(filter(None, parts))


def _needs(data: Given, _case: Any, _names: Any) -> str:
    """That something was marked, not what: whoever may know sees it beside the customer."""
    if not data.get("needs") and not data.get("words"):
        return _("不再需要")
    return str(CONSENTS.get(str(data.get("consent", "")), ""))


def _abused(data: Given, _case: Any, _names: Any) -> str:
    return _("已结束谈话") if data.get("ended") else ""


def _break(data: Given, _case: Any, _names: Any) -> str:
    return _("%(n)s 分钟") % {"n": data.get("minutes", "")}


def _turn(data: Given, _case: Any, names: Any) -> str:
    return str(names.person(data.get("to")))


SAY: Mapping[str, Callable[[Given, Any, Any], str]] = {
    "escalated": _escalated,
    "passed_on": _passed_on,
    "takeover_accepted": _accepted,
    **dict.fromkeys(
        "responsible_named responsible_answered responsible_settled".split(), _responsible
    ),
    "needs_marked": _needs,
    "abused": _abused,
    "appointed": lambda data, _case, _names: _due(data),
    "break_taken": _break,
    "turn_taken": _turn,
}
