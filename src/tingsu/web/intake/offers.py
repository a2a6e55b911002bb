"""What the form offers to choose from, and what it starts with. Reads people and packs."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tingsu.core.channels import Channel
from tingsu.packs import Pack
from tingsu.people import directory
from tingsu.people.permission import Can, Who, may
from tingsu.people.rulebook import pack_of
from tingsu.web.intake.caller import Caller
from tingsu.web.intake.facts import PREFIX
from tingsu.web.intake.forms import ME
from tingsu.web.rows import set_in


def offers(who: Who, language: str, found: Caller) -> dict[str, list[tuple[str, Any]]]:
    """The choices of the fields whose choices depend on the house or the caller."""
    packs = _packs(who)
    return {
        "pack": [(pack.id, pack.label(language)) for pack in packs],
        "category": [("", _("还不清楚")), *_categories(packs, language)],
        "variants": _circumstances(packs, language),
        "taken_by": _takers(who),
        "party": found.party_choices,
        "same": found.same_choices,
    }


def starting_values(who: Who, channel: Channel, at: datetime) -> dict[str, Any]:
    """A new form: what is nearly always so."""
    values = {
        "nature": "questioning",
        "severity": "ordinary",
        "party_kind": "person",
        "language": "zh-hans",
        "pack": directory.organisation(who.organisation_id).pack,
        "taken_by": ME if may(who, Can.HANDLE) else str(_intake_queue(who)),
    }
    if channel is Channel.VISIT:
        values[f"{PREFIX}recorder"] = who.name
    if channel is Channel.LETTER:
        values[f"{PREFIX}letter_arrived"] = localtime(at).date().isoformat()
    return values


def agent_words(who: Who) -> str:
    """Department, post and name, as the agent says them and the record keeps them (IN-3)."""
    return " ".join(filter(None, (who.department_name, who.post, who.name)))


def _packs(who: Who) -> list[Pack]:
    house = directory.organisation(who.organisation_id)
    codes = house.packs or [house.pack]
    return [pack_of(house.id, code) for code in dict.fromkeys([house.pack, *codes])]


def _categories(packs: list[Pack], language: str) -> list[tuple[str, Any]]:
    """Groups of ``pack:code``; the industry is named where there are several."""
    groups = []
    for pack in packs:
        for category in pack.categories.values():
            if category.is_group:
                name = category.label(language)
                if len(packs) > 1:
                    name = f"{pack.label(language)} · {name}"
                groups.append((name, _entries(pack, category.code, language)))
    return groups


def _entries(pack: Pack, group: str, language: str) -> list[tuple[str, str]]:
    own = [entry for entry in pack.categories.values() if entry.group == group]
    return [
        (
            f"{pack.id}:{entry.code}",
            _("%(group)s（不细分）") % {"group": entry.label(language)}
            if entry.is_group
            else set_in(entry, language),
        )
        for entry in own
    ]


def _circumstances(packs: list[Pack], language: str) -> list[tuple[str, Any]]:
    return [
        (f"{pack.id}:{one.code}", f"{pack.label(language)} · {one.label(language)}")
        for pack in packs
        for one in pack.circumstances
    ]


def _takers(who: Who) -> list[tuple[str, Any]]:
    departments = [
        (str(row.id), f"{'　' * getattr(row, 'depth', 0)}{row.name}")
        for row in directory.departments(who.organisation_id)
    ]
    choices: list[tuple[str, Any]] = [(_("放进部门的待办队列"), departments)]
    if may(who, Can.HANDLE):
        choices.insert(0, (ME, _("我来办")))
    return choices


def _intake_queue(who: Who) -> Any:
    return directory.intake_department(who.organisation_id).id
