"""What an import made: found by its keys and by the span of its ids. Writes nothing."""

from collections.abc import Sequence
from uuid import UUID

from tingsu.cases.models import Case
from tingsu.cases.queries.access import reached
from tingsu.people.permission import Who


def received_before(organisation_id: UUID, keys: Sequence[str]) -> frozenset[str]:
    """Those keys under which the organisation has a case already."""
    seen = Case.objects.filter(organisation_id=organisation_id, intake_key__in=keys)
    return frozenset(key for key in seen.values_list("intake_key", flat=True) if key)


def made_between(who: Who, first: UUID, last: UUID, most: int = 20) -> list[Case]:
    """The newest cases of an import that the member reaches. Ids are time-ordered, so that those
    of one import lie in one span."""
    rows = reached(who).filter(id__gte=first, id__lte=last, intake_key__startswith="file:")
    return list(rows.order_by("-id")[:most])
