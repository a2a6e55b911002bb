"""Complainants, the watch list, and who looked at personal data (IN-2, SC-7, PL-2)."""

from django.db import models

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.people.models import Member, Organisation, new_id


class Party(models.Model):
    """当事人. Personal values are encrypted; phone and mail are found by blind index."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default="person")  # person | company
    name_sealed = sealed_column()
    phone_sealed = sealed_column()
    email_sealed = sealed_column()
    address_sealed = sealed_column()
    phone_index = models.CharField(max_length=64, blank=True)
    email_index = models.CharField(max_length=64, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    nationality = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    preferred_channel = models.CharField(max_length=12, blank=True)
    preferred_time = models.CharField(max_length=60, blank=True)
    needs = models.CharField(max_length=200, blank=True)  # what a vulnerable customer needs
    need_kinds = models.JSONField(default=list)  # elderly, disability … as the pack names them
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    name = Sealed()
    phone = Sealed()
    email = Sealed()
    address = Sealed()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "phone_index"],
                name="party_by_phone",
                condition=~models.Q(phone_index=""),
            ),
            models.Index(
                fields=["organisation", "email_index"],
                name="party_by_email",
                condition=~models.Q(email_index=""),
            ),
            models.Index(fields=["organisation", "-id"], name="party_newest"),
        ]


class WatchEntry(models.Model):
    """关注名单. Shown beside a case; never blocks a complaint from being heard (SC-7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="watch_entries")
    kind = models.CharField(max_length=20)  # unpaid | harassment | vexatious | other
    reason = models.CharField(max_length=400)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("proposed_by")),
                name="watch_two_persons",
            )
        ]


class Look(models.Model):
    """查看记录: somebody saw personal data in full. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="looks")
    case_id = models.UUIDField(null=True)
    fields = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="look_newest")]
