"""What the forms of remedies send. Parsing only; nothing is decided here."""

from typing import Any

from tingsu.cases.errors import Invalid
from tingsu.cases.remedies import Asking, Granted
from tingsu.cases.remedy_kept import Gift
from tingsu.core.remedy import Fact
from tingsu.core.remedy_facts import Unreadable, read
from tingsu.core.text import clean
from tingsu.web.remedy.words import BAD_VALUE

LONG = 60  # characters of a fact that are looked at
MOST = 60  # situations or reductions at once
MONEY = Fact("value", "money", {})


def asking_of(data: Any) -> Asking:
    """Situations ``s``, facts ``f.<name>``, reductions ``c`` with rate and reason, the rule set."""
    return Asking(
        situations=tuple(map(_short, data.getlist("s")))[:MOST],
        facts={_short(key[2:]): _short(data[key]) for key in list(data) if key.startswith("f.")},
        granted=tuple(
            Granted(_short(one), _short(data.get(f"c.{one}.rate", "")), _why(data, one))
            for one in dict.fromkeys(data.getlist("c")[:MOST])
        ),
        rule_set=_short(data.get("set", "")),
    )


def gifts_of(data: Any) -> list[Gift]:
    """The rows of goodwill that say anything. Raises Invalid for a value that is no sum."""
    rows = zip(
        data.getlist("g.gives"), data.getlist("g.value"), data.getlist("g.words"), strict=False
    )
    found = []
    for gives, value, words in rows:
        if not value.strip() and not words.strip():
            continue
        try:
            fen = read(MONEY, _short(value)) or 0
        except Unreadable as odd:
            raise Invalid({"g": str(BAD_VALUE)}) from odd
        found.append(Gift(_short(gives), int(fen), clean(words).strip()))
    return found


def _short(text: str) -> str:
    return clean(text)[:LONG]


def _why(data: Any, reduction: str) -> str:
    return clean(data.get(f"c.{reduction}.why", ""))[:400]
