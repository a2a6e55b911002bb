"""Every key that may stand in a pack is explained in docs/rules, and has a word in the browser."""

import re
from pathlib import Path
from typing import Any

import pytest

from tingsu.packs.part import Part
from tingsu.packs.parts import PARTS
from tingsu.web.packs import words

SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.S | re.M)
SHARED = "Keys that many entries share"


def sections(root: Path) -> dict[str, str]:
    """The sections of pack.md by their headings, each with the pages that it refers to."""
    rules = root / "docs" / "rules"
    found = {}
    for heading, content in SECTION.findall((rules / "pack.md").read_text("utf-8")):
        pages = re.findall(r"\]\(([a-z-]+\.md)\)", content)
        found[heading] = "\n".join(
            [content, *((rules / page).read_text("utf-8") for page in pages)]
        )
    return found


@pytest.mark.parametrize("part", PARTS, ids=[part.file for part in PARTS])
def test_every_table_and_key_is_explained(root: Path, part: Part[Any]) -> None:
    told = sections(root)
    assert part.file in told
    text = told[part.file] + told[SHARED]
    missing = [name for name in part.tables if name and f"[{name}]" not in text]
    missing += [
        f"{name}.{key}"
        for name, table in part.tables.items()
        for key in table.shape
        if f"`{key}`" not in text and f"`{key} " not in text
    ]
    assert missing == []


@pytest.mark.parametrize("part", PARTS, ids=[part.file for part in PARTS])
def test_every_part_table_and_key_has_a_word(part: Part[Any]) -> None:
    assert part.file.removesuffix(".toml") in words.PARTS
    named = {name for name in part.tables if name and "." not in name}
    assert named <= set(words.TABLES)
    keys = {key for table in part.tables.values() for key in table.shape}
    inner = {name.rpartition(".")[2] for name in part.tables if "." in name}
    assert keys | inner <= set(words.KEYS)
