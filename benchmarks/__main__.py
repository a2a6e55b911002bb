"""``make bench``: every figure on every database that answers, as ratios to the floor.

    make bench ARGS="--cases 1000 --only sqlite --parts mail api"
    make bench ARGS="--only sqlite --parts rules --clocks 20000"
    make bench ARGS="--postgres postgres://postgres@127.0.0.1:5432/postgres"

Each database gets a throw-away home: a folder for SQLite, a database of its own on the server.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.home import Home, postgres_home, sqlite_home
from benchmarks.table import Table

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"

PARTS = ["pages", "mail", "api", "rules"]


def main() -> int:
    """Measure, print one table a database."""
    asked = _arguments()
    with TemporaryDirectory(prefix="tingsu-bench-") as folder:
        for home in _homes(asked, Path(folder)):
            with home:
                for size in asked.cases if asked.parts != ["rules"] else ():
                    table = Table(f"{home.name} · {size:,} cases")
                    what = "figures" if "pages" in asked.parts else "fill"
                    home.run("benchmarks.inside", what, str(size))
                    if "pages" in asked.parts:
                        home.run("benchmarks.outside", "all", str(asked.seconds))
                    if "mail" in asked.parts:
                        home.run("benchmarks.mail")
                    if "api" in asked.parts:
                        home.run("benchmarks.api", str(asked.seconds))
                    table.read(home.results)
                    table.show()
                if "rules" in asked.parts:  # last: it fills a house of its own
                    _rules(home, asked.clocks)
    return 0


def _rules(home: Home, clocks: int) -> None:
    """Packs, remedies, deadlines, a new holiday notice: the time of our own process alone."""
    home.run("benchmarks.packs")
    home.run("benchmarks.decisions")
    home.run("benchmarks.clocks", str(clocks // 2))
    table = Table(f"{home.name} · rules")
    table.read(home.results)
    table.show()


def _homes(asked: argparse.Namespace, folder: Path) -> list[Home]:
    homes = []
    if asked.only in ("", "sqlite"):
        homes.append(sqlite_home(folder / "sqlite"))
    if asked.only in ("", "postgres"):
        homes.append(postgres_home(folder / "postgres", asked.postgres))
    return homes


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--cases", type=int, nargs="+", help="sizes of the house")
    parser.add_argument("--only", choices=["", "sqlite", "postgres"], default="")
    parser.add_argument("--postgres", default=POSTGRES)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each load")
    parser.add_argument("--clocks", type=int, default=100_000, help="running when a notice comes")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asked = parser.parse_args()
    if not asked.cases:  # what comes in costs the same in a small house, and filling takes minutes
        asked.cases = [1_000, 100_000] if "pages" in asked.parts else [1_000]
    return asked


if __name__ == "__main__":
    sys.exit(main())
