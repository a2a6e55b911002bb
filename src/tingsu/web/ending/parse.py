"""What the pages of endings send. Parsing only; the actions decide and refuse."""

from datetime import UTC, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.core.ending import Line
from tingsu.core.text import clean_line
from tingsu.web.portal.fields import Day, Money

NAMES = ("l.gives", "l.words", "l.fen", "l.due", "l.by", "l.member")
MOST = 20


def lines_of(data: Any) -> list[Line]:
    """The rows that say anything. Raises Invalid at ``lines`` for a sum or a day that is none."""
    rows = zip(*(data.getlist(name)[:MOST] for name in NAMES), strict=False)
    found, wrong = [], []
    for place, row in enumerate(rows, start=1):
        gives, words, fen, due, owed_by, member = (clean_line(one) for one in row)
        if not words and not fen:
            continue
        try:
            found.append(Line(gives, words, _money(fen), owed_by or "house", _day(due), member))
        except ValidationError as odd:
            wrong.append(_("第 %(n)s 项：%(what)s") % {"n": place, "what": odd.messages[0]})
    if wrong:
        raise Invalid({"lines": " ".join(wrong)})
    return found


def typed_lines(data: Any) -> list[dict[str, str]]:
    """The rows as they were typed, to be shown again."""
    rows = zip(*(data.getlist(name)[:MOST] for name in NAMES), strict=False)
    keys = [name[2:] for name in NAMES]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def shown_lines(lines: list[Line]) -> list[dict[str, str]]:
    """Lines of a draft as rows of the form."""
    return [
        {
            "gives": one.gives,
            "words": one.words,
            "fen": f"{one.fen / 100:.2f}" if one.fen else "",
            "due": _shown_day(one.due),
            "by": one.owed_by,
            "member": one.member,
        }
        for one in lines
    ]


def money_of(text: str) -> int:
    """Fen. Raises ValidationError."""
    return _money(clean_line(text))


def _money(text: str) -> int:
    value = Money(limit=20).clean(text) if text else 0
    return int(value or 0)


def _day(text: str) -> str:
    """The end of a local day as an instant in UTC."""
    day = Day(required=False).clean(text)
    if day is None:
        return ""
    end = datetime.combine(day, time(23, 59), timezone.get_current_timezone())
    return end.astimezone(UTC).isoformat()


def _shown_day(due: str) -> str:
    if not due:
        return ""
    return timezone.localtime(datetime.fromisoformat(due)).date().isoformat()
