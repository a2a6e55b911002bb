"""Refusals of this room: what was wrong, where, and what to do. Touches nothing."""

from collections.abc import Mapping


class Refusal(Exception):
    """A change that cannot be made. ``words`` is for the person, ``field`` says where."""

    def __init__(self, words: str, field: str = "", code: str = "refused") -> None:
        self.words, self.field, self.code = words, field, code
        super().__init__(code)


class Invalid(Refusal):
    """Several fields at once: field name -> words."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(next(iter(self.fields.values())), next(iter(self.fields)), "invalid")
