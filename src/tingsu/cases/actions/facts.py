"""Change what is on record; the old value stays in the timeline (IN-2, SC-3, SC-5, SC-6)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.cases._sealed import vault
from tingsu.cases._variants import exchange
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.intake import LIMITS
from tingsu.cases.models import Case, Party
from tingsu.core.text import clean
from tingsu.packs import Pack
from tingsu.people.actor import Actor
from tingsu.people.rulebook import case_pack

TEXTS = frozenset(
    "title narrative request reasons happened_where respondent_unit respondent_place product"
    " order_number contract_number source_ref category".split()
)
CHOSEN: Mapping[str, frozenset[str]] = {
    "nature": frozenset({"questioning", "communicative"}),
    "severity": frozenset({"ordinary", "serious", "major"}),
    "verdict": frozenset({"", "founded", "partly", "unfounded", "undecided"}),
}
OTHERS = frozenset({"happened_at", "amount", "anger", "planned_at"})
PERSONAL = ("name", "phone", "email", "address")
PARTY_PLAIN = (
    "sex postcode nationality kind preferred_channel preferred_time needs language".split()
)


def change(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    values: Mapping[str, Any],
    reason: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Change facts of the case. Unknown names are refused; unchanged values are not written."""
    wanted = _checked(values, case_pack(case))

    def plan(case: Case) -> Plan:
        _check_planned(wanted, case)
        changed = {name: value for name, value in wanted.items() if getattr(case, name) != value}
        if not changed:
            raise Invalid({next(iter(wanted), "title"): _("没有改动。")})
        told = {n: [_plain(getattr(case, n)), _plain(v)] for n, v in changed.items()}
        if changed.get("severity") and case_pack(case).severities[changed["severity"]].to_head:
            changed["for_head"] = True
        entry = Entry("facts_changed", told_as(told, clean(reason).strip()))
        entry.data = {"names": sorted(told)}
        if "variants" not in changed or not case.open:
            return Plan([entry], changed)
        other = exchange(case, changed["variants"], at)
        entry.data |= {"started": [row.rule for row in other.rows], "ended": other.ended}
        return Plan([entry], changed, other.rows, other.effects)

    return write(case, by, at, plan, expected=expected, key=key)


def told_as(changed: Mapping[str, list[Any]], reason: str) -> str:
    """Old and new values as JSON in the entry's text, the part that can be erased (PL-2)."""
    return json.dumps({"reason": reason, "changed": changed}, ensure_ascii=False)


def change_party(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    values: Mapping[str, str],
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Change the complainant's data. The timeline names the fields, never the personal values."""
    texts = {name: clean(value).strip() for name, value in values.items()}
    if unknown := set(texts) - {*PERSONAL, *PARTY_PLAIN}:
        raise Invalid(dict.fromkeys(unknown, _("不认识这一项。")))
    _check_lengths(texts)

    def plan(case: Case) -> Plan:
        party = Party.objects.get(id=case.party_id) if case.party_id else _new(case, at)
        changed = [name for name, value in texts.items() if getattr(party, name) != value]
        if not changed:
            raise Invalid({next(iter(texts), "name"): _("没有改动。")})
        for name in changed:
            setattr(party, name, texts[name])
        party.phone_index = vault().phone_index(party.phone)
        party.email_index = vault().email_index(party.email)
        tokens = vault().name_tokens(party.name) if "name" in changed else []
        entry = Entry("facts_changed", data={"party": sorted(changed)}, name_tokens=tokens)
        return Plan([entry], {"party_id": party.id}, effects=[party.save])

    return write(case, by, at, plan, expected=expected, key=key)


def _new(case: Case, at: datetime) -> Party:
    return Party(organisation_id=case.organisation_id, created_at=at)


def _checked(values: Mapping[str, Any], pack: Pack) -> dict[str, Any]:
    problems: dict[str, str] = {}
    wanted: dict[str, Any] = {}
    chosen = {**CHOSEN, "variants": frozenset(pack.variants)}
    for name, value in values.items():
        if name in TEXTS:
            wanted[name] = clean(str(value)).strip()
        elif name in chosen:
            wanted[name] = value
            if not set(value if name == "variants" else [value]) <= chosen[name]:
                problems[name] = _("请从列出的选项中选择。")
        elif name in OTHERS:
            wanted[name] = value
        else:
            problems[name] = _("不认识这一项。")
    if wanted.get("title") == "":
        problems["title"] = _("标题不能空着。")
    if (wanted.get("amount") or 0) < 0:
        problems["amount"] = _("金额不能小于零。")
    if problems:
        raise Invalid(problems)
    _check_lengths(wanted)
    return wanted


def _check_planned(values: Mapping[str, Any], case: Case) -> None:
    """The next date of a case never lies before the day it came in (IN-10)."""
    planned = values.get("planned_at")
    if planned is not None and planned < case.received_at:
        raise Invalid({"planned_at": _("这个时间早于收到投诉的时间，请核对。")})


def _check_lengths(values: Mapping[str, Any]) -> None:
    words = _("最多 %(limit)s 字，现在是 %(length)s 字。请删减，或把其余部分放进附件。")
    problems = {
        name: words % {"limit": f"{LIMITS[name]:,}", "length": f"{len(value):,}"}
        for name, value in values.items()
        if isinstance(value, str) and len(value) > LIMITS.get(name, 200)
    }
    if problems:
        raise Invalid(problems)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value
