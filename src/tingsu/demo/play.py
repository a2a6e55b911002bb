"""Lives the plan through the real actions, in the order of time. Writes nothing past them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from tingsu.cases._write import Written
from tingsu.cases.actions import (
    archive,
    assign,
    callback,
    close,
    confirm,
    contact,
    customer,
    escalate,
    link,
    look,
    mediate,
    move,
    note,
    promise,
    receive,
    remedy,
    reply,
    restate,
    take_on,
    take_over,
    task,
    watch,
)
from tingsu.cases.actions.callback import Heard
from tingsu.cases.actions.mediate import Session
from tingsu.cases.errors import NeedsApproval
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case
from tingsu.cases.queries import callbacks, takeover
from tingsu.cases.remedies import Asking
from tingsu.core.lifecycle import Move
from tingsu.demo.library import Library
from tingsu.demo.life import Life, Step
from tingsu.demo.settle import Home
from tingsu.demo.signing import review_first, signed_off
from tingsu.demo.staff import all_houses
from tingsu.people.actor import CUSTOMER, Actor

Act = Callable[..., Any]


def _of_the_customer(act: Act) -> Act:
    """The actions of the follow page know who acts."""
    return lambda case, _by, at, **facts: act(case, at, **facts)


def _session(case: Case, by: Actor, at: datetime, **told: Any) -> Any:
    """One meeting of a mediation, held just before it is written down."""
    return mediate.session(case, by, at, told=Session(at=at, **told))


ACTS: dict[str, Act] = {
    "take": assign.take,
    "assign": assign.assign,
    "go": move.move,
    "ask_complete": move.ask_complete,
    "refer": move.refer,
    "end": close.end,
    "close": close.close,
    "archive": archive.archive,
    "reopen": close.reopen,
    "add": _of_the_customer(customer.add),
    "ask_reopen": _of_the_customer(customer.ask_reopen),
    "look": look.look,
    "contact": partial(contact.contact, direction="out"),
    "restate": restate.restate,
    "note": note.note,
    "promise": promise.promise,
    "move_promise": promise.move,
    "keep": promise.keep,
    "broken": promise.admit_broken,
    "ask": task.ask,
    "answer": task.answer,
    "send_back": task.send_back,
    "accept_answer": task.accept,
    "instruct": escalate.instruct,
    "escalate": escalate.escalate,
    "take_over": take_over.accept,
    "reply": reply.reply,
    "confirm": confirm.confirm,
    "rate": confirm.rate,
    "remedy": lambda case, by, at, *, rules, facts: remedy.propose(
        case, by, at, asking=Asking(rules, facts)
    ),
    "remedy_done": remedy.carry_out,
    "remedy_owed": take_on.begin,
    "mediation": mediate.begin,
    "mediation_session": _session,
    "watch": watch.propose,
    "approve_watch": watch.approve,
    "link": link.link,
    "merge": link.merge,
}


def _call_back(case: Case, by: Actor, at: datetime, *, result: str, text: str) -> Written | None:
    """The first call that is due is made; who is not content gets a task and another call."""
    row = next((one for one in callbacks.of_case(case) if one.state == "due"), None)
    if row is None:
        return None
    if result == "dissatisfied":
        heard = Heard(result, text, "task", "", case.queue, at + timedelta(days=3))
    else:
        heard = Heard(result, text)
    return callback.answered(case, by, at, row_id=row.id, heard=heard)


ACTS["call_back"] = _call_back
# Verb -> the argument that names the row, and how the entry that made the row calls it.
ROWS = {
    "move_promise": ("promise_id", "promise"),
    "keep": ("promise_id", "promise"),
    "broken": ("promise_id", "promise"),
    "answer": ("task_id", "task"),
    "send_back": ("task_id", "task"),
    "accept_answer": ("task_id", "task"),
    "approve_watch": ("entry_id", "watch"),
    "remedy_done": ("row_id", "calculation"),
    "remedy_owed": ("calculation", "calculation"),
}
OTHER_CASE = {"link": "other", "merge": "into"}
MAKERS = frozenset({"promise", "move_promise", "ask", "watch", "remedy"})


class Player:
    """Keeps the case of every life, and the rows that later steps speak of."""

    def __init__(self, homes: dict[str, Home]) -> None:
        self.homes = homes
        self.groups = {house.slug: house.group_of for house in all_houses()}
        self.heads = {house.slug: house.all_of("head")[0] for house in all_houses()}
        self.cases: dict[int, Case] = {}
        self.numbers: dict[UUID, int] = {}
        self.rows: dict[tuple[int, str], UUID] = {}
        first = all_houses()[0]
        boss = homes[first.slug].actors[first.all_of("supervisor")[0]]
        self.library = Library(first.slug, boss)

    def play(self, life: Life, step: Step) -> None:
        """One step of one life. Refusals are not caught: a plan that is refused is wrong."""
        home = self.homes[life.house]
        by = CUSTOMER if step.who == "customer" else home.actors[step.who]
        if step.verb == "receive":
            case = self.cases[life.number] = _receive(home, by, step)
            self.numbers[case.id] = life.number
            return
        case = self.cases[life.number]
        if step.verb in ("escalate", "take_over") and not self._asks(case, home, step):
            return
        facts = self._facts(life, home, step)
        try:
            review_first(case, by, step.at, str(facts.get("to", facts.get("move", step.verb))))
            written = ACTS[step.verb](case, by, step.at, **facts)
        except NeedsApproval as needed:
            written = signed_off(case, by, step.at, needed, home.actors[self.heads[life.house]])
        self._learn(life, step, case, by)
        if step.verb in MAKERS:
            for name in ("promise", "task", "watch", "calculation"):
                if name in written.events[0].data:
                    self.rows[life.number, name] = UUID(written.events[0].data[name])

    def _learn(self, life: Life, step: Step, case: Case, by: Actor) -> None:
        """What worked is written down at the end, and looked up when the next one is begun."""
        if step.verb == "close":
            self.library.ended(life, case, by, step.at)
        elif step.verb == "go" and step.facts["to"] == "investigate":
            self.library.begun(life, case, by, step.at)

    def _asks(self, case: Case, home: Home, step: Step) -> bool:
        """Whether there is still something to ask or to answer: a time limit that ran out may
        have asked the same person before, or somebody above."""
        waits = takeover.waiting(case)
        supervisor = home.members[step.facts["to"] if step.verb == "escalate" else step.who]
        asked = waits is not None and waits.to_member_id == supervisor.id
        return not asked if step.verb == "escalate" else asked

    def take_in(self, written: Iterable[Any]) -> None:
        """Go on from what the worker wrote, if it did: a stale case would be written twice."""
        for one in written:
            if one:
                self.cases[self.numbers[one.case.id]] = one.case

    def _facts(self, life: Life, home: Home, step: Step) -> dict[str, Any]:
        """The arguments of the action: names turned into the rows they stand for."""
        facts = dict(step.facts)
        if step.verb in ("go", "end"):
            name = "to" if step.verb == "go" else "move"
            facts[name] = Move(facts[name])
        elif step.verb in ("assign", "escalate"):
            facts["to"] = home.members[facts["to"]]
        elif step.verb == "take_over" and (waits := takeover.waiting(self.cases[life.number])):
            facts["handover_id"] = waits.id
        elif step.verb == "ask":
            facts["department"] = home.departments[facts["department"]]
        elif step.verb in OTHER_CASE and life.main is not None:
            facts[OTHER_CASE[step.verb]] = self.cases[life.main]
        if step.verb == "assign":
            facts["queue"] = home.departments[self.groups[life.house](life.story.pack)]
        if step.verb in ROWS:
            argument, name = ROWS[step.verb]
            facts[argument] = self.rows[life.number, name]
        return facts


def _receive(home: Home, by: Actor, step: Step) -> Case:
    queue = home.departments[step.facts["queue"]]
    intake = Intake(**step.facts["intake"])
    return receive.receive(home.organisation, intake, by, step.at, queue=queue).case
