"""Mail that became no case: what waits for a person, what was kept. Calls ``channels.mail``."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.door import Call
from tingsu.api.lines import plain
from tingsu.api.place import Place
from tingsu.api.shapes import Asked, In, Instant, Out
from tingsu.channels.mail import inbox
from tingsu.people.permission import Can

place = Place("mails")
TOLD = "id stored_at origin size sha256 state cause detail sort case_id"


class MailLine(Out):
    """A mail as it came: quarantine (with its cause) | kept | taken | stored."""

    id: UUID
    stored_at: Instant
    origin: str
    size: int
    sha256: str
    state: str
    cause: str
    detail: str
    sort: str
    case_id: UUID | None


class MailPage(Out):
    """The newest first."""

    mails: list[MailLine]
    following: str | None


class WhichMails(Asked):
    """quarantine: waits for a person; kept: needs nobody."""

    state: Literal["quarantine", "kept"] = "quarantine"
    after: str = Field("", max_length=600)


@place.get("/mails", Can.RECEIVE, _l("没有成为投诉的来信"), MailPage)
def listing(request: Call, wanted: Query[WhichMails]) -> Any:
    """Nothing that came is lost (IN-1)."""
    name = f"mails:{wanted.state}"
    start = cursor.opened(name, wanted.after)
    found = inbox.page(request.auth.who, wanted.state, UUID(start) if start else None)
    following = cursor.sealed(name, found.following)
    return {"mails": [plain(row, TOLD) for row in found.rows], "following": following}


class MailWhole(MailLine):
    """With what it says; empty where it cannot be read."""

    sender: str
    subject: str
    text: str


@place.get("/mails/{uuid:mail_id}", Can.RECEIVE, _l("一封来信"), MailWhole)
def read(request: Call, mail_id: UUID) -> Any:
    """As far as it can be read."""
    return _whole(inbox.one(request.auth.who, mail_id))


class MailMoveIn(In):
    """again: read it once more; case: make one of it, whoever wrote it; aside: seen, nothing to
    do."""

    do: Literal["again", "case", "aside"]


@place.post("/mails/{uuid:mail_id}", Can.RECEIVE, _l("处理一封来信"), {200: MailWhole})
def move(request: Call, mail_id: UUID, told: MailMoveIn) -> Any:
    """``case_id`` says whether it is part of a case now. One that is stays as it is."""
    row, at = inbox.one(request.auth.who, mail_id), request.auth.at
    if row.case_id is None:
        if told.do == "aside":
            inbox.put_aside(row)
        elif told.do == "case":
            inbox.make_case(row, at)
        else:
            inbox.again(row, at)
    return _whole(row)


def _whole(row: Any) -> dict[str, Any]:
    said = inbox.opened(row)
    names = ("sender", "subject", "text")
    return plain(row, TOLD) | {name: getattr(said, name) if said else "" for name in names}
