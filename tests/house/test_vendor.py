"""What browsers get from others is exactly what was written down."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tingsu.web import labels

FOLDERS = ["src/tingsu/static/vendor", "tests/vendor"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_sums_match(root: Path, folder: str) -> None:
    place = root / folder
    written = json.loads((place / "manifest.json").read_text())
    present = {
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert present == set(written)
    for name, facts in written.items():
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == facts["sha256"], name
        assert facts["licence"]
        assert facts["version"]


def test_nothing_is_fetched_from_elsewhere(root: Path) -> None:
    css = (root / FOLDERS[0] / "tabler/tabler.min.css").read_text()
    assert re.findall(r"url\((?!['\"]?data:)[^)]*\)|@import|sourceMappingURL", css) == []


def _labelled() -> Iterator[str]:
    """The icons of everything in web/labels.py, however deep it lies there."""
    waiting: list[object] = list(vars(labels).values())
    while waiting:
        one = waiting.pop()
        if isinstance(one, labels.Label | labels.Place):
            yield one.icon
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, tuple | list):
            waiting.extend(one)


def test_every_icon_asked_for_is_drawn(root: Path) -> None:
    sprite = (root / FOLDERS[0] / "tabler/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = "".join(
        path.read_text(encoding="utf-8")
        for path in (root / "src/tingsu").glob("**/templates/**/*.html")
    )
    asked = set(re.findall(r"{%\s*icon\s+\"([^\"]+)\"", templates)) | set(_labelled())
    assert asked - drawn == set()
