"""What an industry wants signed, and by whom (CL-1, HA-18): approvals.toml. No I/O.

APPROVALS.of(pack).rules(received_on)     # the rules in force on the day of receipt
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tingsu.core.approval import HOUSES, KINDS, Rule
from tingsu.core.dated import Dated, in_force
from tingsu.packs.model import Pack
from tingsu.packs.part import Part, Raw, Table, dated
from tingsu.packs.problems import USE, Words
from tingsu.packs.problems import gettext_noop as _
from tingsu.packs.shape import LENGTH, SINCE, SOURCED, Key, all_of, amount, flag, one_of, text

_SIGNERS = ("supervisor", "head")

TABLES: Mapping[str, Table] = {
    "approval": Table(
        {
            "id": Key(text, required=True),
            "kind": Key(one_of(KINDS, "bad_kind"), required=True),
            "since": SINCE,
            "who": Key(all_of(_SIGNERS, "bad_signer"), required=True),
            "above": Key(amount),
            "goodwill": Key(flag),
            "only": Key(one_of(HOUSES, "bad_house")),
            "two": Key(flag),
            **LENGTH,
            **SOURCED,
        },
        by="id",
    ),
}


@dataclass(frozen=True, eq=False)
class Approvals:
    """The whole of approvals.toml."""

    by_id: Mapping[str, tuple[Dated[Rule], ...]]

    def rules(self, on: date) -> tuple[Rule, ...]:
        """The rules in force on a day."""
        entries = (in_force(rules, on) for rules in self.by_id.values())
        return tuple(entry.value for entry in entries if entry and entry.value)

    @property
    def any(self) -> bool:
        """Whether anything is ever signed here."""
        return bool(self.by_id)


def _read(raw: Raw, pack: Pack) -> Approvals:
    found: dict[str, list[Dated[Rule]]] = {}
    for row in raw.get("approval", ()):
        made: Any = None if row.get("none") else _rule(row)
        found.setdefault(row["id"], []).append(dated(row, made, pack))
    return Approvals({key: tuple(values) for key, values in found.items()})


def _rule(row: Raw) -> Rule:
    given = {name: row[name] for name in ("above", "goodwill", "only", "two") if name in row}
    return Rule(kind=row["kind"], who=tuple(row["who"]), n=row["n"], unit=row["unit"], **given)


PART = APPROVALS = Part(
    "approvals.toml",
    TABLES,
    _read,
    words={
        "bad_kind": Words("error", _("没有这类审批：{value}。"), USE, KINDS),
        "bad_signer": Words("error", _("这个角色不能签批：{value}。"), USE, _SIGNERS),
        "bad_house": Words("error", _("没有这类机构：{value}。"), USE, HOUSES),
    },
)
