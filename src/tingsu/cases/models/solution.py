"""预案: what once helped, written down without the people in it, and how it did since (IM-5)."""

from django.db import models
from django.db.models import F, Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Member, Organisation, new_id


class Solution(models.Model):
    """One article, out of one case. Personal data is masked before it is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="articles")
    pack = models.CharField(max_length=24)
    category = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    situation = models.TextField()
    cause = models.TextField(blank=True)
    worked = models.TextField()
    wording = models.TextField(blank=True)
    cost = models.BigIntegerField(null=True)  # fen
    state = models.CharField(max_length=10, default="proposed")
    # proposed | released | returned (with why) | withdrawn
    note = models.CharField(max_length=400, blank=True)  # why it was returned or withdrawn
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    released_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    # Running figures of ``SolutionUse``.
    used = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)
    dissatisfied = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="solution_of_case_once",
                condition=~Q(state="withdrawn"),
            ),
            # Two pairs of eyes, whoever writes to this table.
            models.CheckConstraint(
                condition=~Q(state="released")
                | (Q(released_by__isnull=False) & ~Q(released_by=F("written_by"))),
                name="solution_released_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "-id"], name="solution_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class SolutionUse(models.Model):
    """It was used on a case, and how that case ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="uses")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=14, blank=True)
    # "" while the case runs | satisfied | dissatisfied | reopened | unsaid

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["solution", "case"], name="solution_use_once"),
        ]
        indexes = [
            models.Index(fields=["case"], name="solution_use_of_case"),
            models.Index(fields=["solution", "result"], name="solution_use_result"),
        ]


class SayingUse(models.Model):
    """A saying of the wording library stood in a letter of a case (CO-5). Its effect is how the
    case ended. ``saying`` is its id in the library, or that of the organisation's own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    saying = models.CharField(max_length=64)
    event = models.UUIDField()  # of the letter
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "saying"], name="saying_use_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "saying"], name="saying_use_of_house"),
        ]
