"""How long the packs take: all of them at the start of a process, every part of them, the check.

A part of ``make bench``; touches no database.
"""

import sys
import time
from collections.abc import Callable
from datetime import date

from benchmarks.table import report
from tingsu.packs import available, check, load
from tingsu.packs.draft import whole, wrong_with
from tingsu.packs.loader import Amendment, amended
from tingsu.packs.parts import PARTS

CHANGE = {"pack.toml": '[[silence]]\nsince = 2027-01-01\nn = 3\nunit = "wd"\nsource = "x"\n'}


def took(what: str, do: Callable[[], object], aim: str = "") -> None:
    """Milliseconds of one run, of our own process."""
    began = time.process_time()
    do()
    report(what, (time.process_time() - began) * 1000, "ms", aim=aim)


def main() -> int:
    """Report them."""
    day = date(2027, 1, 1)
    change = [Amendment("x", day, CHANGE)]
    took(f"load {len(available())} packs", lambda: [load(pack) for pack in available()], "≤ 150")
    took(
        f"read {len(PARTS)} parts of each",
        lambda: [part.of(load(pack)) for pack in available() for part in PARTS],
    )
    took("a pack with a change of the house", lambda: amended(load("tourism"), change, day))
    took("look a pack up again, 100,000 times", lambda: [load("tourism") for _ in range(100_000)])
    took("check a change before it is proposed", lambda: wrong_with(load("bank"), CHANGE, day))
    took("write a pack out", lambda: whole(load("tourism")))
    took("check all packs", check)
    return 0


if __name__ == "__main__":
    sys.exit(main())
