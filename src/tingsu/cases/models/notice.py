"""放假通知: holiday notices that an organisation takes in, and the clocks that they move."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Member, Organisation, new_id


class CalendarNotice(models.Model):
    """A notice on its way: counted first, shown, applied by a person, and kept as the record of
    it. The work is found by ``state`` and goes on behind ``cursor`` when it was broken off."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    calendar = models.CharField(max_length=24)  # of packs/calendars
    years = models.JSONField(default=list)
    source = models.CharField(max_length=400)
    text = models.TextField()
    since = models.DateTimeField()  # no clock that is due before is touched

    state = models.CharField(max_length=10)  # counting shown applying done dropped
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    total = models.PositiveIntegerField(null=True)  # clocks to look at in this pass
    position = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True)
    busy_ms = models.BigIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    moved = models.PositiveIntegerField(default=0)  # clocks that end on another day
    summary = models.JSONField(default=dict)  # rule -> [clocks that end later, earlier]
    settled = models.PositiveIntegerField(default=0)  # same day, no longer provisional

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-id"], name="notice_newest"),
            models.Index(
                fields=["id"],
                name="notice_waiting",
                condition=Q(state__in=("counting", "applying")),
            ),
        ]


class ClockMove(models.Model):
    """A clock that a notice moves: from when to when. Shown before, kept after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(CalendarNotice, on_delete=models.CASCADE, related_name="moves")
    clock_id = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    was = models.DateTimeField()
    due = models.DateTimeField()
    applied = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "clock_id"], name="move_of_clock_once"),
        ]
        indexes = [models.Index(fields=["notice", "id"], name="move_of_notice")]
