"""How an industry looks into a complaint (HA-4, HA-5): investigation.toml. No I/O.

INVESTIGATION.of(pack).persons(received_on)      # how many look into it at least
INVESTIGATION.of(pack).answer_in(received_on)    # how long the respondent has where no clock says
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tingsu.core.clock import Span
from tingsu.core.dated import Dated, in_force
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw, Table, dated
from tingsu.packs.shape import LENGTH, SINCE, SOURCED, Key, number

TABLES: Mapping[str, Table] = {
    "investigators": Table(
        {"since": SINCE, "persons": Key(number, required=True), **SOURCED},
    ),
    "answer": Table({"since": SINCE, **LENGTH, **SOURCED}),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """How many persons look into a case at least, and who says so."""

    persons: int
    source: str
    house: bool  # the house's own practice


@dataclass(frozen=True, eq=False)
class Investigation:
    """The whole of investigation.toml. Rules hold as on the local day of receipt."""

    demands: tuple[Dated[Demand], ...]
    answers: tuple[Dated[Span], ...]

    def demand(self, received_on: date) -> Demand:
        """What is demanded of a case; one person where a pack says nothing."""
        entry = in_force(self.demands, received_on)
        return entry.value if entry and entry.value else Demand(1, "", house=True)

    def persons(self, received_on: date) -> int:
        """How many persons look into a case at least."""
        return self.demand(received_on).persons

    def answer_in(self, received_on: date) -> Span | None:
        """How long a respondent has to answer, where no clock of the pack says so."""
        entry = in_force(self.answers, received_on)
        return entry.value if entry else None


def _read(raw: Raw, pack: Pack) -> Investigation:
    def demanded(row: Raw) -> Demand:
        return Demand(row["persons"], row.get("source", ""), row.get("house", False))

    return Investigation(
        demands=tuple(
            dated(row, None if row.get("none") else demanded(row), pack)
            for row in raw.get("investigators", ())
        ),
        answers=tuple(
            dated(row, None if row.get("none") else Span(row["n"], row["unit"]), pack)
            for row in raw.get("answer", ())
        ),
    )


PART = INVESTIGATION = Part("investigation.toml", TABLES, _read)
