"""Every code that a page can show has a word and a drawing of its own."""

import re
from pathlib import Path

import pytest

from tingsu.core.channels import Channel
from tingsu.core.lifecycle import State
from tingsu.people.permission import Role
from tingsu.web import labels

TABLES = {
    "states": (labels.STATES, State),
    "channels": (labels.CHANNELS, Channel),
    "roles": (labels.ROLES, Role),
}


@pytest.fixture(scope="module")
def drawn(root: Path) -> set[str]:
    sprite = root / "src/tingsu/static/vendor/tabler/icons.svg"
    return set(re.findall(r'<symbol id="([^"]+)"', sprite.read_text()))


@pytest.mark.parametrize("name", TABLES)
def test_no_code_without_a_label(name: str) -> None:
    table, codes = TABLES[name]
    assert set(table) == {code.value for code in codes}


def test_every_icon_of_the_labels_exists(drawn: set[str]) -> None:
    tables = (
        labels.STATES, labels.CHANNELS, labels.SEVERITIES, labels.NATURES, labels.VERDICTS,
        labels.ANGER, labels.ROLES, labels.NEXT_KINDS, labels.EVENTS,
    )  # fmt: skip
    used = {label.icon for table in tables for label in table.values()}
    used |= {place.icon for place in labels.PLACES}
    assert used <= drawn


def test_every_icon_of_the_templates_exists(root: Path, drawn: set[str]) -> None:
    templates = (root / "src/tingsu/web/templates").rglob("*.html")
    used = {
        name
        for template in templates
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text())
    }
    assert used
    assert used <= drawn


def test_states_tell_apart_without_colour() -> None:
    words = [str(label.word) for label in labels.STATES.values()]
    icons = [label.icon for label in labels.STATES.values()]
    assert len(set(words)) == len(words)
    assert len(set(icons)) == len(icons)


def test_red_is_for_broken_promises_alone() -> None:
    red = [code for code, label in labels.EVENTS.items() if label.look == "bad"]
    assert red == ["promise_broken"]


def test_what_is_private_looks_private_and_nothing_else_does() -> None:
    private = [code for code, label in labels.EVENTS.items() if label.look == "private"]
    assert private == ["note"]


def test_an_unknown_code_still_shows_itself() -> None:
    assert labels.label_of(labels.STATES, "future").word == "future"
    assert labels.label_of(labels.STATES, "").word == labels.UNKNOWN.word
