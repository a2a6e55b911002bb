"""Tables of a pack as TOML, in the plain style of packs. Touches nothing but its arguments.

The standard library reads TOML and does not write it; packs need few of its ways: headers, one
key a line, small tables in one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tingsu.packs.layers import Raw, Table

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WIDE = 80


def dump(data: Raw, tables: Mapping[str, Table]) -> str:
    """A file: the keys above the tables, then the tables in the order of the part."""
    top = {key: value for key, value in data.items() if key not in tables}
    blocks = [_keys(top)] if top else []
    for name, table in tables.items():
        if name in data and "." not in name:
            rows = [data[name]] if table.single else data[name]
            blocks += [_block(name, row, tables, single=table.single) for row in rows]
    return "\n".join(blocks)


def row(name: str, value: Raw, tables: Mapping[str, Table]) -> str:
    """One table with its header."""
    return _block(name, value, tables, single=tables[name].single)


def value(given: Any) -> str:
    """One value as it stands behind the equals sign."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, datetime | date):
        return given.isoformat()
    if isinstance(given, int | float):
        return str(given)
    if isinstance(given, Mapping):
        return "{ " + ", ".join(f"{key(k)} = {value(v)}" for k, v in given.items()) + " }"
    if isinstance(given, list | tuple):
        return _list([value(item) for item in given])
    return _text(str(given))


def key(name: str) -> str:
    """A key, in quotes where it must be."""
    return name if _BARE.fullmatch(name) else _text(name)


def _block(name: str, content: Raw, tables: Mapping[str, Table], *, single: bool) -> str:
    inner = [n for n in content if f"{name}.{n}" in tables]
    header = f"[{name}]" if single else f"[[{name}]]"
    own = {k: v for k, v in content.items() if k not in inner}
    blocks = [f"{header}\n{_keys(own)}"]
    for n in inner:
        blocks += [_block(f"{name}.{n}", one, tables, single=False) for one in content[n]]
    return "\n".join(blocks)


def _keys(content: Raw) -> str:
    return "".join(f"{key(k)} = {value(v)}\n" for k, v in content.items())


def _list(items: list[str]) -> str:
    line = "[" + ", ".join(items) + "]"
    if len(line) <= _WIDE:
        return line
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _text(text: str) -> str:
    if "\n" in text and '"""' not in text and not text.endswith('"'):
        inner = text.replace("\\", "\\\\").replace("\r", "\\r")
        return f'"""\n{inner}"""'
    return '"' + "".join(_ESCAPED.get(c, c) for c in text) + '"'
