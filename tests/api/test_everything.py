"""Everything that an agent can do on a page a program can do as well (PL-4): each action is called
by an operation, or stands in reasons.toml with why it is not."""

import tomllib
from pathlib import Path

from api.reached import actions, called_by

TABLE = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text(encoding="utf-8"))
LISTED = {name for part in TABLE.values() for name in part}


def test_every_action_has_an_operation_or_a_reason(root: Path) -> None:
    source = root / "src"
    missing = actions(source) - called_by(source / "tingsu" / "api")
    assert {"without": missing - LISTED, "listed for nothing": LISTED - missing} == {
        "without": set(),
        "listed for nothing": set(),
    }


def test_what_people_do_is_left_out_only_where_a_browser_is_needed(root: Path) -> None:
    source = root / "src"
    by_pages = called_by(source / "tingsu" / "web") & actions(source)
    left = by_pages - called_by(source / "tingsu" / "api")
    assert left - set(TABLE["beside"]) == set(TABLE["browser"])


def test_every_reason_says_something() -> None:
    assert all(len(why) > 5 for part in TABLE.values() for why in part.values())
