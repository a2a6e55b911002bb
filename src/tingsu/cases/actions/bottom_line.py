"""How far we go on a case: set by those who negotiate it, sealed, told to nobody (HA-6)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._rules import only_open
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import BottomLine, Case
from tingsu.core.remedy import MOST
from tingsu.core.text import clean
from tingsu.people.actor import Actor
from tingsu.people.models import new_id


def set_line(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    most: int | None,
    words: str = "",
    key: str | None = None,
) -> Written:
    """Set it, or set it anew. The timeline says that it was set, by whom, and nothing of what it
    is: who reads along there does not negotiate. most: fen, in all, to the customer."""
    said = clean(words).strip()
    if most is None and not said:
        raise Invalid({"most": _("请写最多给到多少，或写明不能退让的是什么。")})
    if most is not None and not 0 <= most <= MOST:
        raise Invalid({"most": _("请核对这个金额。")})
    if len(said) > 400:
        raise Invalid({"line_words": _("请在 %(n)s 字以内。") % {"n": 400}})

    def plan(case: Case) -> Plan:
        only_open(case)
        row = BottomLine(id=new_id(), case_id=case.id, round=case.round, set_by_id=by.me, set_at=at)
        row.most, row.words = "" if most is None else str(most), said

        def effect() -> None:
            BottomLine.objects.filter(case_id=case.id, round=case.round).delete()
            row.save(force_insert=True)

        return Plan([Entry("line_set")], effects=[effect])

    return write(case, by, at, plan, key=key)
