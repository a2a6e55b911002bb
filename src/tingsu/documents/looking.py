"""Opening a paper with a phone or an address in it is a look at them (PL-2). Calls the action."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.actions.look import look
from tingsu.cases.queries import file
from tingsu.cases.queries.documents import Shown
from tingsu.core import papers
from tingsu.documents.fields import PERSONAL
from tingsu.people.actor import acting
from tingsu.people.permission import Who


def looked(who: Who, case: Any, at: datetime, fields: Iterable[str]) -> None:
    """Put it on record, once in ten minutes. fields: those of the paper."""
    wanted = {PERSONAL[name] for name in fields if name in PERSONAL}
    wanted = {name for name in wanted if case.party and getattr(case.party, name)}
    wanted -= set(file.looked(who, case, at))
    if wanted:
        look(case, acting(who), at, fields=tuple(sorted(wanted)), reason=_("文书"))


def fields_of(shown: Shown) -> list[str]:
    """The fields of a paper; all personal ones where the pack no longer has its kind."""
    if shown.kind is None:
        return list(PERSONAL)
    return list(papers.fields_in(shown.kind.body()))
