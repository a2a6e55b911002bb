"""笔录: a talk with its questions and answers, or a check on the spot with the visitor; read back,
signed by those present, made into a paper (HA-4, IN-5)."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tingsu.cases._documents import kind_of, new_draft
from tingsu.cases._filed import hung, keep_all
from tingsu.cases._files import Given
from tingsu.cases._inquiry import enough, made, may_look_into, row, stamp, turned_to, turning
from tingsu.cases._minutes import ABOUT, full_text, paper_values, title_of
from tingsu.cases._rules import text_of
from tingsu.cases._signing import asked, asked_entry
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.inquiry_words import CAPACITIES
from tingsu.cases.models import Case, Minutes
from tingsu.core.investigation import checked, turns, unanswered
from tingsu.core.signing import ROLES
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor

PAPERS = {"interview": "interview", "check": "spot_check"}
MOST_PAIRS = 200


def record(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    kind: str,
    person: str,
    capacity: str,
    held_at: datetime | None,
    place: str,
    present: str,
    text: str,
    files: Sequence[Given] = (),
    key: str | None = None,
) -> Written:
    """A talk (kind ``interview``: lines 问： 答：) or a check (``check``: lines 项目：所见).

    present: who else was there, one a line. Raises Invalid at the fields, Refusal where fewer look
    into the case than the pack demands.
    """
    said = text_of(text, "text")
    pairs = (turns if kind == "interview" else checked)(said)
    held = held_at or at
    wrong = _wrong_text(kind, pairs) | _wrong_facts(person, capacity, held, at)
    if wrong:
        raise Invalid(wrong)
    kept = keep_all(case, files)

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        enough(case)
        one = made(
            Minutes, case, by, at,
            kind=kind, capacity=capacity, at=held, place=clean_line(place)[:200],
        )  # fmt: skip
        one.person, one.present = clean_line(person), clean(present).strip()
        one.pairs = json.dumps(pairs, ensure_ascii=False)
        entry = Entry("minutes_written", said, _about(one) | {"pairs": len(pairs)})
        attached = hung(case, entry, kept, by, at)
        return Plan([entry], turned_to(case, at), [one, *attached])

    return write(case, by, at, plan, key=key)


def read_back(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    minutes_id: UUID,
    corrections: str = "",
    key: str | None = None,
) -> Written:
    """It was read to, or by, the person; what they wanted put right stands below it. From now on
    nothing of it changes."""
    said = clean(corrections).strip()

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        one = row(Minutes, case, minutes_id)
        change = turning(Minutes, one.id, "written", state="read", read_at=at, corrections=said)
        entry = Entry("minutes_read", said, {"minutes": str(one.id), "of": one.kind})
        return Plan([entry], turned_to(case, at), effects=[change])

    return write(case, by, at, plan, key=key)


def ask_sign(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    minutes_id: UUID,
    role: str,
    name: str,
    key: str | None = None,
) -> Written:
    """Ask somebody who was there to sign the text as it was read back: on the screen, by a link of
    their own or on paper, or they decline and say why (``actions.sign``)."""
    who = text_of(name, "name", limit=60, ask=_("请写明请谁签字。"))
    if role not in ROLES:
        raise Invalid({"role": _("请选择以什么身份签字。")})

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        one = _read(case, minutes_id)
        row = asked(
            case, by, at,
            about=ABOUT, subject=one.id, role=role, name=who, title=title_of(one),
            text=full_text(one),
        )  # fmt: skip
        return Plan([asked_entry(row)], rows=[row])

    try:
        return write(case, by, at, plan, key=key)
    except IntegrityError as twice:
        words = _("同样身份的人还有一位没有签，请先签完或撤回。")
        raise Refusal(words, "role", "already_asked") from twice


def paper(
    case: Case, by: Actor, at: datetime, *, minutes_id: UUID, key: str | None = None
) -> Written:
    """The paper of it, as a draft: it is issued, printed and kept like any other."""

    def plan(case: Case) -> Plan:
        one = _read(case, minutes_id)
        draft = new_draft(case, kind_of(case, PAPERS[one.kind]), at, {})
        draft.typed = json.dumps(paper_values(one, draft.language), ensure_ascii=False)
        draft.made_by_id = by.member_id
        data = {"document": str(draft.id), "kind": draft.kind, "title": draft.title}
        return Plan([Entry("document_drafted", "", data)], {"papers": case.papers + 1}, [draft])

    return write(case, by, at, plan, key=key)


def _read(case: Case, minutes_id: UUID) -> Minutes:
    """The record once it was read back: only what stands fast is signed and printed."""
    one = row(Minutes, case, minutes_id)
    if one.state != "read":
        words = _("请先念给对方听或请对方看过，核对无误，再签字、做文书。")
        raise Refusal(words, code="not_read")
    return one


def _about(one: Minutes) -> dict[str, str]:
    held = stamp(one.at)
    return {"minutes": str(one.id), "of": one.kind, "capacity": one.capacity, "held": held}


def _wrong_facts(person: str, capacity: str, held: datetime, at: datetime) -> dict[str, str]:
    wrong = {}
    if not clean_line(person):
        wrong["person"] = _("请写明和谁谈的、和谁一起核对的。")
    if capacity not in CAPACITIES:
        wrong["capacity"] = _("请选择对方的身份。")
    if held > at + timedelta(minutes=5):
        wrong["held_at"] = _("这个时间还没有到，请核对。")
    return wrong


def _wrong_text(kind: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    if len(pairs) > MOST_PAIRS:
        return {"text": _("太长了，请分成两份。")}
    if kind == "interview" and (open_ones := unanswered(pairs)):
        return {"text": _("这一问还没有答：%(what)s") % {"what": open_ones[0][:60]}}
    return {}
