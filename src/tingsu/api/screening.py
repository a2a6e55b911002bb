"""First review: the check list with what the file answers, its conclusion, joint complaints."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _l

from tingsu.api.door import Call
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Day, Flag, In, Out, Text
from tingsu.cases.actions import screen
from tingsu.cases.queries import screening
from tingsu.core.masking import mask_name, mask_phone
from tingsu.core.screening import Outcome
from tingsu.packs import say
from tingsu.people.permission import Can, may

place = Place("screening")
Answer = Literal["yes", "no", "unknown"]


class Item(Out):
    """One question of the list. ``review``: its rule is to be reviewed."""

    code: str
    words: str
    source: str
    answer: str
    on: Day | None
    review: bool


class Person(Out):
    """Who complains together with the complainant."""

    id: UUID
    name: str
    phone: str
    representative: bool


class Review(Out):
    """What the list leads to now, and what a person may choose."""

    items: list[Item]
    proposed: str
    grounds: list[str]
    choices: list[str]
    concluded: str
    people: list[Person]


@place.get("/cases/{uuid:case_id}/screening", Can.READ, _l("初审清单"), Review)
def review(request: Call) -> Any:
    """What nobody has said yet the file answers."""
    case = request.auth.case
    row = screening.latest(case)
    found = screening.review(case, _said(row))
    return {
        "items": [_item(one) for one in found.found],
        "proposed": found.proposal.outcome.value if found.proposal.outcome else "",
        "grounds": list(found.proposal.grounds),
        "choices": [one.value for one in found.choices],
        "concluded": row.outcome if row else "",
        "people": [_person(request, one) for one in screening.joined(case)],
    }


class CheckAnswerIn(In):
    """An answer, or for a time bar the day from which it runs."""

    answer: Answer | None = None
    on: Day | None = None


class ConcludeIn(In):
    """Answers by code of the question, the outcome, a note."""

    answers: dict[Text, CheckAnswerIn] = {}
    outcome: Outcome
    note: Text = ""


@place.step("screening", Can.HANDLE, _l("初审结论"), fresh=True)
def conclude(on: Doing, told: ConcludeIn) -> Any:
    """The step that follows (accept, refuse …) is one of its own."""
    answers = {code: one.dict(exclude_none=True) for code, one in told.answers.items()}
    return screen.conclude(
        on.case, on.by, on.at,
        answers=answers, outcome=told.outcome, note=told.note, **on.fresh,
    )  # fmt: skip


class JoinIn(In):
    """One more who complains of the same."""

    name: Text
    phone: Text = ""
    representative: Flag = False


@place.step("join", Can.HANDLE, _l("加入共同投诉人"))
def join(on: Doing, told: JoinIn) -> Any:
    """A joint complaint."""
    return screen.join(on.case, on.by, on.at, **told.dict(), **on.once)


class JoinedIn(In):
    """speak: represents the others; silent: no longer; leave: withdraws."""

    joined_id: UUID
    do: Literal["speak", "silent", "leave"]


@place.step("joined", Can.HANDLE, _l("共同投诉人：代表、退出"))
def joined(on: Doing, told: JoinedIn) -> Any:
    """Of one who complains together."""
    if told.do == "leave":
        return screen.leave(on.case, on.by, on.at, joined_id=told.joined_id, **on.once)
    yes = told.do == "speak"
    return screen.speaks(on.case, on.by, on.at, joined_id=told.joined_id, yes=yes, **on.once)


def _said(row: Any) -> dict[str, dict[str, Any]]:
    """What a person said in the review that holds."""
    told: dict[str, dict[str, Any]] = {}
    for code, one in (row.answers if row else {}).items():
        if one.get("said"):
            told[code] = {"answer": one["answer"]}
    return told


def _item(one: Any) -> dict[str, Any]:
    return {
        "code": one.check.item.code,
        "words": say(one.check.labels, get_language() or "zh-hans"),
        "source": screening.source(one.check),
        "answer": one.found.answer.value,
        "on": one.on,
        "review": bool(one.check.review),
    }


def _person(request: Call, one: Any) -> dict[str, Any]:
    talks = may(request.auth.who, Can.UNMASK)
    name, phone = one.party.name, mask_phone(one.party.phone)
    shown = name if talks else mask_name(name)
    return {"id": one.id, "name": shown, "phone": phone, "representative": one.representative}
