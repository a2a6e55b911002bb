"""Talking: notes, contacts, restating, letters; what the guard says of words. Each step calls its
action."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import Channel, Direction
from tingsu.api.door import Call, whole_file
from tingsu.api.lines import plain
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Out, Text, Whole
from tingsu.cases import coach
from tingsu.cases.actions import contact as contacts
from tingsu.cases.actions import note as notes
from tingsu.cases.actions import reply as replies
from tingsu.cases.actions import restate as restating
from tingsu.core.wording.guard import Guard, Mark
from tingsu.core.wording.reply import check
from tingsu.people.permission import Can

place = Place("talk")


class NoteIn(In):
    """For the house alone."""

    text: Text


@place.step("note", Can.RECORD, _l("内部备注"))
def note(on: Doing, told: NoteIn) -> Any:
    """The customer never sees it."""
    return notes.note(on.case, on.by, on.at, text=told.text, **on.once)


class ContactIn(In):
    """direction: in | out. mood: anger 0 to 4 afterwards. limit_set: the words of a limit."""

    channel: Channel
    direction: Direction
    text: Text
    reached: Flag = True
    mood: Whole | None = Field(None, ge=0, le=4)
    limit_set: Text = ""


@place.step("contact", Can.RECORD, _l("记录联系"))
def contact(on: Doing, told: ContactIn) -> Any:
    """A call, a visit, a message with the customer."""
    return contacts.contact(on.case, on.by, on.at, **told.dict(), **on.once)


class RestateIn(In):
    """confirmed: the customer agreed that this is it."""

    text: Text
    confirmed: Flag


@place.step("restate", Can.RECORD, _l("复述确认"))
def restate(on: Doing, told: RestateIn) -> Any:
    """The complaint in our own words, said back."""
    return restating.restate(on.case, on.by, on.at, **told.dict(), **on.once)


class ReplyIn(In):
    """kind: interim | final (asks the customer to confirm). override: why words that the guard
    marks must stay."""

    text: Text
    kind: Literal["interim", "final"] = "interim"
    subject: Text = Field("", max_length=200)
    channel: Literal["", "portal", "mail"] = ""
    override: Text = ""


@place.step("reply", Can.HANDLE, _l("回复客户"), fresh=True)
def reply(on: Doing, told: ReplyIn) -> Any:
    """Leaves after a few seconds; until then it can be taken back."""
    return replies.reply(on.case, on.by, on.at, **told.dict(), **on.fresh)


class TakeBackIn(In):
    """Which letter."""

    letter_id: UUID


@place.step("take-back", Can.HANDLE, _l("撤回信件"))
def take_back(on: Doing, told: TakeBackIn) -> Any:
    """While it has not left."""
    written, _text = replies.take_back(on.case, on.by, on.at, letter_id=told.letter_id, **on.once)
    return written


class WordsIn(In):
    """What is to be said. about: a letter of which kind, "" for words in a talk."""

    text: Text = Field(max_length=20_000)
    about: Literal["", "interim", "final"] = ""


class MarkOut(Out):
    """Words that hurt, from character to character: which way, how bad, what would be better."""

    start: int
    end: int
    kind: str
    grade: str
    better: str


class FindingOut(Out):
    """What a letter lacks or has wrong. blocks: it must be changed, or overridden with a reason."""

    code: str
    what: str
    blocks: bool


class WordsOut(Out):
    """Nothing of it is kept."""

    marks: list[MarkOut]
    findings: list[FindingOut]


@place.operation(
    "POST", "/cases/{uuid:case_id}/words", Can.READ, _l("这样说合适吗（不留记录）"),
    {200: WordsOut}, body=True, find=whole_file,
)  # fmt: skip
def words(request: Call, told: WordsIn) -> Any:
    """Before it is said (CO-1, CO-2)."""
    case, guard = request.auth.case, coach.guard_of(request.auth.case)
    marks = guard.marks(told.text)
    found = check(told.text, marks, coach.known_of(case, told.about)) if told.about else []
    return {
        "marks": [plain(one, "start end kind grade") | _better(guard, one) for one in marks],
        "findings": [plain(one, "code what blocks") for one in found],
    }


def _better(guard: Guard, mark: Mark) -> dict[str, str]:
    """In the caller's language, with the places to be filled in."""
    known = guard.better(mark)
    return {"better": known.get(get_language() or "") or known.get("zh-hans", "")}
