"""What the side column says of the file: that it is put away. One query, and only then."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.queries import archive
from tingsu.people.permission import Who
from tingsu.web import spoken


def card(who: Who, case: Any, now: datetime) -> dict[str, Any] | None:
    """Until when it is kept, where it lies, whether its disposal is held."""
    if case.state != "archived":
        return None
    row = archive.of_case(case)
    if row is None:
        return None
    until = spoken.day(row.keep_until) if row.keep_until else ""
    words = _("保存到 %(day)s") % {"day": until} if until else _("没有写保存多久")
    lines = [("map-pin", row.place)] if row.place else []
    lines += [("lock", _("暂缓销毁：%(why)s") % {"why": row.hold})] if row.held_at else []
    return {"words": words, "lines": lines}
