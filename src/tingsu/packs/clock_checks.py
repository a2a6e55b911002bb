"""What is wrong with clocks beyond their single values. Touches nothing but its arguments."""

from __future__ import annotations

from collections.abc import Iterator

from tingsu.packs.cross import Around, Read, Table, tables
from tingsu.packs.problems import Problem

SERVING = frozenset({"notice_served", "respondent_notified", "parties_notified"})
"""What happens when a paper is served: a clock that waits for it needs the paper."""


def clock_rules(read: Read, around: Around) -> Iterator[Problem]:
    """Clocks: hours do not roll, a variant stands in for a clock that is there, all have names."""
    rows = tables(read.data, "clock")
    known = around.known("clocks.toml", "clock", "id")
    variants = around.known("pack.toml", "variant", "code")
    for number, row in enumerate(rows):
        if row.get("unit") in ("h", "oh") and {"roll", "start_rule", "ends_at"} & set(row):
            yield read.at("hours_roll", "clock", number, "unit")
        if "replaces" in row and str(row["replaces"]) not in known:
            yield read.at("unknown_clock", "clock", number, "replaces", value=str(row["replaces"]))
        if "variant" in row and str(row["variant"]) not in variants:
            there, value = sorted(variants) or "-", str(row["variant"])
            yield read.at("unknown_variant", "clock", number, "variant", value=value, known=there)
        yield from _reachable(read, number, row)
        yield from _noticed(read, number, row, around)
    named = {str(row.get("id")) for row in rows if "label" in row}
    named |= around.inherited("clocks.toml", "clock", "id")
    seen: set[str] = set()
    for number, row in enumerate(rows):
        clock_id = str(row.get("id", ""))
        if clock_id not in named | seen:
            yield read.at("missing_label", "clock", number, "id", value=clock_id)
        seen.add(clock_id)


def _reachable(read: Read, number: int, row: Table) -> Iterator[Problem]:
    """Rules that can never do what they say."""
    if "replaces" in row and "variant" not in row:
        yield read.at("never_started", "clock", number, "replaces", value=str(row["replaces"]))
    met_by = row.get("met_by", ())
    if row.get("event") in met_by or (met_by == [] and not row.get("none")):
        yield read.at("never_runs", "clock", number, "met_by", value=str(row.get("id")))
    for one in row.get("extension", ()):
        if isinstance(one, dict) and one.get("unit") == row.get("unit"):
            total, n = one.get("to"), row.get("n")
            if isinstance(total, int) and isinstance(n, int) and total <= n:
                yield read.at("no_extension", "clock", number, "extension", value=str(total))


def _noticed(read: Read, number: int, row: Table, around: Around) -> Iterator[Problem]:
    """A clock that waits for a paper to be served, in a pack without such a paper."""
    if row.get("duty", "house") != "house":
        return
    waits = SERVING & {str(event) for event in row.get("met_by", ())}
    if waits and not waits & around.known("documents.toml", "served", "event"):
        yield read.at("no_notice", "clock", number, "met_by", value=sorted(waits))
    tells = any(isinstance(one, dict) and one.get("notify") for one in row.get("extension", ()))
    if tells and "extension" not in around.known("documents.toml", "document", "id"):
        yield read.at("no_notice", "clock", number, "extension", value="extension")
