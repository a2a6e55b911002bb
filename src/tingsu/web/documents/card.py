"""What the side column says of papers. A case without any costs no query. No models."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tingsu.cases.queries import documents as queries
from tingsu.people.permission import Who


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """Drafts that wait to be issued first, then papers that were served on nobody."""
    if not case.papers:
        return None
    drafts, unserved = queries.waiting(case)
    if not drafts and not unserved:
        return {"words": _("文书都已送达")}
    words = []
    if drafts:
        words.append(ngettext("%(n)s 份草稿待签发", "%(n)s 份草稿待签发", drafts) % {"n": drafts})
    if unserved:
        words.append(ngettext("%(n)s 份还没送达", "%(n)s 份还没送达", unserved) % {"n": unserved})
    return {"words": " · ".join(words), "waits": drafts + unserved}
