"""Chinese on a page that no catalogue can translate. Reads web/, writes nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tingsu.messages import extract
from tingsu.terminal import _

CHINESE = re.compile(r"[\u3400-\u9fff\u3001-\u3011\uff01-\uff1f]")  # with its punctuation

# What may hold Chinese in a template: comments, and what is handed to the catalogue.
ALLOWED = re.compile(
    r"\{#.*?#\}"
    r"|\{%\s*comment\b.*?endcomment\s*%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*trans(?:late)?\b.*?%\}"
    r"|_\(\"[^\"]*\"\)|_\('[^']*'\)"
    r"|简体中文|繁體中文|简|繁",  # languages are named in themselves
    re.DOTALL,
)

LOOKS = (
    "startswith",
    "endswith",
    "strip",
    "rstrip",
    "compile",
)  # they read, and show nothing


def problems(package: Path = extract.PACKAGE) -> list[str]:
    """One line per place: file, line, the text."""
    found = [
        *((path, *hit) for path in extract.templates(package) for hit in _in_template(path)),
        *((path, *hit) for path in extract.modules(package / "web") for hit in _in_module(path)),
    ]
    why = _("没有经过翻译")
    return [f"{path.relative_to(package)}:{line} {text!r} {why}" for path, line, text in found]


def _in_template(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_text(encoding="utf-8")
    left = ALLOWED.sub(lambda match: "\n" * match.group().count("\n"), text)
    for number, line in enumerate(left.splitlines(), 1):
        if CHINESE.search(line):
            yield number, line.strip()


def _in_module(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = {id(node) for node in _spared(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in spared and CHINESE.search(node.value):
            yield node.lineno, node.value


def _spared(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and the arguments of calls that translate or only look."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.Call) and _name(node.func) in {*extract.KEYWORDS, *LOOKS}:
            yield from (part for argument in node.args for part in ast.walk(argument))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
