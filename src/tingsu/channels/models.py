"""Tables of the channels: imports, their refused rows, remembered mappings. No decisions."""

from django.db import models
from django.db.models import Q

from tingsu.people.models import Member, Organisation, new_id


class ImportJob(models.Model):
    """导入: one file on its way in. ``position`` moves in the transaction that makes the cases, so
    that a killed worker neither repeats nor skips a row (IN-11)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)  # as the file was called
    kind = models.CharField(max_length=8)  # csv xlsx jsonl
    stored_as = models.CharField(max_length=200, blank=True)  # "" once the file is deleted
    size = models.BigIntegerField()
    encoding = models.CharField(max_length=16, blank=True)
    notes = models.JSONField(default=list)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # header -> field, "" left out
    options = models.JSONField(default=dict)  # pack, queue, day_first, language

    state = models.CharField(max_length=10, default="draft")  # draft ready done stopped failed
    failure = models.CharField(max_length=400, blank=True)
    total = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)  # records read
    made = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    busy_ms = models.BigIntegerField(default=0)  # time spent on it, for the rate
    first_case = models.UUIDField(null=True)  # ids are time-ordered: the cases lie between
    last_case = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-id"], name="import_newest"),
            models.Index(fields=["id"], name="import_ready", condition=Q(state="ready")),
        ]


class ImportRefusal(models.Model):
    """A record that did not come in. Its values stay in the file alone (PL-2)."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="refusals")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "row"], name="refusal_once")]


class ImportMapping(models.Model):
    """How an organisation reads files with these headings; found again by them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    headers_key = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "headers_key"], name="mapping_of_headers"
            ),
        ]
