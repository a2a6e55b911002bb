"""Asking a language model: a person asks, a row waits, the worker answers beside its other work.

While the other side thinks no transaction and no connection is held. What comes back is a text in
the row and nothing else: it moves no case, sends no letter, follows no address.
"""

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tingsu.cases._files import opened
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Attachment, Case, MachineText
from tingsu.channels.llm import connecting, prompts
from tingsu.channels.llm.endpoint import MOST_RECORDING, Endpoint, Said, chat, transcribe
from tingsu.channels.models import LanguageModel
from tingsu.channels.outgoing import Unreachable
from tingsu.core.veil import Veil
from tingsu.people.models import new_id
from tingsu.people.permission import NotThere, Who

log = logging.getLogger(__name__)
KINDS = ("draft", "summary", "transcript")
OPEN = ("asked", "waiting", "running")
STALE = timedelta(minutes=10)  # nobody waits any longer
LASTS = timedelta(days=30)  # for which a text is kept
AT_ONCE = 4  # answered at the same time by one worker
SOUNDS = ("audio/", "video/")


@dataclass(frozen=True)
class Job:
    """All that is needed to ask, read beforehand."""

    row_id: UUID
    at: Endpoint
    messages: tuple[dict[str, str], ...] = ()
    recording: tuple[str, bytes] | None = None
    veil: Veil = field(default_factory=Veil)


def ask(
    who: Who, case: Case, kind: str, at: datetime, *, file_id: UUID | None = None
) -> MachineText:
    """Put a question; one that still waits is not put twice. Raises Refusal with words."""
    model = connecting.working(case.organisation_id)
    if model is None or kind not in KINDS or (kind == "transcript" and not model.listener):
        raise Refusal(_("没有接入语言模型。请管理员在设置里打开。"), code="off")
    if case.anonymised_at:
        raise Refusal(_("这件投诉的案卷已按规定销毁，只留统计所需。"), code="disposed")
    file = _recording(case, file_id) if kind == "transcript" else None
    same = MachineText.objects.filter(case=case, kind=kind, file=file)
    waits = same.filter(state__in=OPEN, asked_at__gt=at - STALE).first()
    if waits:
        return waits
    row = MachineText(
        id=new_id(), case=case, organisation_id=case.organisation_id, kind=kind, file=file,
        asked_by_id=who.member_id, asked_at=at, state="asked",
    )  # fmt: skip
    return _put(row, model)


def newest(case: Case) -> list[MachineText]:
    """The newest of each kind and recording, of the last month."""
    rows = MachineText.objects.filter(case=case, asked_at__gt=now() - LASTS)
    found: dict[tuple[str, UUID | None], MachineText] = {}
    for row in rows.select_related("asked_by", "file").order_by("-asked_at", "-id")[:40]:
        found.setdefault((row.kind, row.file_id), row)
    return list(found.values())


def written(case: Case, row_id: UUID) -> MachineText:
    """One that is done and still has its text. Raises NotThere."""
    row = MachineText.objects.filter(case=case, id=row_id, state="done").first()
    if row is None or not row.text_sealed:
        raise NotThere
    return row


def recordings(case: Case) -> list[Attachment]:
    """What could be listened to."""
    rows = Attachment.objects.filter(case=case, size__lte=MOST_RECORDING).order_by("-id")
    return [row for row in rows if row.content_type.startswith(SOUNDS)]


def answer(row: MachineText) -> None:
    """Ask for it and keep what comes back."""
    try:
        job = prepared(row)
        if not connection.in_atomic_block:  # a test is in one
            connection.close()
        said = _asked(job)
    except (Unreachable, NotThere, OSError) as problem:
        # The kind of trouble only: what a stranger says may quote a customer.
        failed(row, str(problem) if isinstance(problem, Unreachable) else "file")
        return
    kept(row, job.veil.uncover(said.text), said.tokens)


def prepared(row: MachineText) -> Job:
    """Read what is asked about. Raises Unreachable where it may not be asked any longer."""
    model = connecting.working(row.organisation_id)
    if model is None or row.case.anonymised_at:
        raise Unreachable("off")
    if row.kind == "transcript":
        return Job(row.id, connecting.endpoint(model, listening=True), recording=_heard(row))
    messages, veil = prompts.messages(row.case, row.kind)
    told = tuple(dict(message) for message in messages)
    return Job(row.id, connecting.endpoint(model), told, veil=veil)


def kept(row: MachineText, text: str, tokens: int) -> None:
    """It came."""
    row.text, row.state, row.error, row.tokens, row.done_at = text, "done", "", tokens, now()
    row.save(update_fields=["text_sealed", "state", "error", "tokens", "done_at"])
    LanguageModel.objects.filter(organisation_id=row.organisation_id).update(trouble="")


def failed(row: MachineText, why: str) -> None:
    """It did not; the administrator sees why."""
    mine = MachineText.objects.filter(id=row.id, state__in=OPEN)
    mine.update(state="failed", error=why[:20], done_at=now())
    LanguageModel.objects.filter(organisation_id=row.organisation_id).update(trouble=why[:40])


class Answering:
    """A thread for each question that waits, a few at once: letters never wait for a model."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def __call__(self, at: datetime) -> bool:
        """One of the worker's looks. Never busy."""
        self.threads = [one for one in self.threads if one.is_alive()]
        for row in claimed(at, AT_ONCE - len(self.threads)):
            made = threading.Thread(target=_in_thread, args=(row,), daemon=True)
            self.threads.append(made)
            made.start()
        return False


def claimed(at: datetime, most: int) -> list[MachineText]:
    """Questions that wait, each for one worker alone. Those that nobody waits for any longer, or
    whose worker died, are over."""
    rows = MachineText.objects.filter(state__in=OPEN).select_related("case__party")
    mine: list[MachineText] = []
    for row in rows.order_by("asked_at")[:50]:
        if row.asked_at < at - STALE:
            failed(row, "late")
        elif row.state == "waiting" and len(mine) < most and _claim(row):
            mine.append(row)
    return mine


def forget_old(at: datetime) -> bool:
    """Texts go after a month; that there was one stays."""
    rows = MachineText.objects.filter(done_at__lt=at - LASTS, text_sealed__isnull=False)
    return bool(rows.update(text_sealed=None))


def _claim(row: MachineText) -> bool:
    mine = MachineText.objects.filter(id=row.id, state="waiting")
    return bool(mine.update(state="running"))


def _put(row: MachineText, model: LanguageModel) -> MachineText:
    """Counted with itself and then let go: two at once never make one too many."""
    row.save(force_insert=True)
    if connecting.over(model, row.asked_at):
        row.delete()
        raise Refusal(_("今天或这个月的次数用完了。可以自己写，或请管理员调高。"), code="budget")
    row.state = "waiting"
    row.save(update_fields=["state"])
    return row


def _asked(job: Job) -> Said:
    return transcribe(job.at, *job.recording) if job.recording else chat(job.at, job.messages)


def _recording(case: Case, file_id: UUID | None) -> Attachment:
    for row in recordings(case):
        if row.id == file_id:
            return row
    raise NotThere


def _heard(row: MachineText) -> tuple[str, bytes]:
    file = _recording(row.case, row.file_id)
    with opened(file.stored_as) as content:
        return file.name, b"".join(iter(partial(content.read, 1 << 20), b""))


def _in_thread(row: MachineText) -> None:
    try:
        answer(row)
    except DatabaseError as problem:
        log.error("language model: %s", type(problem).__name__)
    finally:
        connection.close()
