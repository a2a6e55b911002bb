"""Who is asked to take a case over, and who answers for what went wrong (HA-10, HA-13, IM-2)."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Department, Member, Organisation, new_id


class Handover(models.Model):
    """交接: up the ladder to a person, or across to another department. Whoever has the case
    answers for it until the other accepts (IN-10); ``sheet`` is the record as it stood then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)  # up | across
    round = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField(default=0)  # of the ladder; 0 across
    cause = models.CharField(max_length=80)  # hand | clock:… | dispute | a rule with its occasion
    state = models.CharField(max_length=10, default="waiting")  # accepted returned lapsed void
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    from_member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    from_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    in_place_of = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    to_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True)  # None: told once that it is late, at the top
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    sheet = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="handover_one_waits", condition=Q(state="waiting")
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="handover_of_case"),
            models.Index(
                fields=["due_at"],
                name="handover_due",
                condition=Q(state="waiting", due_at__isnull=False),
            ),
        ]


class Responsibility(models.Model):
    """责任: for the cause, for the handling, for lateness; named, agreed or disputed, settled."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responsibilities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # cause | handling | lateness
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    clock_id = models.UUIDField(null=True)  # lateness: the clock that ran out
    reason = models.TextField()
    named_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="named")  # agreed disputed settled lifted
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ruling = models.TextField(blank=True)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="responsible_of_case"),
            models.Index(fields=["department", "-id"], name="responsible_of_department"),
            models.Index(fields=["organisation", "-id"], name="responsible_newest"),
        ]
