"""What a planned step says, line by line, for the one who signs. Reads no tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.web import labels, spoken
from tingsu.web.labels import label_of


@dataclass(frozen=True)
class Said:
    """One value of the planned step."""

    name: Any
    words: str


def _instant(value: Any) -> str:
    try:
        return spoken.when(datetime.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _verdict(value: Any) -> str:
    return str(label_of(labels.VERDICTS, str(value)).word) if value else ""


def _move(value: Any) -> str:
    return str(MOVES.get(str(value), value))


MOVES: Mapping[str, Any] = {
    "accept": _l("受理"),
    "refuse": _l("不予受理"),
    "transfer": _l("移送其他部门"),
    "refer": _l("下转"),
    "decide": _l("作出处理决定"),
}
# What a step may tell, in the order in which it is read; what is not named here stays unsaid.
_NAMED: tuple[tuple[str, Any, Callable[[Any], str]], ...] = (
    ("to", _l("做什么"), _move),
    ("move", _l("做什么"), _move),
    ("words", _l("内容"), str),
    ("verdict", _l("核查结论"), _verdict),
    ("unit", _l("交给哪个单位"), str),
    ("reason", _l("理由"), str),
    ("missing", _l("还缺什么"), str),
    ("due_at", _l("期限"), _instant),
)


def said_of(row: Any) -> list[Said]:
    """The planned step in words."""
    found = [Said(name, say(row.told[key])) for key, name, say in _NAMED if row.told.get(key)]
    if row.amount is not None:
        found.append(Said(_("金额"), spoken.money(row.amount)))
    return found
