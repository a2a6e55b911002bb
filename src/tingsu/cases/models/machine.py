"""What a language model wrote for a case (PL-8). Always marked wherever it is shown."""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.cases.models.timeline import Attachment
from tingsu.people.models import Member, Organisation, new_id


class MachineText(models.Model):
    """机器写的: asked for by a person, written by a model, and what became of it. The row counts
    against the budget and stays as a record; its text goes after a month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="machine_texts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # draft summary transcript
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8)  # asked waiting running done failed
    text_sealed = sealed_column()
    error = models.CharField(max_length=20, blank=True)
    tokens = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    text = Sealed()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "asked_at"], name="machine_budget"),
            models.Index(
                fields=["asked_at"],
                name="machine_waiting",
                condition=Q(state__in=("asked", "waiting", "running")),
            ),
        ]
