"""What the mapping page shows and what it sends back. Touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tingsu.channels.file import limits
from tingsu.channels.file.fields import TARGETS, Target
from tingsu.channels.file.guess import SURE
from tingsu.packs import load

LIMITS = {
    "bytes": limits.MOST_BYTES,
    "sheet": limits.MOST_SHEET_BYTES,
    "rows": f"{limits.MOST_ROWS:,}",
    "columns": limits.MOST_COLUMNS,
}


@dataclass(frozen=True)
class Column:
    """One column of the file: its number in the form, an example, the chosen field.

    ``look``: sure | check | left, how far the guess can be trusted."""

    number: int
    header: str
    example: str
    field: str
    look: str

    @property
    def targets(self) -> tuple[Target, ...]:
        """What it can become."""
        return TARGETS


def columns(job: Any, examples: Mapping[str, str]) -> list[Column]:
    """The columns in the order of the file."""
    return [
        Column(number, header, examples.get(header, ""), chosen, _look(job, header, chosen))
        for number, header in enumerate(job.headers)
        for chosen in (job.columns.get(header, ""),)
    ]


def _look(job: Any, header: str, chosen: str) -> str:
    if not chosen:
        return "left"
    guessed, confidence = job.options.get("guessed", {}).get(header, ("", 0))
    return "check" if chosen == guessed and confidence < SURE * 100 else "sure"


def chosen(data: Mapping[str, str], job: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """Header -> field, and the options, as the form sends them."""
    fields = {
        header: data.get(f"column-{number}", job.columns.get(header, ""))
        for number, header in enumerate(job.headers)
    }
    allowed = {code for code, _word in packs(job)}
    options: dict[str, Any] = {"day_first": data.get("day_first") == "1"}
    if data.get("pack") in allowed:
        options["pack"] = data["pack"]
    options["queue"] = data.get("queue", "")
    return fields, options


def packs(job: Any) -> list[tuple[str, str]]:
    """The industries of the organisation, with their names."""
    house, language = job.organisation, get_language() or "zh-hans"
    return [
        (code, load(code).label(language)) for code in dict.fromkeys([house.pack, *house.packs])
    ]
