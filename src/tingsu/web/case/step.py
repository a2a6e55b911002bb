"""What a step on a case is: its right, its words, its form, and what it does. No tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases.actions.attach import Given
from tingsu.cases.errors import Refusal
from tingsu.core.lifecycle import Move
from tingsu.people.actor import Actor
from tingsu.people.permission import Can, Who
from tingsu.web.case.forms import StepForm


@dataclass
class Doing:
    """One submit of one step, parsed. ``told``: the form's values; ``row``: what it is about."""

    case: Any
    who: Who
    by: Actor
    at: datetime
    form: Any
    expected: int | None
    key: str | None
    row: str = ""
    files: Sequence[Given] = ()
    origin: str = ""  # of the page, for addresses on paper
    back: dict[str, str] = field(default_factory=dict)  # text that returns into the composer

    @property
    def told(self) -> dict[str, Any]:
        """The form's values."""
        values: dict[str, Any] = self.form.cleaned_data
        return values

    @property
    def once(self) -> dict[str, Any]:
        """The keywords of steps that only add."""
        return {"key": self.key}

    @property
    def fresh(self) -> dict[str, Any]:
        """The keywords of steps that build on what the person saw."""
        return {"key": self.key, "expected": self.expected}

    @property
    def row_id(self) -> UUID:
        """The row as an id. Raises Refusal for anything else."""
        return uuid_of(self.row, "row")


def uuid_of(text: str, name: str, words: str = "") -> UUID:
    """An id that came with a form. Raises Refusal at the field."""
    try:
        return UUID(text)
    except ValueError as odd:
        raise Refusal(words or _("请从列出的选项中选择。"), name, "missing") from odd


@dataclass(frozen=True)
class Step:
    """One step: a row of the table from which addresses, menus and forms are made."""

    name: str  # the route is case_<name>
    right: Can
    title: Any
    do: Callable[[Doing], str]  # returns what was done, in words
    button: Any = ""
    form: type[StepForm] = StepForm
    icon: str = "check"
    lead: Any = ""
    move: Move | None = None  # offered where the table of moves allows it
    composer: bool = False
    ended: bool | None = None  # offered on open cases (False), ended ones (True), both (None)
    menu: str = ""  # the part of the more-menu; "" where it is offered beside its thing
    danger: bool = False
    signed: str = ""  # the kind of approval that a pack may ask for (core.approval.KINDS)
