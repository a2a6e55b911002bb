"""Files stay short enough to read, and say what they may touch."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LIMIT = 300
FOLDERS = ("src", "tests", "scripts", "benchmarks")
SUFFIXES = {".py", ".html", ".css", ".js"}
GENERATED = {"src/tingsu/core/_t2s.py"}  # tables, written by a script


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            name = path.relative_to(root).as_posix()
            spared = name in GENERATED or "/vendor/" in name or "/migrations/" in name
            if path.suffix in SUFFIXES and not spared:
                yield path


def _modules(root: Path, room: str = "") -> list[Path]:
    return [
        path
        for path in sorted((root / "src/tingsu" / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_no_file_is_too_long(root: Path) -> None:
    lengths = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in _files(root)
    }
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}


def test_every_module_says_what_it_is(root: Path) -> None:
    silent = [
        str(path.relative_to(root))
        for path in _modules(root)
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            yield node.module or ""


@pytest.mark.parametrize(
    ("room", "friends"), [("core", ("tingsu.core",)), ("packs", ("tingsu.core", "tingsu.packs"))]
)
def test_decisions_need_the_standard_library_only(
    root: Path, room: str, friends: tuple[str, ...]
) -> None:
    strangers = {
        (path.name, name)
        for path in _modules(root, room)
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(name == friend or name.startswith(f"{friend}.") for friend in friends)
    }
    assert strangers == set()


def test_settings_import_nothing_of_ours(root: Path) -> None:
    files = (root / "src/tingsu").glob("settings*.py")
    ours = {name for file in files for name in _imports(file) if "tingsu" in name}
    assert {name for name in ours if not name.startswith("tingsu.settings_")} == set()
