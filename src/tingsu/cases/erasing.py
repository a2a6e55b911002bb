"""What is left of a case once it is anonymised: what figures need, nothing that was said (PL-2).

Text goes unless it is named here: a table that comes later is erased by default, and only what is
a code, a rule or a number of the house is kept. Touches every table that hangs on the case.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from tingsu.cases import search
from tingsu.cases.models import (
    Case,
    CaseMark,
    Draft,
    Event,
    Joined,
    Learned,
    Leftover,
    Party,
    Presence,
    WatchEntry,
)

SHORT = 40  # a column of words is longer; shorter ones hold codes
# Codes, rules and numbers of the house, in columns that could hold words.
KEPT = frozenset(
    {
        "Approval.subject", "Approval.stages", "ArchiveEntry.rule", "ArchiveEntry.place",
        "Attachment.content_type", "CallBack.labels", "CallBack.post", "Clock.explanation",
        "Clock.rule", "ClockMove.rule", "DisposalItem.chain", "DisposalItem.kept",
        "DisposalItem.place", "Document.number", "Document.title", "Expert.paused", "Issue.faults",
        "Issue.liable", "Letter.key",
        "Screening.grounds",
    }
)  # fmt: skip
# Entries of these kinds without a text carry codes alone; figures of times are made from them.
PLAIN = frozenset(
    "taken assigned moved restated closed rated clock_started clock_met clock_warned clock_breached"
    " clock_paused clock_resumed letter_sent letter_taken_back told_apart looked approved"
    " callback_tried callback_done callback_overdue reopened anonymised".split()
)
CASE_TEXT = (
    "source_ref narrative request reasons happened_where respondent_unit respondent_place product"
    " order_number contract_number"
).split()
PARTY_TEXT = "postcode sex nationality preferred_channel preferred_time needs".split()
# Emptied below, or gone with their rows.
OWN_WAY = (Case, Event, Draft, Presence, Joined)


def changes(case: Case, at: datetime) -> dict[str, Any]:
    """The columns of the case itself. The number stands for the title: lists still show a line."""
    return {
        **dict.fromkeys(CASE_TEXT, ""),
        "title": case.number,
        "respondent_person_sealed": None,
        "reading": {},
        "party_id": None,
        "intake_key": None,
        "anonymised_at": at,
    }


def erase(case: Case, at: datetime) -> None:
    """Everything else that hangs on the case, in the caller's transaction."""
    paths = [path for path in _emptied(case) if path]
    _entries(case)
    CaseMark.objects.filter(about=case.id).delete()
    for model in (Draft, Presence, Joined):
        model.objects.filter(case=case).delete()
    leave(paths, at)


def erase_party(party: Party, at: datetime) -> None:
    """A person of whom nothing is left: what figures need of them stands in the cases."""
    for name in ("name", "phone", "email", "address"):
        setattr(party, name, "")
    party.phone_index = party.email_index = ""
    for name in PARTY_TEXT:
        setattr(party, name, "")
    party.erased_at = at
    party.save()
    WatchEntry.objects.filter(party=party).delete()


def forget_learned(organisation_id: UUID, at: datetime) -> None:
    """What was learned from erased texts goes too; the worker learns anew from what is left."""
    rows = Learned.objects.filter(organisation_id=organisation_id)
    leave(rows.values_list("stored_as", flat=True), at)
    rows.delete()


def leave(paths: Iterable[str], at: datetime) -> None:
    """Bytes that the worker takes away once nobody else holds them."""
    rows = [Leftover(path=path, since=at) for path in set(paths) if path]
    Leftover.objects.bulk_create(rows, ignore_conflicts=True)


def held_elsewhere(path: str) -> bool:
    """Whether any row still names these bytes: the same file is kept once."""
    return any(
        model._default_manager.filter(**{field.name: path}).exists()
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in ("stored_as", "pdf_as", "zip_as") and model is not Leftover
    )


def _entries(case: Case) -> None:
    """Text, data and salt go together. Entries from before data had a hash keep their data."""
    rows = Event.objects.filter(case=case)
    ids = list(rows.values_list("id", flat=True))
    said = rows.exclude(Q(text="") & Q(kind__in=PLAIN))
    said.filter(data_hash__isnull=False).update(text="", data={}, text_salt=b"")
    said.filter(data_hash__isnull=True).update(text="", text_salt=b"")
    search.forget(ids)


def _emptied(case: Case) -> Iterator[str]:
    """Blank the words in every row of the case; yields the paths of files that they named."""
    for model, path in tables():
        blanks = _blanks(model)
        if not blanks:
            continue
        rows: QuerySet[Any] = model._default_manager.filter(**{path: case})
        if "stored_as" in blanks:
            yield from rows.values_list("stored_as", flat=True)
        rows.update(**blanks)


@cache
def tables() -> tuple[tuple[type[models.Model], str], ...]:
    """Every model that hangs on a case, with the way from it to the case; near ones first."""
    found: dict[type[models.Model], str] = {}
    edge: list[tuple[type[models.Model], str]] = [(Case, "")]
    while edge:
        reached, way = edge.pop(0)
        relations: list[Any] = list(reached._meta.get_fields(include_hidden=True))
        for relation in relations:
            model: Any = relation.related_model
            if not (relation.auto_created and relation.is_relation and not relation.concrete):
                continue
            if model in found or model in OWN_WAY or not _own(relation.field):
                continue
            found[model] = f"{relation.field.name}__{way}".rstrip("_")
            edge.append((model, found[model]))
    return tuple(found.items())


def _own(field: Any) -> bool:
    """Whether a row belongs to what it points to: not by a second pointer such as ``other``."""
    keys = [one for one in field.model._meta.concrete_fields if one.is_relation]
    same = [one for one in keys if one.related_model is field.related_model]
    return bool(same[0] == field)


@cache
def _blanks(model: type[models.Model]) -> dict[str, Any]:
    """Column -> what stands there afterwards, for every column that can hold words."""
    once = _once(model)
    return {
        field.attname: blank
        for field in model._meta.concrete_fields
        if f"{model.__name__}.{field.name}" not in KEPT and field.name not in once
        for blank in [_blank(field)]
        if blank is not KEEP
    }


KEEP = object()


def _blank(field: Any) -> Any:
    if field.primary_key or field.is_relation:
        return KEEP
    if isinstance(field, models.JSONField):
        return None if field.null else field.get_default()
    if isinstance(field, models.BinaryField):
        return None if field.null else b""
    if isinstance(field, models.TextField):
        return ""
    if isinstance(field, models.CharField) and (field.max_length or 0) > SHORT:
        return None if field.null else ""
    return KEEP


def _once(model: type[models.Model]) -> set[str]:
    """Columns that must differ from row to row: they cannot all be empty, and hold numbers."""
    named = {
        name
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
        for name in rule.fields
    }
    return named | {one.name for one in model._meta.concrete_fields if one.unique}
