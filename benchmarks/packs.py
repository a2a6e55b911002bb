"""How long the packs take: all of them at the start of a process, every part of them, the check.

Run as ``python -m benchmarks.packs``; touches no database.
"""

import sys
import time
from collections.abc import Callable
from datetime import date

from tingsu.packs import available, check, load
from tingsu.packs.draft import whole, wrong_with
from tingsu.packs.loader import Amendment, amended
from tingsu.packs.parts import PARTS

CHANGE = {"pack.toml": '[[silence]]\nsince = 2027-01-01\nn = 3\nunit = "wd"\nsource = "x"\n'}


def took(what: str, do: Callable[[], object]) -> None:
    """One line: milliseconds of one run."""
    began = time.perf_counter()
    do()
    print(f"{(time.perf_counter() - began) * 1000:8.1f} ms  {what}")


def main() -> int:
    """Print the table."""
    day = date(2027, 1, 1)
    change = [Amendment("x", day, CHANGE)]
    took(f"load {len(available())} packs", lambda: [load(pack) for pack in available()])
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
