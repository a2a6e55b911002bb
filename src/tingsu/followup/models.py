"""Tables of the room: dossiers on their way, disposals, requests of persons. No decisions."""

from django.db import models
from django.db.models import F, Q

from tingsu.cases.models import Case, Party, Sealed, sealed_column
from tingsu.people.models import Member, Organisation, new_id


class Dossier(models.Model):
    """案卷: one PDF and one ZIP of a case, made by the worker, kept for some days (CL-2). It is a
    copy: it can be made again at any time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossiers")
    masked = models.BooleanField(default=False)  # without personal data
    language = models.CharField(max_length=10, default="zh-hans")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    version = models.PositiveIntegerField()  # of the case when it was asked for
    state = models.CharField(max_length=8, default="waiting")  # waiting making ready failed gone
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # steps
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    pdf_as = models.CharField(max_length=120, blank=True)
    pdf_size = models.PositiveBigIntegerField(default=0)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    zip_as = models.CharField(max_length=120, blank=True)
    zip_size = models.PositiveBigIntegerField(default=0)
    zip_sha256 = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    told_sealed = sealed_column()  # JSON: the timeline in the words of the page; "" once it is made

    told = Sealed()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-id"], name="dossier_of_case"),
            models.Index(
                fields=["id"], name="dossier_waiting", condition=Q(state__in=("waiting", "making"))
            ),
            models.Index(fields=["ended_at"], name="dossier_ready", condition=Q(state="ready")),
        ]


class Disposal(models.Model):
    """销毁: files whose term is over, proposed by one person and approved by another. The record
    stays when the files are gone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=10, default="proposed")  # proposed approved refused done
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # of who decided
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "refused"))
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="disposal_two_persons",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="disposal_newest"),
            models.Index(fields=["id"], name="disposal_approved", condition=Q(state="approved")),
        ]


class DisposalItem(models.Model):
    """One file of a disposal: what it was, so that the record can be read without it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=32)
    closed_at = models.DateTimeField()
    keep_until = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    entries = models.PositiveIntegerField(default=0)  # of the timeline
    files = models.PositiveIntegerField(default=0)
    chain = models.CharField(max_length=64, blank=True)  # last hash before, in hex
    done_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=200, blank=True)  # why it was left alone after all

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disposal", "case"], name="disposed_once"),
        ]


class PersonRequest(models.Model):
    """个人信息请求: a person wants their data erased, or a copy of them (PL-2)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=8)  # erase | export
    checked = models.CharField(max_length=200)  # how we know that it is they who ask
    words = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="waiting")  # waiting approved refused done
    grounds = models.JSONField(default=list)  # why it was refused: code, number, day
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    stored_as = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="person_request_two_persons",
            ),
            models.UniqueConstraint(
                fields=["party", "kind"],
                name="person_request_once",
                condition=Q(state__in=("waiting", "approved")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at", "id"],
                name="person_request_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["organisation", "-id"], name="person_request_newest"),
            models.Index(
                fields=["id"], name="person_request_approved", condition=Q(state="approved")
            ),
        ]
