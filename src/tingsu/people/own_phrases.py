"""The phrases that an organisation adds to the guard (CO-1). Writes people tables; every process
knows a change within ``rulebook.FRESH_SECONDS``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tingsu.core.wording.guard import Guard
from tingsu.core.wording.lexicon import GRADES, BadPhrase, Lexicon, Phrase, parse
from tingsu.packs import load
from tingsu.packs.wording import WORDING
from tingsu.people import rulebook
from tingsu.people._recording import Sheet, record
from tingsu.people.errors import Invalid
from tingsu.people.models import OwnPhrase, new_id
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

MOST = 300  # in one organisation
LIMIT = 2_000
MOST_LINES = 20


@dataclass(frozen=True)
class Wanted:
    """A phrase as typed and checked."""

    phrase: Phrase
    better: str


def checked(typed: Mapping[str, Any]) -> Wanted:
    """What was typed, as a phrase that can be read and keeps its own examples. Raises Invalid."""
    sheet = Sheet(typed)
    lines = {name: _lines(sheet, name) for name in ("say", "caught", "harmless")}
    better = sheet.text("better", 200)
    lexicon = WORDING.of(load("general"))
    kind, grade = str(typed.get("kind")), str(typed.get("grade"))
    if kind not in lexicon.kinds:
        sheet.wrong["kind"] = _("请选一类。")
    if grade not in GRADES:
        sheet.wrong["grade"] = _("请选轻重。")
    if not lines["say"]:
        sheet.wrong["say"] = _("请写下要标出的说法。")
    for say in lines["say"]:
        try:
            parse(say, lexicon.lists)
        except BadPhrase as bad:
            sheet.wrong["say"] = str(bad)
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    words = {"zh-hans": better, "zh-hant": better, "en": better} if better else {}
    phrase = Phrase(
        id=f"own.{new_id()}",
        kind=kind,
        grade=grade,
        better=words,
        say=tuple(lines["say"]),
        caught=tuple(lines["caught"]),
        harmless=tuple(lines["harmless"]),
    )
    _keeps_examples(lexicon, phrase)
    return Wanted(phrase, better)


def _lines(sheet: Sheet, name: str) -> list[str]:
    found = [line.strip() for line in sheet.lines(name, LIMIT).split("\n") if line.strip()]
    if len(found) > MOST_LINES:
        sheet.wrong[name] = _("最多 %(n)s 行。") % {"n": MOST_LINES}
    return found


def _keeps_examples(lexicon: Lexicon, phrase: Phrase) -> None:
    """Raises Invalid when an example is not marked, or a counter-example is."""
    guard = Guard(Lexicon(lexicon.kinds, lexicon.lists, (phrase,)))
    missed = [text for text in phrase.caught if not guard.marks(text)]
    hit = [text for text in phrase.harmless if guard.marks(text)]
    wrong = {}
    if missed:
        wrong["caught"] = _("这句没有被标出：%(text)s") % {"text": missed[0]}
    if hit:
        wrong["harmless"] = _("这句也被标出了：%(text)s") % {"text": hit[0]}
    if wrong:
        raise Invalid(wrong)


def add(who: Who, typed: Mapping[str, Any], at: datetime) -> OwnPhrase:
    """Mark these words from now on. Raises Invalid at the fields."""
    _only_trainers(who)
    wanted = checked(typed)
    if len(rows(who.organisation_id)) >= MOST:
        raise Invalid({"say": _("自有说法已经有 %(n)s 条，请先删去用不上的。") % {"n": MOST}})
    with transaction.atomic():
        row = OwnPhrase.objects.create(
            id=new_id(),
            organisation_id=who.organisation_id,
            kind=wanted.phrase.kind,
            grade=wanted.phrase.grade,
            say=list(wanted.phrase.say),
            better=wanted.better,
            caught=list(wanted.phrase.caught),
            harmless=list(wanted.phrase.harmless),
            added_by_id=who.member_id,
            added_at=at,
        )
        record(who, at, "phrase_added", wanted.phrase.say[0])
        rulebook.moved(who.organisation_id)
    return row


def end(who: Who, phrase_id: UUID, at: datetime) -> OwnPhrase:
    """Do not mark them any more. Raises NotThere."""
    _only_trainers(who)
    row = OwnPhrase.objects.filter(organisation_id=who.organisation_id, id=phrase_id).first()
    if row is None:
        raise NotThere
    with transaction.atomic():
        gone = OwnPhrase.objects.filter(id=row.id, ended_at__isnull=True)
        if gone.update(ended_at=at, ended_by_id=who.member_id):
            record(who, at, "phrase_ended", str(row.say[0]))
            rulebook.moved(who.organisation_id)
    return row


def rows(organisation_id: UUID) -> list[OwnPhrase]:
    """The own phrases in force, newest first."""
    found = OwnPhrase.objects.filter(organisation_id=organisation_id, ended_at__isnull=True)
    return list(found.select_related("added_by").order_by("-id"))


def phrases(organisation_id: UUID) -> list[Phrase]:
    """The same for the guard."""
    return [
        Phrase(
            id=f"own.{row.id}",
            kind=row.kind,
            grade=row.grade,
            say=tuple(row.say),
            better=dict.fromkeys(("zh-hans", "zh-hant", "en"), row.better) if row.better else {},
        )
        for row in rows(organisation_id)
    ]


def _only_trainers(who: Who) -> None:
    if not may(who, Can.COACH):
        raise Forbidden(Can.COACH)
