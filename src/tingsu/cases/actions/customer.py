"""What the customer does on the follow page: adds, asks to reopen (IN-7)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._moves import moving
from tingsu.cases._rules import main_of, text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.core.lifecycle import Move, State
from tingsu.core.masking import mask_email
from tingsu.mind.reading import in_danger
from tingsu.people.actor import CUSTOMER


def add(
    case: Case,
    at: datetime,
    *,
    text: str,
    key: str | None = None,
    way: str = "",
    stranger: str = "",
) -> Written:
    """A message or further material. It reaches the main case when this one was merged; material
    that was waited for sets the case moving again.

    way: the channel, where that is not the follow page. stranger: the address it came from, when
    that is not the one that the complainant gave.
    """
    said = text_of(text, "text", limit=5_000, ask=_("请写下要补充的内容。"))
    via = case.number

    def plan(case: Case) -> Plan:
        data = {"via": via} if via != case.number else {}
        data |= {"way": way} if way else {}
        data |= {"stranger": mask_email(stranger)} if stranger else {}
        entry = Entry("customer_added", said, data, public=True)
        if case.state == State.INCOMPLETE:
            step = moving(case, Move.SCREEN, at, chosen=False)
            return step.plan(entry, step.entry, planned_at=None)
        if case.open:
            return Plan([entry], {"planned_at": at})
        # Nobody looks at a case that is over: talk of ending one's life brings it to the desk.
        return Plan([entry], {"reopen_asked_at": at} if in_danger(said) else {})

    return write(main_of(case), CUSTOMER, at, plan, key=key)


def ask_reopen(case: Case, at: datetime, *, text: str, key: str | None = None) -> Written:
    """The customer asks to reopen; a person decides. The request is seen on the desk."""
    said = text_of(text, "text", limit=2_000, ask=_("请写下为什么希望重新处理。"))

    def plan(case: Case) -> Plan:
        if case.open:
            raise Refusal(_("这件投诉还在办理中，直接补充即可。"), code="open")
        return Plan([Entry("reopen_asked", said, public=True)], {"reopen_asked_at": at})

    return write(case, CUSTOMER, at, plan, key=key)
