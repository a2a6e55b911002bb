"""Who can sign in to the demo. Reads one file beside it; no Django, so that a start can print it.

The stories, the people and every text of the demo are invented.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PASSWORD = "tingsu-demo-2026"  # noqa: S105 - for invented people only; TINGSU_DEMO_PASSWORD wins

ROLES = {
    "reception": "接待",
    "handler": "承办人",
    "supervisor": "主管",
    "head": "负责人",
    "inspector": "督查",
    "trainer": "培训师",
    "respondent": "被投诉单位",
    "administrator": "管理员",
    "auditor": "审计",
}


@dataclass(frozen=True)
class SignIn:
    """One line of the list that a start prints."""

    user: str
    password: str
    role: str
    organisation: str


def password() -> str:
    """The one password of all demo members."""
    return os.environ.get("TINGSU_DEMO_PASSWORD") or PASSWORD


def houses() -> list[dict[str, Any]]:
    """The organisations as they stand in houses.toml."""
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / "houses.toml").read_text("utf-8"))[
        "organisation"
    ]
    return rows


def signins() -> list[SignIn]:
    """One member for each role of each organisation, in the order of the file."""
    found: dict[tuple[str, str], SignIn] = {}
    for house in houses():
        for member in house["member"]:
            role = "、".join(ROLES[role] for role in member["roles"])
            one = SignIn(member["user"], password(), role, house["name"])
            found.setdefault((house["slug"], role), one)
    return list(found.values())
