"""The words of an industry: what hurts and what helps, by kind (CO-1). No I/O, no Django.

WORDING.of(pack)          # the Lexicon for `tingsu.core.wording.guard.Guard`
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tingsu.core.wording.lexicon import GRADES, BadPhrase, Kind, Lexicon, Phrase, parse
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw, Table
from tingsu.packs.problems import USE, Problem, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import LABEL, Key, flag, label, one_of, text, words

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read

TABLES: Mapping[str, Table] = {
    "list": Table(
        {"id": Key(text, required=True), "words": Key(words, required=True)},
        by="id",
        must_source=False,
    ),
    "kind": Table(
        {
            "id": Key(text, required=True),
            "grade": Key(one_of(GRADES, "bad_grade"), required=True),
            "label": LABEL,
            "why": LABEL,
            "better": LABEL,
        },
        by="id",
        must_source=False,
    ),
    "phrase": Table(
        {
            "id": Key(text, required=True),
            "kind": Key(text, required=True),
            "say": Key(words, required=True),
            "grade": Key(one_of(GRADES, "bad_grade")),
            "unless": Key(words),
            "undated": Key(flag),
            "even_if": Key(flag),
            "better": Key(label),
            "caught": Key(words),
            "harmless": Key(words),
        },
        by="id",
        must_source=False,
    ),
}
_COPIED = "id kind grade undated even_if better".split()
_LISTED = "say unless caught harmless".split()


def _read(raw: Raw, _pack: Pack) -> Lexicon:
    return Lexicon(
        kinds={row["id"]: Kind(**row) for row in raw.get("kind", ())},
        lists={row["id"]: tuple(row["words"]) for row in raw.get("list", ())},
        phrases=tuple(phrase(row) for row in raw.get("phrase", ())),
    )


def phrase(row: Mapping[str, Any]) -> Phrase:
    """A phrase from its table."""
    given: dict[str, Any] = {name: row[name] for name in _COPIED if name in row}
    return Phrase(**given | {name: tuple(row.get(name, ())) for name in _LISTED})


def _cross(read: Read, around: Around) -> Iterator[Problem]:
    lists = dict.fromkeys(around.known(PART.file, "list", "id"), ("x",))
    kinds = around.known(PART.file, "kind", "id")
    for number, row in enumerate(read.data.get("phrase", ())):
        if row.get("kind") not in kinds:
            yield read.at("unknown_kind", "phrase", number, "kind", value=str(row.get("kind")))
        for say in row.get("say", ()):
            try:
                parse(say, lists)
            except BadPhrase as bad:
                yield read.at("bad_phrase", "phrase", number, "say", value=str(bad))


PART = WORDING = Part(
    "wording.toml",
    TABLES,
    _read,
    _cross,
    words={
        "bad_grade": Words("error", _("没有这个轻重：{value}。"), USE, GRADES),
        "unknown_kind": Words(
            "error", _("没有这一类伤人的话：{value}。"), _("先写 [[kind]]，或改用已有的。")
        ),
        "bad_phrase": Words(
            "error", _("读不懂这个说法：{value}。"), _("写法见 docs/rules/guard.md。")
        ),
    },
)
