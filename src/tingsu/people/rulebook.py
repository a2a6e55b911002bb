"""The pack of a case: the shipped one with what its organisation has changed. Reads people tables.

    pack = pack_of(organisation_id, "tourism")

Asked many times on every page, so it hardly ever asks the database: which organisations have
changed anything, every few seconds and at once in the process that signs; the changes themselves
when their number has moved. What has begun keeps its values: a clock carries its rule with it.
"""

import logging
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from time import monotonic
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localdate

from tingsu.packs import Amendment, Pack, PackError, amended, load
from tingsu.packs.notices import with_notices
from tingsu.people.models import HolidayNotice, Organisation, RuleChange

FRESH_SECONDS = 3.0
"""Within this time every process knows what was signed in another."""
log = logging.getLogger(__name__)

_seen: tuple[float, Mapping[UUID, int]] = (0.0, {})  # until when it is fresh; rules_version by id


def pack_of(organisation_id: UUID, pack_id: str) -> Pack:
    """A pack as this organisation uses it today. Raises PackError when there is none."""
    version = _versions().get(organisation_id)
    if version is None:
        return load(pack_id)
    return _amended(organisation_id, pack_id, version, localdate())


def case_pack(case: Any) -> Pack:
    """The pack of whatever has an ``organisation_id`` and a ``pack``."""
    return pack_of(case.organisation_id, case.pack)


def amendments(organisation_id: UUID, pack_id: str) -> list[Amendment]:
    """The signed changes to a pack, in the order in which they were signed."""
    rows = RuleChange.objects.filter(organisation_id=organisation_id, pack=pack_id, state="signed")
    found = rows.order_by("ended_at", "id").values_list("id", "since", "texts")
    return [Amendment(str(key), since, texts) for key, since, texts in found]


def notices(organisation_id: UUID, calendar_id: str) -> tuple[str, ...]:
    """The holiday notices that lie over a calendar, oldest first."""
    rows = HolidayNotice.objects.filter(organisation_id=organisation_id, calendar=calendar_id)
    return tuple(rows.order_by("id").values_list("text", flat=True))


def house_version(organisation_id: UUID) -> int:
    """A number that moves with every change an organisation makes to its rules or phrases."""
    return _versions().get(organisation_id, 0)


def moved(organisation_id: UUID) -> None:
    """Something of its rules, phrases or holidays changed: every process reads them anew."""
    house = Organisation.objects.filter(id=organisation_id)
    house.update(rules_version=F("rules_version") + 1)
    forget()


def forget() -> None:
    """Ask anew which organisations have changed something."""
    global _seen  # noqa: PLW0603 -- one small table kept for the whole process
    _seen = (0.0, {})


def _versions() -> Mapping[UUID, int]:
    global _seen  # noqa: PLW0603
    until, found = _seen
    if monotonic() >= until:
        rows = Organisation.objects.filter(rules_version__gt=0)
        found = MappingProxyType(dict(rows.values_list("id", "rules_version")))
        _seen = (monotonic() + FRESH_SECONDS, found)
    return found


@lru_cache(maxsize=512)
def _amended(organisation_id: UUID, pack_id: str, _version: int, on: date) -> Pack:
    pack = _changed(organisation_id, pack_id, on)
    return with_notices(pack, notices(organisation_id, pack.calendar.id))


def _changed(organisation_id: UUID, pack_id: str, on: date) -> Pack:
    base = load(pack_id)
    changes = amendments(organisation_id, pack_id)
    if not changes:
        return base
    try:
        return amended(base, changes, on)
    except PackError:
        # The shipped pack has moved on under a change. Work goes on; the page of the pack says so.
        log.exception("changes of organisation %s do not fit pack %s", organisation_id, pack_id)
        return base
