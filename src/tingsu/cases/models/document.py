"""文书: papers of a case, how they were served, and an organisation's own wording (HA-18)."""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.cases.models.timeline import Attachment
from tingsu.people.models import Member, Organisation, new_id


class Document(models.Model):
    """One paper. It has a number from the moment it is issued, and keeps it when it is void."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    round = models.PositiveSmallIntegerField(default=1)  # of the case, when it was begun
    kind = models.CharField(max_length=40)  # of the case's pack
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="draft")  # draft issued void dropped
    title = models.CharField(max_length=120)
    typed_sealed = sealed_column()  # JSON: field -> what was typed over the case's own value
    paper_sealed = sealed_column()  # JSON: the paper as it was issued
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    word = models.CharField(max_length=12, blank=True)  # whose register it is numbered in
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=24, null=True, unique=True)  # for the public to check it
    issued_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=120, blank=True)

    voided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=400, blank=True)

    typed = Sealed()
    paper = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "word", "sequence"],
                name="document_number_once",
                condition=Q(sequence__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "dropped"), sequence__isnull=True)
                | Q(state__in=("issued", "void"), sequence__isnull=False),
                name="document_issued_has_number",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="document_of_case")]


class Serving(models.Model):
    """送达: how, when and to whom a paper was served, and what proves it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="servings")
    to = models.CharField(max_length=12)  # complainant | respondent | unit
    way = models.CharField(max_length=12)  # portal mail letter hand public
    at = models.DateTimeField()
    receiver_sealed = sealed_column()  # who took it
    note = models.CharField(max_length=200, blank=True)
    proof = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    receiver = Sealed()

    class Meta:
        indexes = [models.Index(fields=["document", "id"], name="serving_of_document")]


class DocumentWording(models.Model):
    """What an organisation says instead of its pack, for one paper in one language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=24)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    body = models.TextField()
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "pack", "kind", "language"], name="wording_once"
            ),
        ]
