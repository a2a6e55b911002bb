"""Asks every operation as everybody and says how each was answered; permissions.toml says how it
should be. Used by the test and by scripts/api_permissions.py. Each request is undone afterwards.

Right and reach are asked before the body is read, so an empty body shows the door alone: 422 and
428 are let in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from api.world import make_whole_world
from permission_world import PEOPLE, World
from programs import Program, program
from tingsu.api.house import document
from tingsu.api.place import ROUTER

__all__ = ["PEOPLE", "Asked", "make_programs", "operations", "walk"]


@dataclass(frozen=True)
class Asked:
    """One operation: its name, method, path and door."""

    name: str
    method: str
    path: str
    door: str


def operations() -> list[Asked]:
    """Every operation of the document, by name."""
    doors = {
        one.operation_id: one.view_func.right  # type: ignore[attr-defined]
        for view in ROUTER.path_operations.values()
        for one in view.operations
    }
    found = [
        Asked(one["operationId"], method, path, doors[one["operationId"]] or "public")
        for path, methods in document()["paths"].items()
        for method, one in methods.items()
    ]
    return sorted(found, key=lambda one: one.name)


def make_programs() -> tuple[World, dict[str, Program]]:
    """The world of the pages, and a program for everybody in it."""
    world = make_whole_world()
    members = {name: world.house[name] for name in PEOPLE[1:] if name != "丙"}
    members["丙"] = world.strangers["甲"]
    programs = {name: program(member) for name, member in members.items()}
    return world, programs | {"访客": program()}


def walk(world: World, programs: dict[str, Program]) -> Iterator[tuple[str, str]]:
    """Operation and its row: door, and an answer for each of PEOPLE."""
    for one in operations():
        answers = [_answer(world, programs[name], one) for name in PEOPLE]
        yield one.name, " ".join([one.door, *answers])


def _answer(world: World, caller: Program, one: Asked) -> str:
    path = re.sub(r"{(\w+)}", lambda hole: str(world.filling[hole[1]]), one.path)
    path = path.removeprefix("/api/v1")
    with transaction.atomic():
        answer: Any
        if one.method == "get":
            answer = caller.get(path)
        else:
            answer = caller.post(path, {}, method=one.method)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return str(answer.status_code)
