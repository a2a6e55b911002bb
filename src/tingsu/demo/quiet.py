"""Cases of a house that nobody has touched for a while, so that something can still be done on
them before the story stops. Reads rows."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max

from tingsu.cases.models import Case, Event
from tingsu.people.actor import Actor
from tingsu.people.models import Organisation

AGO = timedelta(hours=2)


def quiet(house: Organisation, at: datetime, *states: str, ago: timedelta = AGO) -> Iterator[Case]:
    """Open ones with an owner, those of the house's own pack first."""
    rows = Case.objects.filter(
        organisation=house, open=True, owner__isnull=False, state__in=states, handed_up__isnull=True
    )
    rows = rows.annotate(last=Max("events__at")).filter(last__lt=at - ago)
    found = list(rows.select_related("party", "owner").order_by("number"))
    return iter(sorted(found, key=lambda case: case.pack != house.pack))


def owner_of(case: Case) -> Actor:
    return Actor("member", case.owner_id)


def last_of(case: Case) -> datetime:
    """When the case was last written to."""
    at: datetime = Event.objects.filter(case=case).order_by("-seq").values_list("at", flat=True)[0]
    return at
