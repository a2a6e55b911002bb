"""What a label is: a word, an icon, a look. Pure; the tables are in ``labels``."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Look = Literal["", "in", "out", "private", "good", "bad", "late"]


@dataclass(frozen=True)
class Label:
    """A word for people, an icon beside it, and the look of the tag or entry (a CSS suffix)."""

    word: Text
    icon: str
    look: str = ""
