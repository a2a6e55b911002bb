"""The wording library of a case, with the organisation's own sayings; which of them stood in a
letter, and how those cases ended (CO-5). Touches the uses of sayings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from tingsu.cases.models import Case, SayingUse
from tingsu.core.wording.technique import Library
from tingsu.packs import Pack
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people import own_sayings
from tingsu.people.models import new_id
from tingsu.people.rulebook import case_pack, house_version

CONTENT = 2  # of five stars, at most: the customer was not content
MOST_KEPT = 64
_kept: dict[tuple[UUID, str, str, int], Library] = {}


@dataclass(frozen=True)
class Effect:
    """What a saying did. used: cases in whose letters it stood; of those ended: ended, content,
    reopened."""

    used: int = 0
    ended: int = 0
    content: int = 0
    reopened: int = 0


def library_of(case: Case) -> Library:
    """The library of a case: its industry's, the organisation's own sayings first."""
    return house_library(case.organisation_id, case_pack(case))


def house_library(organisation_id: UUID, pack: Pack) -> Library:
    """The same where there is no case yet. Kept until the organisation changes its rules."""
    changes = house_version(organisation_id)
    if not changes:
        return TECHNIQUES.of(pack)
    key = (organisation_id, pack.id, pack.version, changes)
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        own = own_sayings.sayings(organisation_id)
        _kept[key] = TECHNIQUES.of(pack).with_sayings(own) if own else TECHNIQUES.of(pack)
    return _kept[key]


def counted(case: Case, said: str, event_id: UUID, at: datetime) -> list[Callable[[], object]]:
    """What counts the sayings that stand in a letter, once for each case. Effects of a plan."""
    rows = [
        SayingUse(
            id=new_id(),
            organisation_id=case.organisation_id,
            saying=saying,
            event=event_id,
            case_id=case.id,
            at=at,
        )
        for saying in library_of(case).said(said)
    ]
    return [lambda: SayingUse.objects.bulk_create(rows, ignore_conflicts=True)] if rows else []


def uncounted(event_id: UUID) -> Callable[[], object]:
    """The letter was taken back. An effect of a plan."""
    return lambda: SayingUse.objects.filter(event=event_id).delete()


def effects(organisation_id: UUID) -> Mapping[str, Effect]:
    """What each saying did, by its id. One query."""
    confirmed = Q(case__confirmed_at__isnull=False) | Q(case__rating__gt=CONTENT)
    content = confirmed & ~Q(case__rating__lte=CONTENT)
    over = Q(case__open=False)
    rows = SayingUse.objects.filter(organisation_id=organisation_id).order_by()
    found = rows.values_list("saying").annotate(
        used=Count("id"),
        ended=Count("id", filter=over),
        content=Count("id", filter=over & content),
        reopened=Count("id", filter=Q(case__round__gt=1)),
    )
    return {saying: Effect(*figures) for saying, *figures in found}
