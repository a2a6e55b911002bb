"""Two cases that looked like the same matter are not (IN-8): said once, offered no more."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.people.actor import Actor


def tell_apart(
    case: Case, by: Actor, at: datetime, *, other: Case, key: str | None = None
) -> Written:
    """Write down that the other case is another matter. Raises Refusal for the case itself."""
    if case.id == other.id:
        raise Refusal(_("不能和自己比较。"), "other", "itself")
    data = {"other": str(other.id), "number": other.number}
    return write(case, by, at, lambda _case: Plan([Entry("told_apart", data=data)]), key=key)
