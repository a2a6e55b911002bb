"""Rows of a pack in words. Reads packs, no tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases.explain import article_words, extension_words, length_words
from tingsu.cases.happenings import RECORDED
from tingsu.core.clock import Extension
from tingsu.packs import Pack, load, say
from tingsu.packs.guide import GUIDE
from tingsu.packs.layers import Raw
from tingsu.packs.part import Part
from tingsu.packs.reading import Entry, Version, entries
from tingsu.packs.vocabulary import LANGUAGES
from tingsu.web import labels, spoken
from tingsu.web.case.steps import ALL
from tingsu.web.packs import words

MOVES = {step.move.value: step.title for step in ALL if step.move}

# Said elsewhere on the card: in its title, its chips, its foot.
_ASIDE = frozenset(
    "id code label since act article source house review review_by none name role when".split()
)
_LONG = 120


@dataclass(frozen=True)
class Fact:
    """A key and its value in words. lines: where there are several; long: to be folded away."""

    name: Any
    lines: list[str]
    long: bool = False
    wide: bool = False  # a list of tables


@dataclass(frozen=True)
class Shown:
    """One version of an entry."""

    version: Version
    sentence: str
    facts: list[Fact]
    source: str
    review: str
    review_by: date | None
    house: bool
    said_by: str


@dataclass(frozen=True)
class Card:
    """An entry with its versions, the one that holds first."""

    entry: Entry
    title: str
    first: Shown
    others: list[Shown]


def cards(pack: Pack, part: Part[Any], table: str, on: date, language: str) -> list[Card]:
    """The entries of a table as they are shown."""
    found = []
    for entry in entries(pack, part, table, on):
        shown = [_shown(pack, table, v, language) for v in reversed(entry.versions)]
        first = next(s for s in shown if s.version is entry.shown)
        others = [s for s in shown if s is not first]
        found.append(Card(entry, title(entry, language), first, others))
    return sorted(found, key=lambda card: card.entry.shown.standing in ("ended", "past"))


def title(entry: Entry, language: str) -> str:
    """What an entry is called."""
    for version in reversed(entry.versions):
        if found := version.row.get("label"):
            return say(found, language)
    row = entry.shown.row
    if entry.table == "move":
        return str(MOVES.get(row["id"], row["id"]))
    for key in ("role", "name", "when", "event"):
        if key in row and (entry.name or key == "name"):
            return value(key, row[key], language)
    return str(words.TABLES.get(entry.table, entry.name))


def _shown(pack: Pack, table: str, version: Version, language: str) -> Shown:
    row = version.row
    said = "" if version.changed or version.said_by == pack.id else version.said_by
    below = load(said).label(language) if said else ""
    return Shown(
        version,
        sentence(table, row),
        list(facts(pack, row, language)),
        source(pack, row, language),
        row.get("review", ""),
        row.get("review_by"),
        bool(row.get("house")),
        below,
    )


def sentence(table: str, row: Raw) -> str:
    """The rule in one sentence, where there is one to say."""
    if row.get("none"):
        return _("这一条从这天起不再适用。")
    if "n" in row and "unit" in row:
        length = length_words(row["n"], row["unit"])
        if "event" in row:
            told = {"event": event(row["event"]), "length": length}
            return _("%(event)s起，%(length)s内") % told
        return length
    if "fen" in row:
        return _("最多 %(amount)s，不用请示") % {"amount": spoken.money(row["fen"])}
    if table == "callback":
        after = length_words(row["after"]["n"], row["after"]["unit"])
        told = {"event": event(row["event"]), "after": after}
        return _("%(event)s后 %(after)s") % told
    return ""


def facts(pack: Pack, row: Raw, language: str) -> Iterator[Fact]:
    """The keys that are not said elsewhere."""
    told = {"n", "event"} if {"n", "unit"} <= set(row) else set()
    told |= {"unit"} if "n" in row else set()
    told |= {"fen"} if "fen" in row else set()
    for key, given in row.items():
        if key in _ASIDE or key in told:
            continue
        said = reference(pack, key, given, language) or lines(key, given, language)
        long = any(len(line) > _LONG or "\n" in line for line in said) or len(said) > 12
        wide = isinstance(given, list) and any(isinstance(one, dict) for one in given)
        yield Fact(words.KEYS.get(key, key), said, long and not wide, wide)


def reference(pack: Pack, key: str, given: Any, language: str) -> list[str]:
    """What another entry of the pack is called, for keys that name one."""
    if key == "method" and (method := GUIDE.of(pack).methods.get(given)):
        return [say(method.labels, language)]
    if key == "variant" and (variant := pack.variants.get(given)):
        return [say(variant.labels, language)]
    return [pack.clock_label(given, language)] if key in ("replaces", "clock") else []


def lines(key: str, given: Any, language: str) -> list[str]:
    """A value in words, a line for each table in it."""
    if key == "extension":
        return [extension_words(_extension(one)) for one in given]
    if isinstance(given, list) and any(isinstance(one, dict) for one in given):
        return [_inner(one, language) for one in given]
    return [value(key, given, language)]


def _inner(row: Any, language: str) -> str:
    """A table inside another, in one line."""
    if not isinstance(row, dict):
        return value("", row, language)
    if set(row) <= set(LANGUAGES):
        return say(row, language)
    head = say(row["label"], language) if isinstance(row.get("label"), dict) else ""
    rest = [
        f"{words.KEYS.get(key, key)} {_('；').join(lines(key, given, language))}"
        for key, given in row.items()
        if key not in ("label", "code")
    ]
    return _("：").join(filter(None, [head, _("；").join(rest)]))


def value(key: str, given: Any, language: str) -> str:
    """One value in words."""
    if isinstance(given, bool):
        return _("是") if given else _("否")
    if isinstance(given, date):
        return spoken.day(given)
    if isinstance(given, Mapping):
        return _mapping(given, language)
    if isinstance(given, list):
        return _("、").join(value(key, one, language) for one in given)
    return _code(key, str(given))


def _code(key: str, given: str) -> str:
    if key in ("role", "who"):
        return str(labels.label_of(labels.ROLES, given).word)
    return (
        event(given)
        if key in words.EVENT_KEYS
        else str(words.VALUES.get(key, {}).get(given, given))
    )


def _mapping(given: Mapping[str, Any], language: str) -> str:
    if set(given) <= set(LANGUAGES):
        return say(given, language)
    if set(given) == {"n", "unit"}:
        return length_words(given["n"], given["unit"])
    return _("；").join(
        f"{words.KEYS.get(key) or event(key)} = {value(key, one, language)}"
        for key, one in given.items()
    )


def event(code: str) -> str:
    """What an event of a clock is called, or what a remedy gives."""
    told = words.EVENTS.get(code) or RECORDED.get(code) or words.VALUES["gives"].get(code)
    return str(told or code)


def source(pack: Pack, row: Raw, language: str) -> str:
    """Act and article as they are cited, with what is said besides."""
    act = pack.acts.get(row.get("act", ""))
    cited = say(act.cite, language) if act else str(row.get("act", ""))
    article = article_words(row["article"]) if "article" in row else ""
    return " ".join(filter(None, (cited, article, row.get("source", ""))))


def _extension(row: Raw) -> Extension:
    kind = "to" if "to" in row else "by"
    return Extension(
        row[kind], row["unit"], kind, row.get("condition", ""), row.get("approval", ""),
        row.get("notify", False),
    )  # fmt: skip
