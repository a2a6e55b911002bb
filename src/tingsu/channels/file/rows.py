"""One record of a file becomes one intake, or is refused with its column and the reason.

Reads packs and the vault's secrets; touches no table.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tingsu.cases.intake import LIMITS, Intake
from tingsu.channels.file import values
from tingsu.channels.file.fields import BY_CODE, Target
from tingsu.channels.file.table import Row
from tingsu.core.channels import ASKED, Channel
from tingsu.core.text import normalise
from tingsu.packs import Pack, PackError, available, load
from tingsu.people.rulebook import pack_of

LONGEST_FACT = 400
# What makes a record the same one: its own number and what was said; without a number also who
# said it and when. Columns added to a mapping later do not make a second case of it.
SAID = ("title", "narrative", "request")
WHO_AND_WHEN = ("received_at", "name", "phone", "email", "order_number")


class RowRefused(Exception):
    """A record that cannot come in: in which column, and why, in words."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason
        super().__init__(reason)


@dataclass(frozen=True)
class Reading:
    """How the columns of a file are read. ``columns``: header -> field code, "" left out."""

    house: UUID  # the organisation, whose categories count
    headers: Sequence[str]
    columns: Mapping[str, str]
    pack: str
    packs: Sequence[str]
    zone: str
    now: datetime
    day_first: bool = False
    channel: str = Channel.FILE.value

    @cached_property
    def places(self) -> list[tuple[Target, tuple[int, ...]]]:
        """Each field with the columns that fill it, in the order of the file."""
        found: dict[str, list[int]] = {}
        for place, header in enumerate(self.headers):
            if code := self.columns.get(header):
                found.setdefault(code, []).append(place)
        return [(BY_CODE[code], tuple(at)) for code, at in found.items()]

    def column_of(self, field: str) -> str:
        """The heading that a refused field came from; "" for what no column gives."""
        return next((h for h in self.headers if self.columns.get(h) == field), "")

    def first_wrong(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Of several refused fields the one furthest left: its heading and the words."""
        order = [self.columns.get(header) for header in self.headers]
        name = min(fields, key=lambda one: order.index(one) if one in order else len(order))
        return self.column_of(name), fields[name]


def intake_of(row: Row, reading: Reading) -> Intake:
    """The intake, with its key. Raises RowRefused."""
    if row.problem:
        raise RowRefused("", row.problem)
    facts: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for target, places in reading.places:
        cells = [(reading.headers[at], row.cells[at].strip()) for at in places]
        cells = [(header, cell) for header, cell in cells if cell]
        if target.code == "extra":
            extra = {header: cell[:LONGEST_FACT] for header, cell in cells}
        elif cells:
            facts[target.code] = _read(target, cells, reading)
    _settle(facts, reading)
    facts["channel_facts"] = {"file_row": str(row.number)} | extra
    _known_only_to_paper(facts)
    facts["intake_key"] = key_of(facts)
    return Intake(**facts)


def _read(target: Target, cells: Sequence[tuple[str, str]], reading: Reading) -> Any:
    header = cells[0][0]
    text = (target.many or " ").join(cell for _header, cell in cells)
    try:
        match target.shape:
            case "time":
                ends = target.code == "closed_at"
                return values.instant(
                    text, reading.zone, day_first=reading.day_first, end_of_day=ends
                )
            case "money":
                return values.fen(text)
            case "number":
                return values.number_text(text)
            case "pack":
                return _pack(text, reading)
            case "code":
                code = values.code(target.code, text)
                return int(code) if target.code == "anger" else code
    except ValueError as problem:
        raise RowRefused(header, str(problem)) from problem
    return text


def _settle(facts: dict[str, Any], reading: Reading) -> None:
    """What one column says about another."""
    facts.setdefault("channel", reading.channel)
    facts["pack"] = facts.get("pack") or reading.pack
    if word := facts.get("category"):
        facts["category"] = _category(word, facts["pack"], reading)
    if len(facts.get("title", "")) > LIMITS["title"]:  # nothing of it is lost
        facts["narrative"] = "\n\n".join(filter(None, (facts.pop("title"), facts.get("narrative"))))
    if not (facts.get("narrative") or facts.get("request")) and facts.get("title"):
        facts["narrative"] = facts["title"]
    facts.setdefault("narrative", "")
    closed = facts.get("closed_at")
    if (
        closed
        and closed > reading.now
        and localtime(closed).date() == localtime(reading.now).date()
    ):
        facts["closed_at"] = reading.now  # a date alone stands for its whole day, today is not over


def _known_only_to_paper(facts: dict[str, Any]) -> None:
    """A channel may ask for what old records never held (which room, whose letter): say so."""
    for asked in ASKED[Channel(facts["channel"])]:
        if asked.required:
            facts["channel_facts"].setdefault(asked.code, _("旧记录没有写明"))


def key_of(facts: Mapping[str, Any]) -> str:
    """The same for the same record in any file and any order of columns; tells nothing of it."""
    own = facts.get("source_ref", "")
    names = SAID if own else SAID + WHO_AND_WHEN
    told = "\x1f".join([own, *(_canonical(facts.get(name)) for name in names)])
    return "file:" + hmac.digest(_secret(), told.encode(), "sha256").hex()[:40]


def _canonical(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value or "").strip()


@cache
def _secret() -> bytes:
    """From the oldest secret, which stays when a new one is put in front."""
    return hashlib.sha256(b"import key" + settings.VAULT_SECRETS[-1].encode()).digest()


def _pack(text: str, reading: Reading) -> str:
    found = _packs().get(normalise(text).strip())
    if found is None or found not in reading.packs:
        known = _("、").join(load(pack).label() for pack in reading.packs)
        raise ValueError(_("没有这个行业，可以写：%(known)s。") % {"known": known})
    return found


@cache
def _packs() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code in available():
        pack = load(code)
        names |= {normalise(label): code for label in (code, *pack.labels.values())}
    return names


def _category(word: str, pack_id: str, reading: Reading) -> str:
    try:
        found = _categories(pack_of(reading.house, pack_id)).get(_category_word(word))
    except PackError as problem:
        raise RowRefused(reading.column_of("pack"), _("没有这个行业。")) from problem
    if found is None:
        words = _("「%(pack)s」里没有类别「%(word)s」。请改成已有的类别，或不导入这一列。")
        raise RowRefused(
            reading.column_of("category"),
            words % {"pack": load(pack_id).label(), "word": word[:30]},
        )
    return found


@lru_cache(maxsize=256)
def _categories(pack: Pack) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code, category in pack.categories.items():
        for language, label in category.labels.items():
            names.setdefault(_category_word(label), code)
            names[_category_word(pack.category_label(code, language))] = code
        names[_category_word(code)] = code
    return names


def _category_word(text: str) -> str:
    """「网络信号 / 信号覆盖」, 「网络信号›信号覆盖」 and 「网络信号>信号覆盖」 are one."""
    word = normalise(text)
    for sign in "›>/|\\":
        word = word.replace(sign, "-")
    return "-".join(part.strip() for part in word.split("-"))
