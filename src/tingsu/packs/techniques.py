"""What helps in an industry: techniques as cards and the wording library (CO-3, CO-5). No I/O.

TECHNIQUES.of(pack).choose({"stage:reply", "anger:angry"})
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tingsu.core.wording.lexicon import BadPhrase, parse
from tingsu.core.wording.technique import GROUPS, TAGS, Library, Saying, Technique
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw, Table
from tingsu.packs.problems import USE, Problem, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import LABEL, Key, all_of, label, one_of, text, words

if TYPE_CHECKING:
    from tingsu.packs.cross import Around, Read

_STAGES = ("contact", "restate", "reply", "agree")
_CHANNELS = ("spoken", "written", "visit")

TABLES: Mapping[str, Table] = {
    "technique": Table(
        {
            "id": Key(text, required=True),
            "group": Key(one_of(GROUPS, "bad_group"), required=True),
            "label": LABEL,
            "how": LABEL,
            "fits": Key(all_of(TAGS, "bad_tag"), required=True),
            "needs": Key(all_of(TAGS, "bad_tag")),
            "signs": Key(words),
            "caution": Key(label),
        },
        by="id",
        must_source=False,
    ),
    "saying": Table(
        {
            "id": Key(text, required=True),
            "technique": Key(text, required=True),
            "text": LABEL,
            "stage": Key(one_of(_STAGES, "bad_stage")),
            "channels": Key(all_of(_CHANNELS, "bad_channel")),
        },
        by="id",
        must_source=False,
    ),
}


def _read(raw: Raw, _pack: Pack) -> Library:
    return Library(
        [_technique(row) for row in raw.get("technique", ())],
        [_saying(row) for row in raw.get("saying", ())],
    )


def _technique(row: Raw) -> Technique:
    listed: dict[str, Any] = {name: tuple(row.get(name, ())) for name in ("fits", "needs", "signs")}
    given = {name: row[name] for name in ("id", "group", "label", "how")}
    return Technique(**given | listed, caution=row.get("caution", {}))


def _saying(row: Raw) -> Saying:
    channels = tuple(row.get("channels", ()))
    return Saying(row["id"], row["technique"], row["text"], row.get("stage", ""), channels)


def _cross(read: Read, around: Around) -> Iterator[Problem]:
    known = around.known(PART.file, "technique", "id")
    for number, row in enumerate(read.data.get("saying", ())):
        if row.get("technique") not in known:
            value = str(row.get("technique"))
            yield read.at("unknown_technique", "saying", number, "technique", value=value)
    for number, row in enumerate(read.data.get("technique", ())):
        for sign in row.get("signs", ()):
            try:
                parse(sign, {})
            except BadPhrase as bad:
                yield read.at("bad_phrase", "technique", number, "signs", value=str(bad))


PART = TECHNIQUES = Part(
    "techniques.toml",
    TABLES,
    _read,
    _cross,
    words={
        "bad_group": Words("error", _("没有这一组：{value}。"), USE, GROUPS),
        "bad_tag": Words("error", _("没有这种情形：{value}。"), USE, TAGS),
        "bad_stage": Words("error", _("没有这个阶段：{value}。"), USE, _STAGES),
        "bad_channel": Words("error", _("没有这种方式：{value}。"), USE, _CHANNELS),
        "unknown_technique": Words(
            "error", _("没有这个方法：{value}。"), _("先写 [[technique]]。")
        ),
        "bad_phrase": Words(
            "error", _("读不懂这个说法：{value}。"), _("写法见 docs/rules/guard.md。")
        ),
    },
)
