"""A person confirms or corrects how the customer was read (CO-4, SC-3)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.mind.reading import ANGRIEST, CALMEST, KINDS, lexicon
from tingsu.people.actor import Actor

COMMUNICATIVE = frozenset({"help", "question", "suggestion"})


def confirm(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    values: Mapping[str, str],
    anger: int | None,
    offered: Mapping[str, str],
    key: str | None = None,
) -> Written:
    """Keep what the person says of the customer. offered: what had been read; where the two
    differ the entry says so, and the next learning knows (docs/rules/reading.md)."""
    told = {kind: values[kind] for kind in KINDS if values.get(kind)}
    _check(told, anger)

    def plan(_case: Case) -> Plan:
        changes: dict[str, object] = {"reading": told}
        if anger is not None:
            changes["anger"] = anger
        if "nature" in told:
            asks = told["nature"] in COMMUNICATIVE
            changes["nature"] = "communicative" if asks else "questioning"
        corrected = sorted(kind for kind in KINDS if told.get(kind, "") != offered.get(kind, ""))
        data = {"values": told, "anger": anger, "corrected": corrected}
        return Plan([Entry("customer_read", data=data)], changes)

    return write(case, by, at, plan, key=key)


def _check(told: Mapping[str, str], anger: int | None) -> None:
    problems = {
        kind: _("请从列出的选项中选择。")
        for kind, code in told.items()
        if code not in lexicon()[kind]
    }
    if anger is not None and not CALMEST <= anger <= ANGRIEST:
        problems["anger"] = _("请从列出的选项中选择。")
    if not told and anger is None:
        problems["anger"] = _("还没有选什么。")
    if problems:
        raise Invalid(problems)
