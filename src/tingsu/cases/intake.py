"""What comes in, before it is a case: plain values, cleaned and checked. Touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.core.channels import Channel, missing
from tingsu.core.text import clean, is_blank

# In characters. Long enough for the longest letters we have seen (IN-11 data: 10,500).
LIMITS: Mapping[str, int] = {
    "title": 200,
    "narrative": 20_000,
    "request": 5_000,
    "reasons": 5_000,
    "name": 60,
    "phone": 40,
    "email": 120,
    "address": 200,
    "postcode": 12,
    "nationality": 40,
    "happened_where": 200,
    "respondent_unit": 120,
    "respondent_place": 200,
    "respondent_person": 60,
    "product": 120,
    "order_number": 80,
    "contract_number": 80,
    "source_ref": 120,
    "preferred_time": 60,
    "needs": 200,
    "restated": 5_000,
    "reply": 20_000,
    "promise": 400,
    "intake_key": 80,
}
FACT_LIMIT = 400  # of one fact that a channel asks for
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Intake:
    """A complaint as it was told (IN-2). Strings are "" where nothing is known; ``amount`` is in
    fen; instants are aware."""

    channel: str
    narrative: str
    title: str = ""
    request: str = ""
    reasons: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    sex: str = ""
    nationality: str = ""
    party_kind: str = "person"
    preferred_channel: str = ""
    preferred_time: str = ""
    needs: str = ""
    language: str = "zh-hans"
    happened_at: datetime | None = None
    happened_where: str = ""
    respondent_unit: str = ""
    respondent_place: str = ""
    respondent_person: str = ""
    product: str = ""
    order_number: str = ""
    contract_number: str = ""
    amount: int | None = None
    pack: str = ""
    category: str = ""
    variants: tuple[str, ...] = ()  # circumstances that the pack knows; others are passed over
    nature: str = "questioning"
    severity: str = "ordinary"
    anger: int | None = None
    source_ref: str = ""
    restated: str = ""  # the agent's own-words summary, when the customer agreed to it (HA-3)
    promise: str = ""
    promise_due: datetime | None = None
    channel_facts: Mapping[str, str] = field(default_factory=dict)
    intake_key: str | None = None
    received_at: datetime | None = None  # when it came in, if that was earlier than now
    reply: str = ""  # of an old record: what it was answered,
    closed_at: datetime | None = None  # and when it was over


class Checked(Intake):
    """An intake that has been cleaned and found in order."""


def checked(intake: Intake, now: datetime) -> Checked:
    """The intake with every text cleaned and a title. Raises Invalid, a sentence per field."""
    if isinstance(intake, Checked):
        return intake
    texts = {
        name: clean(value).strip() if value else ""
        for name in LIMITS
        if isinstance(value := getattr(intake, name), str)
    }
    problems = _too_long(texts) | _required(intake, texts) | _dates(intake, now)
    if problems:
        raise Invalid(problems)
    texts["title"] = texts["title"] or _title_from(texts["narrative"] or texts["request"])
    facts = {key: clean(value) for key, value in intake.channel_facts.items()}
    return Checked(**(vars(intake) | texts | {"channel_facts": facts}))


def _too_long(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        name: _("最多 %(limit)s 字，现在是 %(length)s 字。请删减，或把其余部分放进附件。")
        % {"limit": f"{LIMITS[name]:,}", "length": f"{len(value):,}"}
        for name, value in texts.items()
        if len(value) > LIMITS[name]
    }


def _required(intake: Intake, texts: Mapping[str, str]) -> dict[str, str]:
    problems = {}
    if is_blank(texts["narrative"] + texts["request"]):
        problems["narrative"] = _("请写下发生了什么，一句话也可以。")
    if intake.channel not in set(Channel):
        return problems | {"channel": _("请选择渠道。")}
    for code, value in intake.channel_facts.items():
        if len(value) > FACT_LIMIT:
            words = _("最多 %(limit)s 字，现在是 %(length)s 字。请删减，或把其余部分放进附件。")
            problems[code] = words % {"limit": FACT_LIMIT, "length": f"{len(value):,}"}
    for code in missing(Channel(intake.channel), intake.channel_facts):
        problems[code] = _("这个渠道需要这一项。")
    if intake.promise and not intake.promise_due:
        problems["promise_due"] = _("承诺要有时间，请写明什么时候做到。")
    if intake.amount is not None and intake.amount < 0:
        problems["amount"] = _("金额不能小于零。")
    return problems


def _dates(intake: Intake, now: datetime) -> dict[str, str]:
    problems = {}
    soon = now + timedelta(minutes=5)  # clocks of other machines may run ahead a little
    for name in ("happened_at", "received_at", "closed_at"):
        value = getattr(intake, name)
        if value and value > soon:
            problems[name] = _("这个时间还没到，请核对。")
        elif value and value < EARLIEST:
            problems[name] = _("这个时间太早了（1990 年以前），请核对。")
    if intake.closed_at and intake.closed_at < (intake.received_at or now):
        problems["closed_at"] = _("办结时间早于收到时间，请核对。")
    due = intake.promise_due
    if due and due < now - timedelta(minutes=5) and not intake.received_at:
        problems["promise_due"] = _("承诺的时间已经过去，请改成将来的时间。")
    elif due and due > now + timedelta(days=366):
        problems["promise_due"] = _("承诺的时间在一年以后，请核对。")
    return problems


def _title_from(text: str) -> str:
    """The first sentence, at most 40 characters."""
    first = text.strip().splitlines()[0].strip() if text.strip() else ""
    for mark in "。！？!?；;":
        first = first.split(mark)[0] or first
    return first if len(first) <= 40 else f"{first[:39]}…"
