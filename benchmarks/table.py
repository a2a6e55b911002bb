"""Figures as they come in, and the table in which they are shown."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path


def report(what: str, value: float, unit: str, *, floor: float = 0.0, aim: str = "") -> None:
    """Write one figure. floor: what the raw database did in the same run, in the same unit."""
    row = {"what": what, "value": value, "unit": unit, "floor": floor, "aim": aim}
    with Path(os.environ["BENCH_RESULTS"]).open("a") as file:
        file.write(json.dumps(row) + "\n")


@dataclass
class Table:
    """One table of figures."""

    title: str
    rows: list[dict[str, object]] = field(default_factory=list)

    def read(self, results: Path) -> None:
        """Take what the processes reported, and make room for the next round."""
        self.rows = [json.loads(line) for line in results.read_text().splitlines()]
        results.unlink()

    def show(self) -> None:
        """Print it."""
        print(f"\n## {self.title}\n")
        print("| figure | measured | of the floor | aim |")
        print("| --- | ---: | ---: | --- |")
        for row in self.rows:
            value, floor = float(str(row["value"])), float(str(row["floor"]))
            ratio = f"1/{floor / value:.1f}" if floor and value else ""
            print(f"| {row['what']} | {value:,.1f} {row['unit']} | {ratio} | {row['aim']} |")
