"""What one invented complaint will live through, as plain data. Touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tingsu.demo.cast import Person
from tingsu.demo.stories import Story


class Late(Exception):
    """A step would lie in the future: the life needs an earlier beginning."""


@dataclass(frozen=True)
class Step:
    """Something done at a moment. who: a user name, ``customer`` or ``""`` for the house."""

    at: datetime
    verb: str
    who: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Life:
    """One case: where it belongs, who complains, and all that happens, in order of time.

    main: the life whose matter this one repeats, for links and merges; calls: those steps that
    only keep in touch; slow: a case for which the house needed too long.
    """

    number: int
    house: str
    story: Story
    person: Person
    channel: str
    target: str
    values: dict[str, str]
    steps: list[Step] = field(default_factory=list)
    handler: str = ""
    main: int | None = None
    calls: list[Step] = field(default_factory=list)
    slow: bool = False

    @property
    def received(self) -> datetime:
        return self.steps[0].at

    def when(self, verb: str) -> datetime | None:
        """The first time that something is done."""
        return next((step.at for step in self.steps if step.verb == verb), None)
