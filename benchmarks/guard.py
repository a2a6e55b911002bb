"""What the guard costs: time for a message, memory in the process.

`python -m benchmarks.guard`; messages of 300 characters are made of the utterances that ship. The
figures of docs/rules/guard.md come from here. A few seconds of one core.
"""

import random
import time
import tracemalloc
from statistics import median, quantiles

from tingsu.core.wording.guard import Guard
from tingsu.mind.guard import scorer
from tingsu.mind.guard_words import utterances
from tingsu.packs import load
from tingsu.packs.wording import WORDING

LENGTH, MESSAGES = 300, 300


def messages() -> list[str]:
    """Letters of the usual length, mostly harmless sentences."""
    said = [one.text for one in utterances() if not one.kind]
    pick = random.Random(5)
    return ["".join(pick.sample(said, 40))[:LENGTH] for _number in range(MESSAGES)]


def main() -> None:
    """Print both figures."""
    pack, letters = load("general"), messages()
    tracemalloc.start()
    guard = Guard(WORDING.of(pack), scorer())
    for letter in letters:
        guard.marks(letter)
    kept = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    took = [_seconds(guard, letter) for letter in letters]
    print(f"a message of {LENGTH} characters: median {median(took) * 1e3:.2f} ms,", end=" ")
    print(f"95 of 100 under {quantiles(took, n=20)[-1] * 1e3:.2f} ms; memory {kept:.1f} MB")


def _seconds(guard: Guard, letter: str) -> float:
    began = time.process_time()
    guard.marks(letter)
    return time.process_time() - began


if __name__ == "__main__":
    main()
