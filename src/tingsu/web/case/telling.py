"""What one entry of the timeline says in its line, kind by kind. Reads no tables."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tingsu.cases.happenings import RECORDED
from tingsu.people.rulebook import case_pack
from tingsu.web import labels, reading, spoken
from tingsu.web.case import telling_ending, telling_plans, telling_sharing, telling_wings
from tingsu.web.case.words import (
    FACTS,
    LETTERS,
    MEETINGS,
    PERSONAL,
    WAYS,
    fact,
    language,
    many,
    word,
)
from tingsu.web.labels import label_of

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """Names behind the ids that entries carry."""

    people: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)

    def person(self, code: Any) -> str:
        """A member's name, "" for an unknown one."""
        return self.people.get(str(code or ""), "")

    def department(self, code: Any) -> str:
        """A department's name, "" for an unknown one."""
        return self.departments.get(str(code or ""), "")


class Change(NamedTuple):
    """One fact that was changed."""

    name: str
    old: str
    new: str


def line_of(event: Any, case: Any, names: Names) -> str:
    """What happened, after the word for its kind: 电话 · 联系上了."""
    say = _SAY.get(event.kind)
    return say(event.data, case, names) if say else ""


def changes_of(text: str, case: Any) -> tuple[str, list[Change]]:
    """Reason and changed facts out of the JSON of a ``facts_changed`` entry (actions/facts.py)."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:  # erased, or an older writing
        return "", []
    rows = [
        Change(word(FACTS, name), fact(case, name, old), fact(case, name, new))
        for name, (old, new) in told.get("changed", {}).items()
    ]
    return str(told.get("reason", "")), rows


def _at(stamp: Any) -> str:
    """A stored instant in words; "" for what is none."""
    try:
        return spoken.when(datetime.fromisoformat(str(stamp)))
    except ValueError:
        return ""


def _received(data: Given, _case: Any, _names: Names) -> str:
    return str(label_of(labels.CHANNELS, data.get("channel", "")).word)


def _assigned(data: Given, case: Any, names: Names) -> str:
    to = names.person(data.get("to")) or names.department(data.get("queue"))
    before = names.person(data.get("from"))
    words = _("%(old)s → %(new)s") % {"old": before, "new": to} if before else to
    return " · ".join(filter(None, (words, telling_sharing.by_rule(data, case))))


def _moved(data: Given, _case: Any, _names: Names) -> str:
    states = {
        "old": label_of(labels.STATES, data.get("from", "")).word,
        "new": label_of(labels.STATES, data.get("to", "")).word,
    }
    parts = [_("%(old)s → %(new)s") % states, str(data.get("unit", ""))]
    if data.get("due"):
        parts.append(_("%(when)s 以前") % {"when": _at(data["due"])})
    if data.get("documents"):
        parts.append(_("文书草稿：%(titles)s") % {"titles": many(data["documents"])})
    return " · ".join(filter(None, parts))


def _contact(data: Given, _case: Any, _names: Names) -> str:
    code = str(data.get("channel", ""))
    way = MEETINGS.get(code) or label_of(labels.CHANNELS, code).word
    incoming = data.get("direction") == "in"
    who = _("客户联系我们") if incoming else _("我们联系客户")
    parts = [who, str(way)]
    if not data.get("reached", True):
        parts.append(_("没联系上"))
    if data.get("via"):
        parts.append(_("写在 %(number)s 上") % {"number": data["via"]})
    return " · ".join(parts)


def _restated(data: Given, _case: Any, _names: Names) -> str:
    return _("客户同意") if data.get("confirmed") else _("还没得到客户确认")


def _due(data: Given, _case: Any, _names: Names) -> str:
    return _("%(when)s 以前") % {"when": _at(data["due"])} if data.get("due") else ""


def _promise_over(data: Given, _case: Any, _names: Names) -> str:
    late = _("晚于约定的时间") if data.get("late") else ""
    return " · ".join(filter(None, (str(data.get("content", "")), late)))


def _promise_moved(data: Given, _case: Any, _names: Names) -> str:
    return _("%(old)s → %(new)s") % {"old": _at(data.get("was")), "new": _at(data.get("due"))}


def _task(data: Given, case: Any, names: Names) -> str:
    late = _("逾期答复") if data.get("late") else ""
    parts = (names.department(data.get("department")), late, _due(data, case, names))
    return " · ".join(filter(None, parts))


def _other(data: Given, _case: Any, _names: Names) -> str:
    return str(data.get("number", ""))


def _facts(data: Given, _case: Any, _names: Names) -> str:
    if "party" in data:
        return _("当事人：%(names)s") % {"names": many(word(PERSONAL, n) for n in data["party"])}
    return many(word(FACTS, name) for name in data.get("names", ()))


def _replied(data: Given, _case: Any, _names: Names) -> str:
    kind = word(LETTERS, data.get("kind", ""))
    return " · ".join((kind, _("原有记录"))) if data.get("imported") else kind


def _overridden(data: Given, _case: Any, _names: Names) -> str:
    return many(data.get("words", ()))


def _sent(data: Given, _case: Any, _names: Names) -> str:
    return word(WAYS, data.get("channel", ""))


def _clock(data: Given, case: Any, _names: Names) -> str:
    name = case_pack(case).clock_label(data.get("rule", ""), language())
    if data.get("was"):
        moved = {"old": _at(data["was"]), "new": _at(data.get("due"))}
        change = _("%(old)s → %(new)s") % moved
        return f"{name} · {change}"
    return name


def _reported(data: Given, case: Any, names: Names) -> str:
    owner = names.person(data.get("owner")) or names.department(data.get("queue"))
    return " · ".join(filter(None, (_clock(data, case, names), owner)))


def _happened(data: Given, _case: Any, _names: Names) -> str:
    return word(RECORDED, str(data.get("event", "")))


def _looked(data: Given, _case: Any, _names: Names) -> str:
    return many(word(PERSONAL, name) for name in data.get("fields", ()))


def _closed(data: Given, _case: Any, _names: Names) -> str:
    verdict = data.get("verdict")
    parts = [str(label_of(labels.VERDICTS, verdict).word) if verdict else ""]
    if "confirmed" in data:
        parts.append(_("客户已确认") if data["confirmed"] else _("客户没有确认"))
    return " · ".join(filter(None, parts))


def _reopened(data: Given, _case: Any, _names: Names) -> str:
    return _("第 %(n)s 轮") % {"n": data.get("round", "")}


def _rated(data: Given, _case: Any, _names: Names) -> str:
    return _("%(n)s 分") % {"n": data["rating"]} if data.get("rating") else ""


def _approval(data: Given, _case: Any, names: Names) -> str:
    kind = str(label_of(labels.APPROVALS, str(data.get("kind", ""))).word)
    absent = names.person(data.get("in_place_of"))
    parts = [kind, _("代%(name)s") % {"name": absent} if absent else "", _due(data, _case, names)]
    return " · ".join(filter(None, parts))


def _failed(data: Given, _case: Any, _names: Names) -> str:
    return str(data.get("error", ""))


def _added(data: Given, _case: Any, _names: Names) -> str:
    way = label_of(labels.CHANNELS, data["way"]).word if data.get("way") else ""
    strange = ""
    if data.get("stranger"):
        words = _("发件地址 %(address)s 不是投诉人登记的邮箱，请核实")
        strange = words % {"address": data["stranger"]}
    return " · ".join(filter(None, (str(way), strange)))


_SAY: Mapping[str, Callable[[Given, Any, Names], str]] = {
    "received": _received,
    "customer_read": reading.in_short,
    "assigned": _assigned,
    "moved": _moved,
    "contact": _contact,
    "restated": _restated,
    "promised": _due,
    "promise_kept": _promise_over,
    "promise_broken": _promise_over,
    "promise_moved": _promise_moved,
    **dict.fromkeys(
        (
            "task_asked task_answered task_accepted task_returned task_declined task_redirected"
            " task_withdrawn task_reminded"
        ).split(),
        _task,
    ),
    **dict.fromkeys(
        ("linked unlinked merged merged_here unmerged unmerged_here told_apart").split(), _other
    ),
    "facts_changed": _facts,
    "customer_added": _added,
    "replied": _replied,
    "wording_overridden": _overridden,
    "letter_sent": _sent,
    "letter_failed": _failed,
    **dict.fromkeys(
        (
            "clock_breached clock_warned clock_paused clock_resumed clock_extended clock_recounted"
        ).split(),
        _clock,
    ),
    "happened": _happened,
    "breach_reported": _reported,
    "looked": _looked,
    "closed": _closed,
    **dict.fromkeys(
        ("approval_asked approved approval_returned approval_withdrawn").split(), _approval
    ),
    "reopened": _reopened,
    **dict.fromkeys("rated customer_confirmed customer_objected".split(), _rated),
    **telling_wings.SAY,
    **telling_ending.SAY,
    **telling_plans.SAY,
    **telling_sharing.SAY,
}
