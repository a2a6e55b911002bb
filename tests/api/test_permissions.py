"""Every operation, for everybody, against the table in permissions.toml (PL-1).

A new operation fails here until the table says who may. ``python scripts/api_permissions.py``
prints the rows as they are now; read them before they go into the file.
"""

import logging
import tomllib
from pathlib import Path
from typing import Any

import pytest

from api.walk import PEOPLE, make_programs, operations, walk

TABLE = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text(encoding="utf-8"))
ROWS: dict[str, str] = {name: " ".join(row.split()) for name, row in TABLE["operations"].items()}


def test_the_table_lists_every_operation_and_no_other() -> None:
    names = {one.name for one in operations()}
    assert {"missing": names - set(ROWS), "gone": set(ROWS) - names} == {
        "missing": set(),
        "gone": set(),
    }


def test_everybody_is_answered_as_the_table_says(db: None, settings: Any) -> None:
    settings.PUBLIC_LIMITS = False
    assert TABLE["people"].split() == PEOPLE
    logging.disable(logging.CRITICAL)
    try:
        answered = dict(walk(*make_programs()))
    finally:
        logging.disable(logging.NOTSET)
    assert {name: row for name, row in answered.items() if row != ROWS.get(name)} == {}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_has_no_right_is_refused(name: str) -> None:
    """The outsider reaches no case of ours, a stranger nothing behind a right, nothing breaks."""
    door, *answers = ROWS[name].split()
    by = dict(zip(PEOPLE, answers, strict=True))
    assert "500" not in answers
    assert by["访客"] == "401" or door == "public"
    path = next(one.path for one in operations() if one.name == name)
    if "{case_id}" in path or "{party_id}" in path:
        assert by["丙"] in {"404", "403"}
