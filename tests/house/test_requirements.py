"""The pins install the same everywhere, from any index."""

import re
from pathlib import Path

import pytest

PIN = re.compile(r"^([a-z0-9._-]+)==\S+", re.MULTILINE)


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_pin_has_hashes_and_no_address(root: Path, name: str) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=\S)", text)
    pins = [block for block in blocks if PIN.match(block)]
    assert len(pins) > 20
    assert [block for block in pins if "--hash=sha256:" not in block] == []
    assert re.findall(r"\w+://|--index|--extra-index|--find-links|--trusted", text) == []


def test_every_wish_is_pinned(root: Path) -> None:
    folder = root / "requirements"
    pinned = {
        name for file in ("run.txt", "dev.txt") for name in PIN.findall((folder / file).read_text())
    }
    wishes = re.findall(
        r"^([A-Za-z0-9._-]+)",
        (folder / "run.in").read_text() + (folder / "dev.in").read_text(),
        re.MULTILINE,
    )
    assert {wish.lower() for wish in wishes if not wish.startswith("-")} - pinned == set()
