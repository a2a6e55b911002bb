"""The form of one entry of a pack, made from what may stand in it. Parses only, reads no tables.

What has a plain shape gets a field of its own; the rest (lists of tables, extensions) stays as it
is written in the file, in one field, for those who know it.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tingsu.packs import shape, write
from tingsu.packs.layers import Raw, Table
from tingsu.packs.vocabulary import LANGUAGES, UNITS
from tingsu.web import spoken
from tingsu.web.members.forms import Parsing
from tingsu.web.packs import present, words

# Said by the change itself, not by the entry.
OWN = frozenset("since act article source house review review_by none".split())
TONGUES = dict(zip(LANGUAGES, (_("简体"), _("繁体"), _("英文")), strict=True))


class ChangeForm(Parsing):
    """What is changed, from when, why, and where that comes from."""

    since = forms.CharField(label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("为什么改"), widget=forms.Textarea, max_length=2_000)
    source = forms.CharField(label=_("出处"), max_length=300)

    def day(self) -> date | None:
        """The day; None where it cannot be read."""
        try:
            return date.fromisoformat(str(self.typed()["since"]))
        except ValueError:
            return None


class EntryForm(ChangeForm):
    """One entry. ``wrong`` holds what could not be read, by field."""

    def __init__(self, *args: Any, asked: Table, row: Raw, new: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked, self.row, self.new = asked, row, new
        self.wrong: dict[str, str] = {}
        self.kept = [key for key in asked.shape if key not in OWN]
        self.own: list[str] = []
        for key in self.kept:
            if key != asked.by or new:
                self.own += self._offer(key)
        if rest := {k: v for k, v in row.items() if self._is_rest(k)}:
            self.fields["rest"] = forms.CharField(
                label=_("其余内容（照文件的写法）"), required=False, widget=forms.Textarea,
                initial="".join(f"{write.key(k)} = {write.value(v)}\n" for k, v in rest.items()),
            )  # fmt: skip
            self.own.append("rest")
        if asked.dated and not new:
            self.fields["none"] = forms.BooleanField(
                label=_("从这天起不再适用"), required=False, widget=forms.CheckboxInput
            )
            self.own.append("none")

    def groups(self) -> list[Any]:
        """The fields of the entry, in their order."""
        return [self[name] for name in self.own]

    def entry(self) -> Raw:
        """The row as it is to be, without its day and source. Fills ``wrong``."""
        typed = self.typed()
        if typed.get("none"):
            return {self.asked.by: self.row[self.asked.by], "none": True}
        found: Raw = {}
        for key in self.kept:
            given = self._given(key, typed)
            if given not in (None, "", [], {}):
                found[key] = given
        return found | self._rest(str(typed.get("rest") or ""))

    def _is_rest(self, key: str) -> bool:
        return key not in OWN and (key not in self.asked.shape or self._kind(key) == "rest")

    def _kind(self, key: str) -> str:
        test = self.asked.shape[key].test
        plain: dict[Any, str] = {
            shape.text: "text", shape.code: "text", shape.article: "text", shape.number: "number",
            shape.amount: "money", shape.flag: "flag", shape.label: "label", shape.day: "day",
            shape.words: "words", shape.hours: "words",
        }  # fmt: skip
        if isinstance(test, shape.OneOf):
            return "one"
        if isinstance(test, shape.AllOf):
            return "some"
        if isinstance(test, shape.Length):
            return "length"
        return plain.get(test, "rest")

    def _offer(self, key: str) -> list[str]:
        kind, given = self._kind(key), self.row.get(key)
        name: Any = words.KEYS.get(key, key)
        needed = self.asked.shape[key].required
        if kind == "rest":
            return []
        if kind == "label":
            return self._label(key, name, given or {}, needed=needed)
        if kind == "length":
            return self._length(key, name, given or {}, needed=needed)
        made: Any = _FIELDS[kind](self.asked.shape[key].test, key)
        made.label, made.required, made.initial = name, needed, _initial(kind, given)
        self.fields[key] = made
        return [key]

    def _label(self, key: str, name: Any, given: Mapping[str, str], *, needed: bool) -> list[str]:
        names = []
        for tongue, called in TONGUES.items():
            long = len(given.get(tongue, "")) > 60 or "\n" in given.get(tongue, "")
            field = forms.CharField(
                label=f"{name} · {called}", initial=given.get(tongue, ""),
                required=needed and tongue == LANGUAGES[0],
                widget=forms.Textarea if long else forms.TextInput,
            )  # fmt: skip
            self.fields[f"{key}:{tongue}"] = field
            names.append(f"{key}:{tongue}")
        return names

    def _length(self, key: str, name: Any, given: Mapping[str, Any], *, needed: bool) -> list[str]:
        units = [("", "—")] + [(u, words.VALUES["unit"][u]) for u in UNITS]
        self.fields[f"{key}:n"] = forms.CharField(
            label=name, initial=given.get("n", ""), required=needed
        )
        self.fields[f"{key}:unit"] = forms.ChoiceField(
            label=f"{name} · {words.KEYS['unit']}", choices=units, initial=given.get("unit", ""),
            required=needed,
        )  # fmt: skip
        return [f"{key}:n", f"{key}:unit"]

    def _given(self, key: str, typed: Mapping[str, Any]) -> Any:
        kind = self._kind(key)
        if key == self.asked.by and not self.new:
            return self.row[key]
        if kind == "label":
            said = {t: str(typed.get(f"{key}:{t}") or "").strip() for t in LANGUAGES}
            first = said[LANGUAGES[0]]
            return {t: text or first for t, text in said.items()} if first else {}
        if kind == "length":
            return self._length_given(key, typed)
        return self._read(kind, key, typed.get(key))

    def _length_given(self, key: str, typed: Mapping[str, Any]) -> Any:
        n, unit = str(typed.get(f"{key}:n") or "").strip(), typed.get(f"{key}:unit")
        if not n and not unit:
            return {}
        return {"n": self._number(f"{key}:n", n), "unit": unit}

    def _read(self, kind: str, key: str, given: Any) -> Any:
        if kind == "some":  # what stays keeps its place
            before = self.row.get(key, [])
            chosen = list(given or ())
            return [one for one in before if one in chosen] + [
                one for one in chosen if one not in before
            ]
        if kind == "flag":
            return bool(given) or (False if self.row.get(key) is False else None)
        text = str(given or "").strip()
        read: Any = {"number": self._number, "money": self._money, "day": self._day}.get(kind)
        if text and read is not None:
            return read(key, text)
        if kind == "words":
            return [line.strip() for line in text.splitlines() if line.strip()]
        return text

    def _number(self, name: str, text: str) -> int:
        if text.isdecimal():
            return int(text)
        self.wrong[name] = str(_("请写一个整数。"))
        return 0

    def _money(self, name: str, text: str) -> int:
        try:
            plain = unicodedata.normalize("NFKC", text).replace(",", "").lstrip("¥")
            yuan, _dot, fen = plain.partition(".")
            return int(yuan) * 100 + int((fen + "00")[:2])
        except ValueError:
            self.wrong[name] = str(_("请写金额，例如 200 或 200.50。"))
            return 0

    def _day(self, name: str, text: str) -> Any:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong[name] = str(_("请选日期。"))
            return ""

    def _rest(self, text: str) -> Raw:
        try:
            return tomllib.loads(text.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            self.wrong["rest"] = str(_("读不懂这里的写法：%(error)s") % {"error": error})
            return {}


def _choices(test: Any, key: str) -> list[tuple[str, str]]:
    return [(code, present.value(key, code, "")) for code in test.known]


def _one(test: Any, key: str) -> Any:
    return forms.ChoiceField(choices=[("", "—"), *_choices(test, key)])


def _some(test: Any, key: str) -> Any:
    named = sorted((said, code) for code, said in _choices(test, key))
    return forms.MultipleChoiceField(
        choices=[(code, said) for said, code in named],
        widget=forms.CheckboxSelectMultiple
        if len(test.known) <= 12
        else forms.SelectMultiple(attrs={"size": 12}),
    )


def _day(_test: Any, _key: str) -> Any:
    return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}))


def _line(_test: Any, _key: str) -> Any:
    return forms.CharField(max_length=2_000)


_FIELDS: Mapping[str, Callable[[Any, str], Any]] = {
    "one": _one,
    "some": _some,
    "day": _day,
    "text": _line,
    "number": lambda _test, _key: forms.CharField(widget=forms.NumberInput),
    "money": _line,
    "flag": lambda _test, _key: forms.BooleanField(widget=forms.CheckboxInput),
    "words": lambda _test, _key: forms.CharField(widget=forms.Textarea),
}


def _initial(kind: str, given: Any) -> Any:
    if given is None:
        return None
    if kind == "money":
        return spoken.money(given).lstrip("¥")
    return "\n".join(given) if kind == "words" else given
