"""What the forms of remedies send. Parsing only; nothing is decided here."""

from typing import Any

from tingsu.cases.errors import Invalid
from tingsu.cases.remedies import Asking, Granted
from tingsu.cases.remedy_kept import Gift
from tingsu.core.remedy import Fact
from tingsu.core.remedy_facts import Unreadable, read
from tingsu.web.remedy.words import BAD_VALUE

LONG = 60  # characters of a fact that are looked at
MONEY = Fact("value", "money", {})


def asking_of(data: Any) -> Asking:
    """Situations ``s``, facts ``f.<name>``, reductions ``c`` with rate and reason, the rule set."""
    return Asking(
        situations=tuple(data.getlist("s"))[:40],
        facts={key[2:]: data[key][:LONG] for key in data if key.startswith("f.")},
        granted=tuple(
            Granted(one, data.get(f"c.{one}.rate", "")[:LONG], data.get(f"c.{one}.why", "")[:400])
            for one in dict.fromkeys(data.getlist("c"))
        ),
        rule_set=data.get("set", "")[:40],
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
            fen = read(MONEY, value[:LONG]) or 0
        except Unreadable as odd:
            raise Invalid({"g": str(BAD_VALUE)}) from odd
        found.append(Gift(gives[:20], int(fen), words.strip()))
    return found
