"""What the public pages read of one case (IN-7). Reads case tables and packs, writes nothing.

The right to read is the look-up code, not a role: ``by_number`` and ``followed`` are the doors.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from tingsu.cases._files import opened
from tingsu.cases._rules import main_of
from tingsu.cases.codes import opens
from tingsu.cases.explain import article_words, explain_text, length_words
from tingsu.cases.models import Attachment, Case, Clock, Event, Letter, Promise
from tingsu.core import clock as clocks
from tingsu.core.lifecycle import State
from tingsu.packs import Pack, act, say
from tingsu.people.permission import NotThere
from tingsu.people.rulebook import case_pack

__all__ = ["main_of"]  # where what the customer adds is written


@dataclass(frozen=True)
class Told:
    """One entry of the public story. ``mine``: the customer said it."""

    kind: str
    at: datetime
    text: str
    mine: bool
    data: Mapping[str, Any]
    subject: str = ""  # of a letter
    files: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class Coming:
    """What the house owes and by when. kind: contact | promise | clock | rest (a paused clock)."""

    kind: str
    label: str
    due_at: datetime
    late: bool
    why: str = ""  # how the date came about, in words


@dataclass(frozen=True)
class TimeLimit:
    """A time limit of the pack, as it is told before anybody complains."""

    label: str
    event: str  # received | accepted
    length: str  # in words
    source: str  # "" for the house's own practice


@dataclass
class _Nobody:
    """Stands in for a case that does not exist, so that both misses take the same work."""

    id: UUID
    code_round: int


_NOBODY = _Nobody(UUID(int=0), 0)


def by_number(organisation_id: UUID, number: str, code: str) -> Case | None:
    """The case with this number, if the code is its own. Never tells which of the two missed."""
    found = _cases(organisation_id).filter(number=number_of(number)).first()
    right = opens(found or _NOBODY, unicodedata.normalize("NFKC", code)[:60])
    return found if right else None


def number_of(typed: str) -> str:
    """A case number as people type it: full width, small letters, spaces and long dashes."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    for dash in "‐‑‒–—―−":
        plain = plain.replace(dash, "-")
    return "".join(sign for sign in plain if sign.isprintable() and not sign.isspace())[:32]


def followed(organisation_id: UUID, case_id: UUID, code_round: int) -> Case:
    """A case that somebody opened with its code before. Raises NotThere once that code is void."""
    found = _cases(organisation_id).filter(id=case_id, code_round=code_round).first()
    if found is None:
        raise NotThere
    return found


def told_since(
    organisation_id: UUID, case_ids: list[UUID], narrative: str, since: datetime
) -> Case | None:
    """Which of these cases has this very story and came in by the web since then."""
    if not case_ids:
        return None
    rows = _cases(organisation_id).filter(id__in=case_ids, channel="web", received_at__gte=since)
    return next((case for case in rows if case.narrative == narrative), None)


def last_answer(case: Case) -> str:
    """The text of the last final answer, "" where none was given."""
    rows = Event.objects.filter(case=case, kind="replied", data__kind="final")
    found = rows.exclude(id__in=_held_back(case).values("event_id")).order_by("seq").last()
    return found.text if found else ""


def told(case: Case) -> list[Told]:
    """The public story, oldest first. What others added to a main case is theirs alone."""
    own = Event.objects.filter(case=case, public=True, data__via__isnull=True)
    events = list(own.exclude(id__in=_held_back(case).values("event_id")))
    if case.state == State.MERGED:
        there = Event.objects.filter(case=main_of(case), public=True, data__via=case.number)
        events += list(there)
    letters = {row.event_id: row.subject for row in Letter.objects.filter(case=case)}
    files: dict[UUID, list[Attachment]] = {}
    for row in Attachment.objects.filter(case=case, public=True).order_by("id"):
        files.setdefault(row.event_id, []).append(row)
    return [
        Told(
            kind=event.kind,
            at=event.at,
            text=_own_words(case, event) if event.kind == "received" else event.text,
            mine=event.actor == "customer" or event.kind == "received",
            data=event.data,
            subject=letters.get(event.id, ""),
            files=files.get(event.id, []),
        )
        for event in sorted(events, key=lambda event: (event.at, event.seq))
    ]


def acknowledgement(case: Case) -> str:
    """The body of the first letter, "" where none was written (old records)."""
    row = Letter.objects.filter(case=case, kind="acknowledgement").first()
    return row.body if row else ""


def coming(case: Case, now: datetime) -> list[Coming]:
    """What the house owes, soonest first. Nothing for a case that is over or waits elsewhere."""
    if not case.open:
        return []
    found = [
        Coming("promise", row.content, row.due_at, row.due_at < now)
        for row in Promise.objects.filter(case=case, state="due")
    ]
    if case.quiet_until and case.state not in (State.INCOMPLETE, State.CONFIRMING):
        found.append(Coming("contact", "", case.quiet_until, case.quiet_until < now))
    if not can_answer(case):  # it is the customer's turn
        found += [_clock(case, row, now) for row in _own_clocks(case)]
    return sorted(found, key=lambda one: one.due_at)


def can_answer(case: Case) -> bool:
    """Whether the customer is being asked: a result is there to be read, and not yet answered."""
    return (
        case.state == State.CONFIRMING
        and case.confirmed_at is None
        and not _held_back(case).filter(kind="final").exclude(state="taken_back").exists()
    )


def result_on_its_way(case: Case) -> bool:
    """A final answer was written and can still be taken back: nobody speaks of it yet."""
    return case.state == State.CONFIRMING and case.confirmed_at is None and not can_answer(case)


def public_file(case: Case, file_id: UUID) -> tuple[Attachment, IO[bytes]]:
    """A file that the customer gave or got, opened. Raises NotThere."""
    row = Attachment.objects.filter(case=case, public=True, id=file_id).first()
    if row is None:
        raise NotThere
    return row, opened(row.stored_as)


def time_limits(pack: Pack, on: date, chosen: Collection[str] = ()) -> list[TimeLimit]:
    """What the pack promises everybody, in the language of the reader.

    chosen: the local rules of the organisation, such as ``tourism.shanghai``."""
    language = get_language() or "zh-hans"
    found = []
    for clock in pack.clocks_for(pack.standing(chosen), on):
        rule = clock.rule_on(on)
        if rule is None or rule.duty != "house":
            continue
        if rule.event in ("received", "accepted"):
            label = pack.clock_label(rule.id, language)
            length = length_words(rule.n, rule.unit)
            found.append(TimeLimit(label, rule.event, length, _source(rule, language)))
    return sorted(found, key=lambda limit: limit.event != "received")


def first_contact_words(pack: Pack) -> str:
    """How soon a person gets in touch: 4 个营业小时."""
    rule = pack.first_contact
    return length_words(rule.n, rule.unit)


def silence_words(pack: Pack) -> str:
    """How long we are silent at most: 2 个工作日."""
    rule = pack.silence
    return length_words(rule.n, rule.unit)


def _cases(organisation_id: UUID) -> QuerySet[Case]:
    return Case.objects.filter(organisation_id=organisation_id).select_related("party")


def _held_back(case: Case) -> QuerySet[Letter]:
    """Letters that were taken back or still can be; the acknowledgement never is. One that the
    worker tried to send is shown, arrived or not: this page is how it reaches the customer."""
    waits = Q(state="waiting", claimed_until__isnull=True, attempts=0)
    rows = Letter.objects.filter(Q(state="taken_back") | waits, case=case)
    return rows.exclude(kind="acknowledgement")


def _own_words(case: Case, event: Event) -> str:
    """A complaint without the title: that one is our own short form of it."""
    return event.text.removeprefix(f"{case.title}\n\n")


def _own_clocks(case: Case) -> list[Clock]:
    rows = Clock.objects.filter(case=case, state__in=("running", "breached", "paused"))
    return [row for row in rows if clocks.from_json(row.explanation).rule.duty == "house"]


def _clock(case: Case, row: Clock, now: datetime) -> Coming:
    deadline = clocks.from_json(row.explanation)
    label = case_pack(case).clock_label(row.rule, get_language() or "zh-hans")
    kind = "rest" if row.state == "paused" else "clock"
    late = kind == "clock" and row.due_at < now
    return Coming(kind, label, row.due_at, late, explain_text(deadline))


def _source(rule: clocks.ClockRule, language: str) -> str:
    source = act(rule.act) if rule.act else None
    if rule.house or source is None:
        return "" if rule.house else rule.source
    article = article_words(rule.article) if rule.article else ""
    return f"{say(source.cite, language)} {article}".strip()
