"""The ledger: for each subscription one row for each entry, sent until it is there or dead.

Ids of entries are time-ordered but not in the order of commits: each look begins a little before
where the last one ended, and the unique key of the row keeps what was written down already.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import ModuleType
from uuid import UUID

from django.db.models import Exists, OuterRef

from tingsu.cases.models import Event
from tingsu.cases.taking_turns import politely
from tingsu.channels import dingtalk
from tingsu.channels.models import Delivery, Subscription
from tingsu.channels.outgoing import Unreachable
from tingsu.channels.webhook import posting
from tingsu.people.models import new_id

WAYS: Mapping[str, ModuleType] = {"webhook": posting, "dingtalk": dingtalk}
OVERLAP = timedelta(minutes=5)  # no transaction lasts longer
PAUSES = (1, 5, 15, 60, 240, 720, 1440)  # minutes between attempts, growing
CLAIM = timedelta(minutes=2)
BATCH = 500


def sweep(at: datetime) -> bool:
    """Write down what is new, send what is due; whether there was anything."""
    found = False
    for row in Subscription.objects.filter(active=True):
        found = note(row, at) or found
    return send(at) or found


def note(row: Subscription, at: datetime) -> bool:
    """A waiting row for each entry since the last look."""
    # UUIDv7 begins with the time: the same cut, a little earlier.
    floor = UUID(int=max(row.read_until.int - (int(OVERLAP.total_seconds() * 1000) << 80), 0))
    known = Delivery.objects.filter(subscription=row, event_id=OuterRef("pk"))
    events = Event.objects.filter(id__gt=floor, case__organisation_id=row.organisation_id)
    if row.wanted:
        events = events.filter(kind__in=row.wanted)
    ids = list(events.exclude(Exists(known)).order_by("id").values_list("id", flat=True)[:BATCH])
    if not ids:
        return False
    Delivery.objects.bulk_create(
        [
            Delivery(id=new_id(), subscription=row, event_id=one, next_at=at, made_at=at)
            for one in ids
        ],
        ignore_conflicts=True,
    )
    newest = max(ids[-1], row.read_until)
    Subscription.objects.filter(id=row.id, read_until__lt=newest).update(read_until=newest)
    return True


def send(at: datetime, most: int = 50) -> bool:
    """Send what is due. A killed worker's claim runs out, and the row is sent again."""
    due = Delivery.objects.filter(state="waiting", next_at__lte=at, subscription__active=True)
    rows = list(due.select_related("subscription").order_by("next_at", "id")[:most])
    silent: set[UUID] = set()
    for row in politely(rows):
        if row.subscription_id in silent:
            continue
        mine = Delivery.objects.filter(id=row.id, state="waiting", next_at=row.next_at)
        if mine.update(next_at=at + CLAIM) and not _sent(row, at):
            silent.add(row.subscription_id)
            _rest(row, at)
    return bool(rows)


def replay(row: Delivery, at: datetime) -> bool:
    """A dead one is tried again from the beginning."""
    dead = Delivery.objects.filter(id=row.id, state="dead")
    return bool(dead.update(state="waiting", attempts=0, next_at=at, error=""))


def _rest(row: Delivery, at: datetime) -> None:
    """The others for an address that does not answer wait too: letters must not wait for it."""
    pause = timedelta(minutes=PAUSES[min(row.attempts, len(PAUSES) - 1)])
    due = Delivery.objects.filter(
        subscription_id=row.subscription_id, state="waiting", next_at__lte=at
    )
    due.update(next_at=at + pause)


def _sent(row: Delivery, at: datetime) -> bool:
    """False when the address did not answer as it should."""
    event = Event.objects.select_related("case").filter(id=row.event_id).first()
    mine = Delivery.objects.filter(id=row.id, state="waiting")
    if event is None:
        mine.update(state="dead", error="gone")
        return True
    try:
        WAYS[row.subscription.kind].send(row.subscription, event, at)
    except (Unreachable, ValueError) as problem:
        _later(row, at, str(problem) or type(problem).__name__)
        return False
    mine.update(state="sent", sent_at=at, error="", attempts=row.attempts + 1)
    return True


def _later(row: Delivery, at: datetime, error: str) -> None:
    attempt = row.attempts + 1
    told = {"attempts": attempt, "error": error[:120]}
    mine = Delivery.objects.filter(id=row.id, state="waiting")
    if attempt > len(PAUSES):
        mine.update(state="dead", **told)
    else:
        mine.update(next_at=at + timedelta(minutes=PAUSES[attempt - 1]), **told)
