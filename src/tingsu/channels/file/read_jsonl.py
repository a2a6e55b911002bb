"""Reads JSONL: one object a line, nested ones flattened. Touches only the file it is given."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, Any

from django.utils.translation import gettext as _

from tingsu.channels.file.encoding import encoding_of
from tingsu.channels.file.limits import MOST_COLUMNS
from tingsu.channels.file.table import Row, Table, TableError, fit

DEEPEST = 3  # customer.address.street
_PLAIN = frozenset({str, int, type(None)})  # nine lines out of ten hold nothing else
LONGEST_LINE = 4_000_000  # characters


class _Unflat(ValueError):
    """An object that does not fit into a table."""


def read_jsonl(file: IO[bytes], headers: Sequence[str] = ()) -> Table:
    """Headers are the names of all objects in the file, in the order they first appear; given
    ones are those found before.

    Raises TableError with words for an array or for something that is no JSON at all.
    """
    encoding = encoding_of(file)
    known = list(headers) or _headers(file, encoding)
    if not known:
        raise TableError(_("文件里没有一行是 JSON 对象。请检查是不是选错了文件。"))
    return Table("jsonl", known, _rows(file, encoding, known), encoding=encoding)


def _headers(file: IO[bytes], encoding: str) -> list[str]:
    names: dict[str, None] = {}
    for number, line in _lines(file, encoding):
        if number == 1 and line.lstrip().startswith("["):
            raise TableError(_("这是一个 JSON 数组。请改成每行一条（JSONL）再导入。"))
        try:
            names.update(dict.fromkeys(flat(json.loads(line))))
        except (ValueError, RecursionError):
            continue
        if len(names) > MOST_COLUMNS:
            words = _("数据有 %(limit)s 个以上的字段。请删去用不到的再导入。")
            raise TableError(words % {"limit": MOST_COLUMNS})
    return list(names)


def _rows(file: IO[bytes], encoding: str, headers: list[str]) -> Iterator[Row]:
    for number, line in _lines(file, encoding):
        try:
            cells = flat(json.loads(line))
        except _Unflat as problem:
            yield Row(number, [""] * len(headers), str(problem))
        except (ValueError, RecursionError):
            yield Row(number, [""] * len(headers), _("这一行不是完整的 JSON 对象。"))
        else:
            yield fit(Row(number, [cells.get(name, "") for name in headers]), len(headers))


def _lines(file: IO[bytes], encoding: str) -> Iterator[tuple[int, str]]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="\n")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if line.strip():
                yield number, line
    finally:
        with suppress(ValueError):  # closed before us
            text.detach()  # the file is the caller's


def flat(value: Any) -> dict[str, str]:
    """Column -> text; a name inside a name is written with a dot. Raises ValueError."""
    if not isinstance(value, dict):
        raise _Unflat(_("这一行不是 JSON 对象。"))
    if all(type(inner) in _PLAIN for inner in value.values()):
        return {
            key[:80]: inner if type(inner) is str else "" if inner is None else str(inner)
            for key, inner in value.items()
        }
    return dict(_flat(value, "", 1))


def _flat(value: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        name = f"{before}{key}"[:80]
        if isinstance(inner, Mapping):
            if depth == DEEPEST:
                words = _("「%(name)s」嵌套太深，最多 %(n)s 层。")
                raise _Unflat(words % {"name": name, "n": DEEPEST})
            yield from _flat(inner, f"{name}.", depth + 1)
        else:
            yield name, _text(inner, name)


def _text(value: Any, name: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case str() | int() | float():
            return str(value)
        case list() if not any(isinstance(part, dict | list) for part in value):
            return "、".join(_text(part, name) for part in value)
    raise _Unflat(_("「%(name)s」是嵌套的列表，放不进一格。") % {"name": name})
