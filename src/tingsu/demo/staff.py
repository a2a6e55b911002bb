"""Who does what in the houses of the demo: members by role and department. Reads houses.toml."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from tingsu.demo import houses
from tingsu.demo.stories import Story


@dataclass(frozen=True)
class House:
    """One organisation of the demo."""

    row: dict[str, Any]

    @property
    def slug(self) -> str:
        return str(self.row["slug"])

    def group_of(self, pack: str) -> str:
        """The department in which complaints of an industry wait."""
        groups: dict[str, list[str]] = self.row["groups"]
        return next((name for name, packs in groups.items() if pack in packs), self.row["intake"])

    def one(self, rng: Random, role: str, department: str = "") -> str:
        """The user name of a member with the role, of the department if one is there."""
        chosen = self.all_of(role, department)
        return rng.choice(chosen) if chosen else self.one(rng, "supervisor")

    def all_of(self, role: str, department: str = "") -> list[str]:
        """The user names of those with the role, in the department if anybody is there."""
        fitting = [m for m in self.row["member"] if role in m["roles"]]
        near = [m for m in fitting if m["department"] == department]
        return [str(m["user"]) for m in near or fitting]

    def name_of(self, user: str) -> str:
        return next(str(m["name"]) for m in self.row["member"] if m["user"] == user)

    def introduction(self, user: str) -> str:
        """Department, post and name, as staff give them on the telephone (IN-3)."""
        one = next(m for m in self.row["member"] if m["user"] == user)
        return f"{one['department']} {one['post']} {one['name']}"

    def has(self, department: str) -> bool:
        """Whether the organisation has a department of that name."""
        return any(path.split(" › ")[-1] == department for path in self.row["departments"])

    def takes(self, story: Story) -> bool:
        """Whether such a story happens here."""
        return story.desk == self.row["kind"] and story.pack in self.row["packs"]


@lru_cache(maxsize=1)
def all_houses() -> tuple[House, ...]:
    return tuple(House(row) for row in houses())
