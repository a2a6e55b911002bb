"""Every route, for everybody, against the table in permissions.toml (PL-1).

A new route fails here until the table says who may. ``python scripts/permissions.py`` prints the
table as it is now; read it before it goes into the file.
"""

import tomllib
from pathlib import Path

import pytest

from permission_walk import nameless, routes, walk
from permission_world import PEOPLE, World, make_world

TABLE = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8"))
ROWS: dict[str, str] = {name: " ".join(row.split()) for name, row in TABLE["routes"].items()}
SHARES = 4  # of the walk, so that workers of one run divide it among them


@pytest.fixture
def world(db: None) -> World:
    """A case of 甲, and a browser for everybody."""
    return make_world()


def test_every_route_has_a_name() -> None:
    assert nameless() == []


def test_no_route_without_a_door() -> None:
    assert [route.name for route in routes() if route.door == "NONE"] == []


def test_the_table_lists_every_route_and_no_other() -> None:
    names = {route.name for route in routes()}
    assert {"missing": names - set(ROWS), "gone": set(ROWS) - names} == {
        "missing": set(),
        "gone": set(),
    }


@pytest.mark.parametrize("share", range(SHARES))
def test_everybody_is_answered_as_the_table_says(world: World, share: int) -> None:
    assert TABLE["people"].split() == PEOPLE
    wrong = {
        name: {"table": ROWS[name], "answer": row}
        for name, row in walk(world, routes()[share::SHARES])
        if name in ROWS and row != ROWS[name]
    }
    assert wrong == {}


def test_nothing_in_the_table_breaks() -> None:
    assert [name for name, row in ROWS.items() if "500" in row.split()] == []


def test_without_an_account_only_public_pages_answer() -> None:
    inside = {name: row.split() for name, row in ROWS.items() if "public" not in row}
    open_to_all = {name for name, row in inside.items() if row[2] not in {"in", "401"}}
    assert open_to_all <= set(TABLE["sign_in_pages"])


def test_the_outsider_reaches_no_case_of_ours() -> None:
    outsider = PEOPLE.index("丙") + 2
    holes = {"case_id", "party_id", "file_id", "member_id", "department_id", "task_id"}
    ours = {
        route.name for route in routes() if holes & set(route.holes) and "slug" not in route.holes
    }
    reached = {name for name in ours & set(ROWS) if ROWS[name].split()[outsider] in {"200", "go"}}
    assert reached == set()


def test_the_auditor_and_the_trainer_do_nothing_on_cases() -> None:
    """But that the trainer says which words hurt and which help, and the auditor takes a copy of
    the file without personal data."""
    for name, own in (
        ("审计", {"case_dossier_make"}),
        ("培训师", {"coach_phrase", "coach_saying_add", "coach_try"}),
    ):
        at = PEOPLE.index(name) + 2
        done = {
            route
            for route, row in ROWS.items()
            if row.split()[0] == "POST" and row.split()[1] not in {"public", "allauth", "desk"}
            if row.split()[at] not in {"403", "404"}
        }
        assert done == own
