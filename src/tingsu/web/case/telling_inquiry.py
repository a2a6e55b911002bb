"""What entries of an investigation say in their line. A part of ``telling``; reads no tables."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.inquiry_words import (
    ASKERS,
    CAPACITIES,
    EVIDENCE,
    FAULTS,
    FINDINGS,
    GIVERS,
    LIABLE,
    TESTS,
    words_of,
)
from tingsu.web import spoken

Given = Mapping[str, Any]


def _at(stamp: Any) -> str:
    try:
        return spoken.when(datetime.fromisoformat(str(stamp)))
    except ValueError:
        return ""


def _by(stamp: Any) -> str:
    when = _at(stamp)
    return _("%(when)s 以前") % {"when": when} if when else ""


def _join(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _point(data: Given, _case: Any, names: Any) -> str:
    dropped = _("不用查了") if data.get("dropped") else ""
    return _join(names.person(data.get("to")), _by(data.get("due")), data.get("what"), dropped)


def _person(data: Given, _case: Any, names: Any) -> str:
    asked = ASKERS.get(str(data.get("asked_for", "")))
    by = _("%(who)s提出") % {"who": asked} if asked else ""
    return _join(names.person(data.get("to")), by)


def _minutes(data: Given, _case: Any, _names: Any) -> str:
    kind = _("现场核对") if data.get("of") == "check" else _("询问")
    capacity = words_of(CAPACITIES, [data["capacity"]]) if data.get("capacity") else ""
    return _join(kind, capacity, _at(data.get("held", "")))


def _evidence(data: Given, _case: Any, _names: Any) -> str:
    numbers = _("、").join(f"{_('证据')} {n}" for n in data.get("numbers", ()))
    moved = ""
    if data.get("receiver"):
        moved = _("交给%(name)s，放在%(place)s") % {
            "name": data["receiver"], "place": data.get("place", ""),
        }  # fmt: skip
    kind = EVIDENCE.get(str(data.get("of", "")), "")
    return _join(numbers, kind, GIVERS.get(str(data.get("giver", "")), ""), moved)


def _found(data: Given, _case: Any, _names: Any) -> str:
    finding = FINDINGS.get(str(data.get("finding", "")), "")
    faults, liable = words_of(FAULTS, data.get("faults", ())), words_of(LIABLE, data["liable"])
    return _join(data.get("what"), finding, faults, liable)


def _what(data: Given, _case: Any, _names: Any) -> str:
    return str(data.get("what", ""))


def _expert(data: Given, _case: Any, _names: Any) -> str:
    stopped = _("时限暂停") if data.get("clocks") else ""
    dropped = _("不做了") if data.get("dropped") else ""
    return _join(
        TESTS.get(str(data.get("of", "")), ""), data.get("unit"), _by(data.get("due")), stopped,
        dropped,
    )  # fmt: skip


def _answered(data: Given, _case: Any, _names: Any) -> str:
    return _join(data.get("unit"), _("逾期") if data.get("late") else "")


def _due(data: Given, _case: Any, _names: Any) -> str:
    return _by(data.get("due"))


SAY: Mapping[str, Callable[[Given, Any, Any], str]] = {
    "inquiry_planned": _point,
    "inquiry_done": _point,
    **dict.fromkeys(
        (
            "investigator_added investigator_left tie_recorded tie_cleared recusal_asked"
            " recusal_granted recusal_refused"
        ).split(),
        _person,
    ),
    "minutes_written": _minutes,
    "minutes_read": _minutes,
    "evidence_added": _evidence,
    "evidence_moved": _evidence,
    "issue_found": _found,
    "dispute_found": _what,
    "expert_ordered": _expert,
    "expert_result": _expert,
    "respondent_asked": _due,
    "respondent_answered": _answered,
}
