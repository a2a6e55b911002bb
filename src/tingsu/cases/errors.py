"""Refusals: what was wrong, where, and what to do. Touches translations; faces render them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


class Refusal(Exception):
    """A step that cannot be taken. ``words`` is for the person, ``field`` says where."""

    def __init__(self, words: str, field: str = "", code: str = "refused") -> None:
        self.words, self.field, self.code = words, field, code
        super().__init__(code)


class Invalid(Refusal):
    """Several fields at once: field name -> words."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(next(iter(self.fields.values())), next(iter(self.fields)), "invalid")


@dataclass(frozen=True)
class Change:
    """One thing that happened since the person looked."""

    at: object
    kind: str
    who: str
    text: str


class Stale(Refusal):
    """Somebody was quicker. Carries what changed; the person's text stays in the form."""

    def __init__(self, words: str, changes: Sequence[Change]) -> None:
        self.changes = list(changes)
        super().__init__(words, code="stale")


@dataclass(frozen=True)
class Planned:
    """A step as data: what it is carried out by, and with which values (JSON)."""

    kind: str  # core.approval.KINDS
    step: str
    told: Mapping[str, Any]
    subject: str = ""
    amount: int | None = None


@dataclass(frozen=True)
class Demand:
    """Whose signatures are missing, in order, and how soon each should be there."""

    stages: tuple[str, ...]
    n: int
    unit: str


class NeedsApproval(Refusal):
    """The step is in order but for a signature. ``planned`` is what to ask it for."""

    def __init__(self, planned: Planned, demand: Demand) -> None:
        self.planned, self.demand = planned, demand
        super().__init__(_("这一步要先经审批。"), code="needs_approval")
