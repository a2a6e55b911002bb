"""Tables of the channels: imports, their refused rows, remembered mappings. No decisions."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models import Sealed, sealed_column
from tingsu.people.models import Department, Member, Organisation, new_id


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


class Mailbox(models.Model):
    """收信邮箱: an address of the organisation and, for IMAP, where it lies. ``last_uid`` under
    ``uid_validity`` is the ledger: what was read is never told by a flag on the server (IN-4)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254, unique=True)  # small letters
    kind = models.CharField(max_length=4)  # imap | smtp
    queue = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    active = models.BooleanField(default=True)
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, default="tls")  # tls | starttls | none
    account = models.CharField(max_length=254, blank=True)
    password_sealed = sealed_column()
    folder = models.CharField(max_length=200, default="INBOX")
    starts_on = models.DateField()  # older mail is left where it lies
    answers_from = models.DateTimeField(null=True)  # nothing is sent before a person confirmed
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    password = Sealed()


class ReceivedMail(models.Model):
    """来信: the bytes as they came, kept before anybody looks into them. Reading is a later step
    that can be repeated; the hash keeps the same mail from coming in twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=120)  # smtp 10.0.0.1 | imap 1700000000:42
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    raw_sealed = models.BinaryField(editable=False)
    stored_at = models.DateTimeField()

    state = models.CharField(max_length=10, default="stored")  # stored taken kept quarantine
    cause = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=400, blank=True)
    sort = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=1000, blank=True)
    sender_index = models.CharField(max_length=64, blank=True)
    case_id = models.UUIDField(null=True)
    answered = models.BooleanField(default=False)  # an acknowledgement was written
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "sha256"], name="mail_once")]
        indexes = [
            models.Index(fields=["id"], name="mail_stored", condition=Q(state="stored")),
            models.Index(fields=["organisation", "state", "-id"], name="mail_by_state"),
            models.Index(
                fields=["organisation", "message_id"],
                name="mail_by_message_id",
                condition=~Q(message_id=""),
            ),
            models.Index(
                fields=["organisation", "sender_index", "stored_at"], name="mail_by_sender"
            ),
            models.Index(
                fields=["organisation", "stored_at"],
                name="mail_answered",
                condition=Q(answered=True),
            ),
        ]


class Subscription(models.Model):
    """订阅: an address outside that is told what happens (webhook), or a robot in a group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # webhook | dingtalk
    name = models.CharField(max_length=60)
    url_sealed = sealed_column()  # a robot's address opens its group
    secret_sealed = sealed_column()
    wanted = models.JSONField(default=list)  # kinds of entries; none: all
    with_text = models.BooleanField(default=False)  # words, which can hold personal data
    active = models.BooleanField(default=True)
    read_until = models.UUIDField()  # the last entry that was looked at; ids are time-ordered
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    url = Sealed()
    secret = Sealed()


class Delivery(models.Model):
    """One entry for one subscription: exactly one row, sent at least once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    event_id = models.UUIDField()
    state = models.CharField(max_length=8, default="waiting")  # waiting sent dead
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "event_id"], name="delivery_once")
        ]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(
                fields=["subscription", "-id"], name="delivery_dead", condition=Q(state="dead")
            ),
        ]


class Account(models.Model):
    """接入: a channel outside that calls us: a telephone system, an SMS gateway, WeChat, WeCom."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # a folder of channels
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=40, unique=True)  # in the address that the vendor calls
    secrets_sealed = sealed_column()  # JSON, by the names that the channel asks for
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    secrets = Sealed()


class ReceivedMessage(models.Model):
    """来讯: a message as it came, kept before anybody looks into it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="messages")
    sha256 = models.CharField(max_length=64)
    raw_sealed = models.BinaryField()
    stored_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="new")
    # new case added twin call; waiting for a person; put aside by one
    vendor_id = models.CharField(max_length=80, null=True)
    sender_index = models.CharField(max_length=64, blank=True)
    sender_sealed = sealed_column()
    case_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=40, blank=True)  # why a person must look

    sender = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="message_bytes_once"),
            models.UniqueConstraint(fields=["account", "vendor_id"], name="message_once"),
        ]
        indexes = [
            models.Index(fields=["id"], name="message_new", condition=Q(state="new")),
            models.Index(
                fields=["organisation", "-id"],
                name="message_unread",
                condition=Q(state="waiting"),
            ),
            models.Index(
                fields=["account", "sender_index", "-id"],
                name="message_of_sender",
                condition=~Q(sender_index=""),
            ),
            models.Index(
                fields=["case_id"], name="message_of_case", condition=Q(case_id__isnull=False)
            ),
        ]


class Call(models.Model):
    """来电: what the telephone system says of one call, for the member whose extension it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="calls")
    vendor_id = models.CharField(max_length=80)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10)  # ringing answered ended
    number_sealed = sealed_column()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    recording = models.CharField(max_length=300, blank=True)

    number = Sealed()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "vendor_id"], name="call_once")]
        indexes = [
            models.Index(
                fields=["member", "-began_at"], name="call_now", condition=~Q(state="ended")
            )
        ]


class LanguageModel(models.Model):
    """语言模型: the endpoint that an organisation asks, and how much (PL-8). Without a row, or
    with ``active`` off, nothing is ever asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=False)
    url = models.CharField(max_length=400)
    name = models.CharField(max_length=120)  # of the model, as its vendor calls it
    key_sealed = sealed_column()
    listener = models.CharField(max_length=120, blank=True)  # model for recordings; "" for none
    per_day = models.PositiveIntegerField()
    per_month = models.PositiveIntegerField()
    seconds = models.PositiveSmallIntegerField()
    trouble = models.CharField(max_length=40, blank=True)  # of the last answer; "" once one came
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    key = Sealed()
