"""A letter to the customer: checked before it leaves (CO-2), it waits fifteen seconds and can be
taken back (HA-12, ui.md 5)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from tingsu.cases._clocks import ended_by, spoken_with
from tingsu.cases._guided import mood_first
from tingsu.cases._letters import letter_row
from tingsu.cases._machine import signed
from tingsu.cases._moves import moving
from tingsu.cases._rules import only_open, seen_to, text_of
from tingsu.cases._wording import overridden
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Letter
from tingsu.cases.sayings import counted, uncounted
from tingsu.core.lifecycle import Move, State
from tingsu.people.actor import Actor

KINDS = ("interim", "final")


def reply(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    text: str,
    kind: str = "interim",
    subject: str = "",
    channel: str = "",
    override: str = "",
    expected: int | None = None,
    key: str | None = None,
) -> Written:
    """Write to the customer. kind "final" is the answer: it asks the customer to confirm.
    override: why words that hurt, or another name or number, must stay. Raises Invalid at
    ``override`` when there are such words and no reason."""
    said = text_of(text, "text", ask=_("回复还空着。"))
    if kind not in KINDS:
        raise Invalid({"kind": _("请选择这封回复是阶段答复还是处理结果。")})

    said, drafted = signed(case, said)

    def plan(case: Case) -> Plan:
        only_open(case)
        if kind == "final":
            mood_first(case, by, field="text", saying=said)
        entry = Entry("replied", said, {"kind": kind, **drafted}, public=True)
        letter = _letter(case, entry, at, subject=subject, channel=channel)
        more = overridden(case, said, kind, channel, override)
        told: dict[str, object] = {**spoken_with(case, at), **seen_to(case, at)}
        effects = counted(case, said, entry.id, at)
        if kind == "final":
            effects += ended_by(case, "replied", at=at)
        if kind == "final" and case.state != State.CONFIRMING:
            step = moving(case, Move.ASK_CONFIRM, at)
            entries = (entry, *more, step.entry)
            return step.plan(*entries, rows=[letter], effects=effects, **told)
        return Plan([entry, *more], told, [letter], effects)

    return write(case, by, at, plan, expected=expected, key=key)


def _letter(case: Case, entry: Entry, at: datetime, *, subject: str, channel: str) -> Letter:
    letter = letter_row(
        case,
        case.party,
        kind=entry.data["kind"],
        subject=subject or _("关于您的投诉 %(number)s") % {"number": case.number},
        body=entry.text,
        event_id=entry.id,
        send_after=at + timedelta(seconds=settings.SEND_DELAY_SECONDS),
        channel=channel,
    )
    entry.data["letter"] = str(letter.id)
    return letter


def take_back(
    case: Case, by: Actor, at: datetime, *, letter_id: UUID, key: str | None = None
) -> tuple[Written, str]:
    """Stop a letter that has not left yet; returns its text for the form. Raises Refusal when it
    has left."""
    body: list[str] = []

    def plan(case: Case) -> Plan:
        letter = Letter.objects.filter(case_id=case.id, id=letter_id).first()
        if letter is None or letter.state != "waiting" or letter.claimed_until is not None:
            raise Refusal(_("这封信已经发出，来不及撤回了。可以再发一封更正。"), code="sent")
        body[:] = [letter.body]
        return Plan(
            [Entry("letter_taken_back", data={"letter": str(letter_id)}, public=False)],
            _back(case) if letter.kind == "final" else {},
            effects=[lambda: _stop(letter), uncounted(letter.event_id)],
        )

    written = write(case, by, at, plan, key=key)
    return written, body[0] if body else ""


def _stop(letter: Letter) -> None:
    """Compare-and-set against the worker, which may claim the letter at this very moment."""
    waiting = Letter.objects.filter(id=letter.id, state="waiting", claimed_until__isnull=True)
    if not waiting.update(state="taken_back"):
        raise Refusal(_("这封信已经发出，来不及撤回了。可以再发一封更正。"), code="sent")


def _back(case: Case) -> dict[str, object]:
    """A final answer taken back also takes back the question for confirmation."""
    if case.state != State.CONFIRMING:
        return {}
    last = (
        case.events.filter(kind="moved", data__move=Move.ASK_CONFIRM.value).order_by("seq").last()
    )
    return {"state": last.data["from"]} if last else {}
