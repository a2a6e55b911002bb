"""The timeline as it is shown: by day, a line each until opened. Reads queries, no models."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tingsu.people import directory
from tingsu.web import labels, spoken
from tingsu.web.case.telling import Change, Names, changes_of, line_of
from tingsu.web.labels import Label, label_of

SHORT = 46  # characters that fit beside the word and need no opening
PEEK = 110
FITS = 4  # entries on the screen of a phone
TELLS_MEMBER = ("from", "to", "owner", "in_place_of", "member")
TELLS_DEPARTMENT = ("queue", "department")
FROM_OUTSIDE = frozenset({"mail", "sms", "messenger"})  # what these bring is kept as it came
OPENED = 2  # of what customers and we said to each other, the newest stand open


@dataclass
class Line:
    """One entry. ``peek``: the beginning of the text, seen while it is closed."""

    seq: int
    at: datetime
    kind: str
    label: Label
    line: str
    who: str
    text: str = ""
    peek: str = ""
    short: bool = False
    opened: bool = False
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    letter: Any = None
    original: bool = False


@dataclass(frozen=True)
class Story:
    """Days with their lines, oldest first; how many entries lie before them."""

    days: list[tuple[str, list[Line]]]
    first: int
    earlier: int

    @property
    def last(self) -> int:
        """The number of the newest entry shown; 0 where the whole story is short."""
        lines = [line for _heading, day in self.days for line in day]
        return lines[-1].seq if len(lines) > FITS else 0

    @property
    def earlier_words(self) -> str:
        """更早的 440 条."""
        words = ngettext("更早的 %(n)s 条", "更早的 %(n)s 条", self.earlier)
        return words % {"n": f"{self.earlier:,}"}


def story(
    case: Any,
    events: list[Any],
    now: datetime,
    *,
    names: Names,
    letters: Mapping[UUID, Any],
    files: Mapping[UUID, list[Any]],
    hide: Callable[[str], str] | None = None,
) -> Story:
    """The window of entries as lines. hide: masks what free text gives away."""
    lines = [_line(event, case, names, hide) for event in events]
    for line, event in zip(lines, events, strict=True):
        line.files = files.get(event.id, [])
        line.letter = letters.get(event.id) if event.kind == "replied" else None
    _open_newest(lines)
    today = timezone.localdate(now)
    days = [
        (spoken.day_heading(day, today), list(group)) for day, group in groupby(lines, key=_day)
    ]
    first = events[0].seq if events else 1
    return Story(days, first, first - 1)


def names_of(who: Any, events: Iterable[Any]) -> Names:
    """The names behind the ids in the entries: one query for people, one for departments."""
    members: set[UUID] = set()
    for event in events:
        if event.member_id:
            members.add(event.member_id)
        for key in TELLS_MEMBER:
            _collect(event.data.get(key), members)
    people = directory.names(members) if members else {}
    departments = directory.departments(who.organisation_id)
    return Names(
        {str(code): name for code, name in people.items()},
        {str(one.id): one.name for one in departments},
    )


def _collect(value: Any, found: set[UUID]) -> None:
    try:
        found.add(UUID(value))
    except (ValueError, TypeError, AttributeError):
        return  # a state or a number under the same key


def _line(event: Any, case: Any, names: Names, hide: Callable[[str], str] | None) -> Line:
    text: str = event.text
    changes: list[Change] = []
    if event.kind == "facts_changed":
        text, changes = changes_of(event.text, case)
    if hide:
        text = hide(text)
        changes = [Change(one.name, hide(one.old), hide(one.new)) for one in changes]
    if event.kind == "attached":
        text = ""  # the files say their names themselves
    line = Line(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        label=_label(event),
        line=line_of(event, case, names),
        who=who_of(event, names),
        text=text,
        changes=changes,
        notes=_notes(event.data),
        original=_came_from_outside(event, case),
    )
    _fold(line)
    return line


def _came_from_outside(event: Any, case: Any) -> bool:
    way = case.channel if event.kind == "received" else event.data.get("way", "")
    return event.kind in ("received", "customer_added") and way in FROM_OUTSIDE


def _fold(line: Line) -> None:
    flat = " ".join(line.text.split())
    line.short = len(flat) <= SHORT and "\n" not in line.text.strip() and not line.changes
    line.peek = flat if len(flat) <= PEEK else f"{flat[:PEEK]}…"


def _label(event: Any) -> Label:
    found = label_of(labels.EVENTS, event.kind)
    if event.kind == "contact":
        incoming = event.data.get("direction") == "in"
        look = "in" if incoming else ""
        return Label(found.word, "phone-incoming" if incoming else "phone-outgoing", look)
    return found


def who_of(event: Any, names: Names) -> str:
    """Who wrote the entry: a member by name, a party, or nobody for the house itself."""
    if event.member_id:
        return names.person(event.member_id)
    return {"customer": _("客户"), "respondent": _("被投诉方")}.get(event.actor, "")


def _notes(data: Mapping[str, Any]) -> list[str]:
    mood = labels.ANGER.get(data["mood"]) if "mood" in data else None
    found = [_("之后的情绪：%(mood)s") % {"mood": mood.word}] if mood else []
    return [*found, _("机器写的，经人核对")] if "machine" in data else found


def _open_newest(lines: list[Line]) -> None:
    talks = [line for line in lines if line.label.look in ("in", "out")]
    said = [line for line in talks if not line.short and line.kind != "received"]
    for line in said[-OPENED:]:
        line.opened = True


def _day(line: Line) -> date:
    return timezone.localtime(line.at).date()
