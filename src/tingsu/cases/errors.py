"""Refusals: what was wrong, where, and what to do. Touches nothing; faces render them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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
