"""What a case still owes: clocks, promises, tasks; and its links to other cases."""

from django.db import models
from django.db.models import F, Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Department, Member, Organisation, new_id


class Clock(models.Model):
    """时限. Keeps its rule, explanation and pack version: a new pack never moves it (HA-14)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    pack_version = models.CharField(max_length=16)
    state = models.CharField(max_length=12, default="running")  # running paused met breached void
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    pause_cause = models.CharField(max_length=120, blank=True)
    late = models.BooleanField(default=False)  # breached once, even when met later
    provisional = models.BooleanField(default=False)
    breach_done = models.PositiveSmallIntegerField(default=0)  # steps taken since it ran out
    breach_next = models.DateTimeField(null=True)  # the hour of the next one
    explanation = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="clock_of_case"),
            models.Index(fields=["due_at"], name="clock_due", condition=Q(state="running")),
            models.Index(
                fields=["warn_at"],
                name="clock_warn",
                condition=Q(state="running", warned_at__isnull=True),
            ),
            models.Index(
                fields=["breach_next"],
                name="clock_overdue",
                condition=Q(state="breached", breach_next__isnull=False),
            ),
        ]


class Promise(models.Model):
    """承诺. A content, a due time, an outcome (HA-7). A moved promise points to the next one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    # Without a house only in rows that are older than this column.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    content = models.CharField(max_length=400)
    due_at = models.DateTimeField()
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="due")  # due kept broken moved void
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    moved_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # Who agreed to what is beyond the authority of the one who promised.
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    reminded = models.PositiveSmallIntegerField(default=0)  # reminders given
    remind_at = models.DateTimeField(null=True)  # the hour of the next one

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="promise_of_case"),
            models.Index(fields=["due_at"], name="promise_due", condition=Q(state="due")),
            models.Index(
                fields=["organisation", "due_at", "id"],
                name="promise_of_house",
                condition=Q(state="due"),
            ),
            models.Index(
                fields=["remind_at"],
                name="promise_remind",
                condition=Q(state="due", remind_at__isnull=False),
            ),
            models.Index(
                fields=["made_by", "due_at"], name="promise_own", condition=Q(state="due")
            ),
        ]


class PromiseFigure(models.Model):
    """How promises ended, summed up as they end: one row for a day, a person, a department and a
    pack, so that a share costs the same at any number of promises (HA-7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()  # local day of the end
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=24)
    kept = models.PositiveIntegerField(default=0)  # in time
    late = models.PositiveIntegerField(default=0)  # kept or moved after the time was over
    broken = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)  # in time, to another time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day", "member", "department", "pack"],
                name="promise_figure_once",
            ),
        ]


class Task(models.Model):
    """协办任务: asked of a department or a person, answered, returned or accepted (HA-13)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.TextField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open answered declined accepted void
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)
    redirected = models.PositiveSmallIntegerField(default=0)  # how often it went on to another
    remind_at = models.DateTimeField(null=True)  # the next reminder; None after the last
    reminded = models.PositiveSmallIntegerField(default=0)
    # A clock or promise that ran out, because of which it was asked; void once that is settled.
    clock_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="task_of_case"),
            models.Index(
                fields=["department", "due_at"], name="task_open", condition=Q(state="open")
            ),
            models.Index(
                fields=["assignee", "due_at", "id"],
                name="task_of_person",
                condition=Q(state="open", assignee__isnull=False),
            ),
            models.Index(
                fields=["asked_by", "due_at", "id"],
                name="task_asked_by",
                condition=Q(state__in=("open", "answered", "declined"), asked_by__isnull=False),
            ),
            models.Index(
                fields=["remind_at"],
                name="task_remind",
                condition=Q(state="open", remind_at__isnull=False),
            ),
        ]


class Link(models.Model):
    """关联. A merge is a link too, and every link can be opened again (IN-8)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_back")
    kind = models.CharField(max_length=10)  # related | repeat | merged
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="link_not_to_itself"),
            models.UniqueConstraint(
                fields=["case", "other"], name="link_once", condition=Q(undone_at__isnull=True)
            ),
        ]
