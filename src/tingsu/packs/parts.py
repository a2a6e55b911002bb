"""All parts of a pack: one line for each file. Touches nothing.

`load` reads the text of every file, so that the version of a pack changes with any of them;
what a file says is parsed when `Part.of` asks for it first.
"""

from collections.abc import Mapping
from typing import Any

from tingsu.packs import (
    approvals,
    clock_checks,
    cross,
    documents,
    ending,
    escalation,
    examples,
    guide,
    handling,
    investigation,
    overdue,
    remedies,
    screening,
    sharing,
    tables,
    techniques,
    wording,
)
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw


def _as_it_is(raw: Raw, _pack: Pack) -> Raw:
    """What `tingsu.packs.loader` reads at once, for those who show a pack."""
    return raw


PARTS: tuple[Part[Any], ...] = (
    Part("pack.toml", tables.PACK, _as_it_is, cross.pack_rules),
    Part("taxonomy.toml", tables.TAXONOMY, _as_it_is, cross.taxonomy_rules),
    Part("clocks.toml", tables.CLOCKS, _as_it_is, clock_checks.clock_rules, law=True),
    handling.PART,
    guide.PART,
    documents.PART,
    ending.PART,
    wording.PART,
    techniques.PART,
    approvals.PART,
    overdue.PART,
    escalation.PART,
    sharing.PART,
    screening.PART,
    investigation.PART,
    examples.PART,
    remedies.PART,
)
LAW = frozenset(part.file for part in PARTS if part.law)
FILES: Mapping[str, Part[Any]] = {part.file: part for part in PARTS}
