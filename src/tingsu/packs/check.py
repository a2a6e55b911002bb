"""Checks packs and says what is wrong, by file and line, in words. Reads the files given to it.

`tingsu pack check` prints this. The full check of an industry (worked examples, unreachable
rules) grows from here; this one finds what would make a pack unreadable or its law unfounded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tingsu.packs.cross import calendar_rules, clock_rules, code_rules, pack_rules, tables
from tingsu.packs.lines import Place, find_lines, line_of
from tingsu.packs.loader import FILES, FOLDER
from tingsu.packs.problems import Problem, guess, problem
from tingsu.packs.shape import FILES as SHAPES
from tingsu.packs.shape import Shape

__all__ = ["Problem", "check"]


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read."""

    name: str  # as shown in a problem
    data: dict[str, Any]
    lines: dict[Place, int]

    def at(self, code: str, table: str, number: int = 0, key: str = "", **values: str) -> Problem:
        """A problem at a key of a table."""
        line = line_of(self.lines, table, number, key)
        return problem(code, self.name, line, **{"key": key, **values})


def check(folder: Path = FOLDER, today: date | None = None) -> list[Problem]:
    """All problems of the packs below a folder, or of one pack's own folder.

    today: the day on which to compare ``review_by``; left out, it is not looked at.
    """
    one = (folder / "pack.toml").exists()
    root = folder.parent if one else folder
    packs = [folder] if one else sorted(file.parent for file in folder.glob("*/pack.toml"))
    found = [p for pack in packs for p in _check_pack(pack, root, today)]
    if not one:
        found += _check_file(root / "acts.toml", root, "acts.toml")
        for file in sorted((root / "calendars").glob("*.toml")):
            found += _check_file(file, root, "calendar")
    return sorted(found, key=lambda p: (p.file, p.line))


def _check_pack(pack: Path, root: Path, today: date | None) -> Iterator[Problem]:
    files: dict[str, Read] = {}
    for file in sorted(pack.glob("*.toml")):
        name = file.relative_to(root).as_posix()
        if file.name not in FILES:
            yield problem("unknown_file", name, 1, value=file.name, known="、".join(FILES))
            continue
        read = _read(file, name)
        if isinstance(read, Problem):
            yield read
            continue
        files[file.name] = read
        yield from _check_shapes(read, SHAPES[file.name])
    for missing in set(FILES) - {file.name for file in pack.glob("*.toml")}:
        if missing == "pack.toml" or not files.get("pack.toml", _EMPTY).data.get("extends"):
            yield problem("missing_file", f"{pack.name}/{missing}", 1, value=missing)
    if "pack.toml" in files:
        yield from pack_rules(files["pack.toml"], pack.name, root, today)
    if "taxonomy.toml" in files:
        yield from code_rules(files["taxonomy.toml"], "category")
    if "clocks.toml" in files:
        extends = files.get("pack.toml", _EMPTY).data.get("extends", "")
        yield from clock_rules(files["clocks.toml"], str(extends), root, today)


def _check_file(file: Path, root: Path, shape: str) -> Iterator[Problem]:
    if not file.exists():
        return
    read = _read(file, file.relative_to(root).as_posix())
    if isinstance(read, Problem):
        yield read
        return
    yield from _check_shapes(read, SHAPES[shape])
    if shape == "calendar":
        yield from calendar_rules(read)
    else:
        yield from code_rules(read, "act", key="id")


def _read(file: Path, name: str) -> Read | Problem:
    try:
        content = file.read_text("utf-8")
        return Read(name, tomllib.loads(content), find_lines(content))
    except UnicodeDecodeError:
        return problem("bad_toml", name, 1, value="文件要存成 UTF-8")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return problem("bad_toml", name, int(line[1]) if line else 1, value=str(error))


# Shapes -------------------------------------------------------------------------------------


def _check_shapes(read: Read, shapes: Mapping[str, Shape]) -> Iterator[Problem]:
    top = {key: value for key, value in read.data.items() if key not in shapes}
    yield from _check_table(read, shapes[""], ("", 0), top, shapes)
    for name, shape in shapes.items():
        if name in read.data and not isinstance(read.data[name], dict | list):
            yield read.at("not_table", "", 0, name)
        if name not in ("", "names"):
            for number, table in enumerate(tables(read.data, name)):
                yield from _check_table(read, shape, (name, number), table, shapes)


def _check_table(
    read: Read,
    shape: Shape,
    place: tuple[str, int],
    table: dict[str, Any],
    shapes: Mapping[str, Shape],
) -> Iterator[Problem]:
    name = place[0]
    if name == "clock" and table.get("none") is True:
        shape = SHAPES["ended"]["clock"]
    nested = {part.partition(".")[2] for part in shapes if part.startswith(f"{name}.")}
    for key, value in table.items():
        if key not in shape and key not in nested:
            yield _unknown(read, place, key, [*shape, *(shapes if not name else ())])
        elif key in shape and (complaint := shape[key].test(value)):
            yield read.at(complaint, *place, key, value=str(value))
    for key, asked in shape.items():
        if asked.required and key not in table:
            yield read.at("missing_key", *place, key)


def _unknown(read: Read, place: tuple[str, int], key: str, known: list[str]) -> Problem:
    """A key or a whole table that nothing knows, with the likely word."""
    advice = guess(key, [word for word in known if word])
    if (key, 0, "") in read.lines:
        line = line_of(read.lines, key, 0)
        return problem("unknown_table", read.name, line, key=key, guess=advice)
    return read.at("unknown_key", *place, key, guess=advice)


_EMPTY = Read("", {}, {})
