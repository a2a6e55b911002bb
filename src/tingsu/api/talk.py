"""Steps of talking: notes, contacts, restating, letters. Each calls its action."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.codes import Channel, Direction
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Text, Whole
from tingsu.cases.actions import contact as contacts
from tingsu.cases.actions import note as notes
from tingsu.cases.actions import reply as replies
from tingsu.cases.actions import restate as restating
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
