"""Works out the examples of packs and says which come out otherwise. Reads packs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tingsu.packs.examples import KINDS, PART, differences, own_examples
from tingsu.packs.lines import find_lines, line_of
from tingsu.packs.loader import FOLDER, available, load
from tingsu.packs.problems import Problem, Said, problem
from tingsu.packs.problems import gettext_noop as _


def failing(folder: Path = FOLDER) -> Iterator[Problem]:
    """Every example of the packs below a folder that does not hold, at its line.

    Only for packs without errors; kinds that need more than packs are left out.
    """
    for pack_id in available(folder):
        pack = load(pack_id, folder)
        lines = find_lines(next(x for x in pack.layers if x.id == pack_id).texts.get(PART.file, ""))
        for number, example in enumerate(own_examples(pack)):
            odd = differences(pack, example, KINDS[example.kind]) if example.kind in KINDS else []
            if odd:
                first = odd[0]
                told = Said(
                    _("{name}：写的是 {expected}，算出 {found}。"),
                    {
                        "name": first.name,
                        "expected": str(first.expected),
                        "found": str(first.found),
                    },
                )
                line = line_of(lines, "example", number, "expect")
                name = f"{pack_id}/{PART.file}"
                yield problem("example_fails", name, line, value=example.name, guess=told)
