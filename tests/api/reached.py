"""Which actions a face calls, read from its source: ``module.function`` of each room of actions.
Used to compare what people can do with what programs can do (PL-4)."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("tingsu.cases.actions", "tingsu.followup.actions")


def actions(source: Path) -> set[str]:
    """Every public function of every action, as ``agree.draft``."""
    found = set()
    for room in ROOMS:
        for file in (source / Path(*room.split("."))).glob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found |= {
                f"{file.stem}.{one.name}"
                for one in tree.body
                if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
            }
    return found


def called_by(face: Path) -> set[str]:
    """The actions that the modules of a face name."""
    return {name for file in face.rglob("*.py") for name in _named(file)}


def _named(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules, functions = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if module := modules.get(node.value.id):
                yield f"{module}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in functions:
            yield functions[node.id]


def _imported(tree: ast.Module) -> tuple[dict[str, str], dict[str, str]]:
    """Modules of actions and single actions, by the name they have in the file."""
    modules: dict[str, str] = {}
    functions: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        room, _dot, module = (node.module or "").rpartition(".")
        for one in node.names:
            if node.module in ROOMS:
                modules[one.asname or one.name] = one.name
            elif room in ROOMS:
                functions[one.asname or one.name] = f"{module}.{one.name}"
    return modules, functions
