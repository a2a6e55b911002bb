"""How well a customer is read, on other people's words.

`python -m benchmarks.reading [most]` reads ../shared/data (at most so many texts of each set). The
lexicon and the small model were written and learned without these data; nothing learned from them
ships. The figures of docs/rules/reading.md come from here. A minute of one core.
"""

import gzip
import json
import os
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tingsu.mind.reading import in_danger, read

DATA = Path(os.environ.get("TINGSU_SHARED", "../shared")) / "data"
Row = dict[str, Any]
# Whether the writer is angry (True), content or calm (False), or something else (None).
Told = Callable[[Row], bool | None]


def _bad(row: Row) -> bool:
    return not int(row["label"])


def _mood(row: Row) -> bool | None:
    return {"angry": True, "happy": False, "neutral": False}.get(row["label"])


SETS: tuple[tuple[str, str, str, Told], ...] = (
    ("shop, bad or good", "zh_online_shopping_10_cats", "review", _bad),
    ("hotel, bad or good", "zh_hotel_ChnSentiCorp_htl", "review", _bad),
    ("food brought, bad or good", "zh_waimai_10k", "review", _bad),
    ("microblog, angry or calm", "zh_emotion_smp2020_usual", "content", _mood),
    ("epidemic, angry or calm", "zh_emotion_smp2020_virus", "content", _mood),
)
PLAIN = (("tipdm_annex3_stream", "body"), ("tipdm_annex4_replies", "body"))  # petitions


def _rows(file: str, most: int) -> list[Row]:
    with gzip.open(DATA / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    Random(3).shuffle(rows)
    return rows[:most]


def _apart(high: list[int], low: list[int]) -> float:
    """How often one of the first is read as angrier than one of the second; ties count half."""
    low = sorted(low)
    sides = (bisect_left(low, level) + bisect_right(low, level) for level in high)
    return sum(sides) / (2 * len(high) * len(low))


def main(most: int) -> None:
    """Print the table."""
    print("| texts | told apart | angry ones at 3 or 4 | others at 3 or 4 | ms |")
    print("| --- | --- | --- | --- | --- |")
    for name, file, column, is_angry in SETS:
        rows = [
            (row[column], told) for row in _rows(file, most) if (told := is_angry(row)) is not None
        ]
        begun = time.process_time()
        levels = [(read(text).anger, told) for text, told in rows]
        each = (time.process_time() - begun) / len(rows) * 1000
        high, low = ([level for level, told in levels if told is is_it] for is_it in (True, False))
        hot = [sum(level >= 3 for level in some) / len(some) for some in (high, low)]
        print(
            f"| {name}, {len(rows):,} | {_apart(high, low):.2f} | {hot[0]:.2f} | {hot[1]:.2f} "
            f"| {each:.1f} |"
        )
    texts = [row[column] or "" for file, column in PLAIN for row in _rows(file, most)]
    texts += [row[column] for _name, file, column, _told in SETS for row in _rows(file, most)]
    alarms = [text for text in texts if in_danger(text)]
    print(f"danger heard in {len(alarms)} of {len(texts):,} texts")
    for text in alarms if "--show" in sys.argv else ():
        print("  ", text[:120].replace("\n", " "))


if __name__ == "__main__":
    main(int(next((arg for arg in sys.argv[1:] if arg.isdecimal()), 3_000)))
