"""After the end: call-backs (FU-1), the archive register and what disposal leaves behind (CL-2)."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Member, Organisation, new_id


class CallBack(models.Model):
    """回访: one call of the plan, or one that somebody added. Keeps its own words: a new pack
    never moves it. ``planned_at`` is the date of the plan, ``due_at`` that of the next try."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="callbacks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    rule = models.CharField(max_length=40, blank=True)  # of the pack; "" for one added by hand
    labels = models.JSONField(default=dict)
    post = models.JSONField(default=dict)  # who should call, in words; {} for the owner
    caller = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)  # the timeline was told that it is late
    state = models.CharField(max_length=8, default="due")  # due done void
    result = models.CharField(max_length=16, blank=True)  # core.callback.RESULTS
    led_to = models.CharField(max_length=8, blank=True)  # reopened | task | ended
    answer = models.TextField(blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "due_at"], name="callback_of_case"),
            models.Index(
                fields=["caller", "due_at", "id"], name="callback_own", condition=Q(state="due")
            ),
            models.Index(
                fields=["organisation", "due_at", "id"],
                name="callback_due",
                condition=Q(state="due"),
            ),
            models.Index(
                fields=["due_at"],
                name="callback_late",
                condition=Q(state="due", warned_at__isnull=True),
            ),
        ]


class ArchiveEntry(models.Model):
    """档案登记: where a file lies and how long it is kept. One in force for each case; a reopened
    case gets a new one when it is put away again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="archive_entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=32)
    round = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField()
    archived_at = models.DateTimeField()
    archived_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    keep_until = models.DateField(null=True)  # null: no rule says how long
    rule = models.JSONField(default=dict)  # n, unit, since, source, house, review
    place = models.CharField(max_length=120, blank=True)  # of the paper file
    hold = models.CharField(max_length=400, blank=True)  # why it must not be disposed of
    held_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="kept")  # kept reopened disposed
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="archived_once", condition=Q(state="kept")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="archive_newest"),
            models.Index(
                fields=["organisation", "keep_until", "id"],
                name="archive_due",
                condition=Q(state="kept", held_at__isnull=True, keep_until__isnull=False),
            ),
        ]


class Leftover(models.Model):
    """Bytes of an erased file that still lie in the storage. The worker finds the row, looks
    whether anybody else holds the same bytes, and takes them away."""

    path = models.CharField(max_length=120, primary_key=True)
    since = models.DateTimeField()
