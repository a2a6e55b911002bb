"""Checks packs and says what is wrong, by file and line, in words. Reads the files given to it.

`tingsu pack check` prints this. What may stand in a file is said by its part
(`tingsu.packs.parts`); this walks the files and asks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tingsu.packs import tables as asked
from tingsu.packs.cross import Around, calendar_rules, table_rules, tables
from tingsu.packs.layers import Table
from tingsu.packs.lines import Place, find_lines, line_of
from tingsu.packs.loader import FOLDER
from tingsu.packs.parts import FILES, LAW, PARTS
from tingsu.packs.problems import Problem, Said, Value, Words, guess, problem
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import Shape

__all__ = ["Problem", "check"]

_NEEDED = ("pack.toml", "taxonomy.toml", "clocks.toml")


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read."""

    name: str  # as shown in a problem
    data: dict[str, Any]
    lines: dict[Place, int]
    words: Mapping[str, Words] = field(default_factory=dict)

    def at(self, code: str, table: str, number: int = 0, key: str = "", **values: Value) -> Problem:
        """A problem at a key of a table."""
        line = line_of(self.lines, table, number, key)
        return problem(code, self.name, line, self.words, **{"key": key, **values})


def check(folder: Path = FOLDER, today: date | None = None) -> list[Problem]:
    """All problems of the packs below a folder, or of one pack's own folder.

    today: the day on which to compare ``review_by``; left out, it is not looked at.
    """
    one = (folder / "pack.toml").exists()
    root = folder.parent if one else folder
    packs = [folder] if one else sorted(file.parent for file in folder.glob("*/pack.toml"))
    found = [p for pack in packs for p in _check_pack(pack, root, today)]
    if not one:
        found += _check_file(root / "acts.toml", root, asked.ACTS)
        for file in sorted((root / "calendars").glob("*.toml")):
            found += _check_file(file, root, asked.CALENDAR, calendar_rules)
    return sorted(found, key=lambda p: (p.file, p.line))


def check_calendar(content: str, name: str) -> list[Problem]:
    """All problems of a calendar that is no file yet."""
    read = _parsed(content, name, {})
    if isinstance(read, Problem):
        return [read]
    found = [*_check_tables(read, asked.CALENDAR, Around("", FOLDER, {})), *calendar_rules(read)]
    return sorted(found, key=lambda p: p.line)


def check_files(
    pack_id: str,
    files: Mapping[str, bytes],
    today: date | None = None,
    root: Path = FOLDER,
    *,
    fragment: bool = False,
) -> list[Problem]:
    """All problems of a pack given as its files; what it extends is looked for below the root.

    fragment: some tables of a pack and no more, so that what is not there is not missed.
    """
    reads: dict[str, Read] = {}
    found: list[Problem] = []
    for name, content in sorted(files.items()):
        place = f"{pack_id}/{name}" if pack_id else name
        if name not in FILES:
            known = tuple(FILES)
            found.append(problem("unknown_file", place, 1, value=name, known=known))
            continue
        read = _decoded(content, place, FILES[name].words)
        if isinstance(read, Problem):
            found.append(read)
        else:
            reads[name] = read
    around = Around(pack_id, root, {name: read.data for name, read in reads.items()}, today, LAW)
    for part in PARTS:
        if part.file in reads and fragment:
            found += _check_tables(reads[part.file], part.tables, around, top=False)
        elif part.file in reads:
            found += _check_tables(reads[part.file], part.tables, around)
            found += part.cross(reads[part.file], around)
    if not fragment:
        found += _missing(pack_id, files, reads)
    return sorted(found, key=lambda p: (p.file, p.line))


def _missing(
    pack_id: str, files: Mapping[str, bytes], reads: Mapping[str, Read]
) -> Iterator[Problem]:
    extends = "pack.toml" in reads and reads["pack.toml"].data.get("extends")
    for name in set(_NEEDED) - set(files):
        if name == "pack.toml" or not extends:
            yield problem("missing_file", f"{pack_id}/{name}", 1, value=name)


def _check_pack(pack: Path, root: Path, today: date | None) -> list[Problem]:
    files = {file.name: file.read_bytes() for file in sorted(pack.glob("*.toml"))}
    return check_files(pack.name, files, today, root)


def _check_file(
    file: Path,
    root: Path,
    shapes: Mapping[str, Table],
    cross: Callable[[Read], Iterator[Problem]] | None = None,
) -> Iterator[Problem]:
    if not file.exists():
        return
    read = _decoded(file.read_bytes(), file.relative_to(root).as_posix(), {})
    if isinstance(read, Problem):
        yield read
        return
    yield from _check_tables(read, shapes, Around("", root, {}))
    if cross is not None:
        yield from cross(read)


def _decoded(content: bytes, name: str, words: Mapping[str, Words]) -> Read | Problem:
    try:
        return _parsed(content.decode("utf-8"), name, words)
    except UnicodeDecodeError:
        return problem("bad_toml", name, 1, value=Said(_("文件要存成 UTF-8"), {}))


def _parsed(content: str, name: str, words: Mapping[str, Words]) -> Read | Problem:
    try:
        return Read(name, tomllib.loads(content), find_lines(content), words)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        twice = str(error).startswith(("Cannot overwrite", "Cannot declare"))
        code = "duplicate_key" if twice else "bad_toml"
        return problem(code, name, int(line[1]) if line else 1, value=str(error))


# Tables and their keys ----------------------------------------------------------------------


def _check_tables(
    read: Read, shapes: Mapping[str, Table], around: Around, *, top: bool = True
) -> Iterator[Problem]:
    above = {key: value for key, value in read.data.items() if key not in shapes}
    if top or above:
        yield from _check_table(read, ("", 0), above, shapes)
    for name, table in shapes.items():
        if name in read.data and not isinstance(read.data[name], dict if table.single else list):
            yield read.at("not_table", "", 0, name)
        if name not in ("", "names"):
            for number, row in enumerate(tables(read.data, name)):
                yield from _check_table(read, (name, number), row, shapes)
            yield from table_rules(read, name, table, around)


def _check_table(
    read: Read, place: tuple[str, int], row: dict[str, Any], shapes: Mapping[str, Table]
) -> Iterator[Problem]:
    name = place[0]
    table = shapes.get(name, Table({}))
    shape: Shape = table.shape
    if table.dated and row.get("none") is True:
        shape = asked.ended(table)
    nested = {part.removeprefix(f"{name}.") for part in shapes if part.startswith(f"{name}.")}
    for key, value in row.items():
        if key not in shape and key not in nested:
            yield _unknown(read, place, key, [*shape, *(shapes if not name else ())])
        elif key in shape and (complaint := shape[key].test(value)):
            yield read.at(complaint, *place, key, value=str(value))
    for key, needed in shape.items():
        if needed.required and key not in row:
            yield read.at("missing_key", *place, key)


def _unknown(read: Read, place: tuple[str, int], key: str, known: list[str]) -> Problem:
    """A key or a whole table that nothing knows, with the likely word."""
    advice = guess(key, [word for word in known if word])
    if (key, 0, "") in read.lines:
        line = line_of(read.lines, key, 0)
        return problem("unknown_table", read.name, line, key=key, guess=advice)
    return read.at("unknown_key", *place, key, guess=advice)
