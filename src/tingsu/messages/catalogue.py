"""Fill and judge the catalogues. Touches locale/*/LC_MESSAGES/django.po.

Order of trust for Traditional Chinese: a whole message in overrides.toml, then OpenCC (Taiwan
wording) with the words of overrides.toml put right.
"""

import copy
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tingsu.messages import LANGUAGES, extract, source
from tingsu.terminal import LOCALE, _

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%[sd]|\{\w*[^{}]*\}|</?\w+")
CHINESE = re.compile(r"[\u3400-\u9fff]")
OWN_NAMES = re.compile("听诉|简体中文|繁體中文")  # stay as they are in English
NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated")


@cache
def _traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2twp").convert
    overrides = tomllib.loads((LOCALE / "zh_Hant" / "overrides.toml").read_text(encoding="utf-8"))

    def made(text: str) -> str:
        if whole := overrides["messages"].get(text):
            return str(whole)
        result = convert(text)
        for wrong, right in overrides["words"].items():
            result = result.replace(wrong, right)
        return result

    return made


def _texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ("",))


def read(language: str, locale: Path = LOCALE) -> Catalog:
    path = source(language, locale)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _merged(language: str, found: Catalog) -> Catalog:
    catalogue = read(language)
    # A copy: Babel hands over the message itself, and the languages would share it.
    catalogue.update(copy.deepcopy(found), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version, catalogue.fuzzy = "tingsu", "", False
    catalogue.header_comment = f"# Tingsu, {language}. Gathered by `tingsu messages`."
    if language == "zh_Hant":
        for message in _messages(catalogue):
            made = tuple(_traditional()(text) for text in _texts(message.id))
            message.string = made[:1] if message.pluralizable else made[0]
            message.flags.discard("fuzzy")  # Babel doubts a text that became a plural
    return catalogue


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def render(catalogue: Catalog) -> str:
    """The file's text: the same each time for the same strings (no dates, no line numbers)."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = file.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{n}' for n in NOISE)))


def gather() -> dict[str, int]:
    """Write both catalogues anew; returns how many strings each still lacks."""
    found, missing = extract.template_catalogue(), {}
    for language in LANGUAGES:
        catalogue = _merged(language, found)
        path = source(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(catalogue), encoding="utf-8")
        missing[language] = sum(not all(_texts(m.string)) for m in _messages(catalogue))
    return missing


def problems() -> list[str]:
    """What is wrong, a line each: missing, left over, fuzzy, untranslated, placeholders."""
    found = extract.template_catalogue()
    return [line for language in LANGUAGES for line in _of_language(language, found)]


def _key(message: Message) -> tuple[str, str]:
    return _texts(message.id)[0], message.context or ""


def _of_language(language: str, found: Catalog) -> Iterator[str]:
    catalogue = read(language)
    wanted = {_key(message): message for message in _messages(found)}
    present = {_key(message): message for message in _messages(catalogue)}
    for key in sorted(wanted.keys() - present.keys()):
        yield _line(language, wanted[key], _("没有收进来，运行 make messages"))
    for key in sorted(present.keys() - wanted.keys()):
        yield _line(language, present[key], _("代码里已没有，运行 make messages"))
    for obsolete in catalogue.obsolete.values():
        yield _line(language, obsolete, _("是作废的旧文字，运行 make messages"))
    for key in sorted(wanted.keys() & present.keys()):
        yield from (_line(language, present[key], why) for why in _wrong(language, present[key]))


def _line(language: str, message: Message, why: str) -> str:
    return f"{language}：{_texts(message.id)[0]!r} {why}"


def _wrong(language: str, message: Message) -> Iterator[str]:
    originals, texts = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        yield _("标着 fuzzy，请看过后去掉")
    if not texts or not all(texts):
        yield _("还没有译文")
        return
    wanted = set(PLACEHOLDER.findall(originals[-1]))
    if any(set(PLACEHOLDER.findall(text)) != wanted for text in texts[-1:]):
        yield _("占位符或标签和原文不一样：{0}").format(texts[-1])
    if language == "zh_Hant" and texts[0] != _traditional()(originals[0]):
        yield _("和自动转换不一样，请改 overrides.toml 后运行 make messages")
    if language == "en" and any(CHINESE.search(OWN_NAMES.sub("", text)) for text in texts):
        yield _("英文里有汉字：{0}").format(texts[0])
