"""Saves what the form holds: the case first, then all that hangs on it, each step once.

Calls actions alone. A killed process leaves a case without the later steps; sending the form
again adds what is missing, because every step has a key of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from tingsu.cases.actions import attach, facts, link, move, promise, receive, restate, tell_apart
from tingsu.cases.errors import Refusal
from tingsu.cases.intake import Intake
from tingsu.cases.queries import access_case, parties
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere, Who
from tingsu.web.intake.caller import MERGE, NEW, same_as
from tingsu.web.intake.forms import ME, IntakeForm, instant

PERSONAL = (
    "name phone email address postcode nationality sex preferred_channel preferred_time needs"
).split()


@dataclass(frozen=True)
class Sheet:
    """One form to be saved."""

    who: Who
    at: datetime
    key: str  # of this sending
    form: IntakeForm
    intake: Intake
    files: list[attach.Given]
    likely: list[Any]  # cases that were offered as the same matter


@dataclass(frozen=True)
class Saved:
    """The case, and what could not be done along with it, in words."""

    case: Any
    problems: list[str]
    repeated: bool


def save(sheet: Sheet) -> Saved:
    """Receive, then attach, restate, tie to the earlier case, ask for what is missing.

    Raises Invalid when the case itself cannot be received; later refusals are told, because the
    case is there by then.
    """
    told = sheet.form.cleaned_data
    tie = same_as(told.get("same") or "")
    merges = tie is not None and tie[0] == MERGE
    # In a merged case nobody would look after the promise: it is made in the main one.
    intake = replace(sheet.intake, promise="", promise_due=None) if merges else sheet.intake
    if not told.get("restated_ok"):
        intake = replace(intake, restated="")
    owned, queue = _taker(sheet.who, told.get("taken_by") or "")
    house = directory.organisation(sheet.who.organisation_id)
    received = receive.receive(house, intake, acting(sheet.who), sheet.at, queue=queue, owned=owned)
    after = _After(sheet, received.case)
    after.all(tie)
    return Saved(received.case, after.problems, received.repeated)


class _After:
    """What follows the receipt, in an order in which no step stands in the way of another."""

    def __init__(self, sheet: Sheet, case: Any) -> None:
        self.sheet, self.case = sheet, case
        self.told = sheet.form.cleaned_data
        self.by, self.at = acting(sheet.who), sheet.at
        self.problems: list[str] = []

    def all(self, tie: tuple[str, UUID] | None) -> None:
        self._try(self._supplement)
        if self.sheet.files:
            self._try(self._attach)
        if self.told.get("restated") and not self.told.get("restated_ok"):
            self._try(self._restate)
        if self.told.get("missing"):
            self._try(self._ask_for_missing)
        if tie:
            self._try(lambda: self._tie(*tie))
        elif self.told.get("same") == NEW:
            self._try(self._tell_apart)

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Refusal as refusal:
            self.problems.append(refusal.words)

    def _key(self, step: str) -> str:
        return f"{self.sheet.key}:{step}"

    def _supplement(self) -> None:
        """What a known person told for the first time: only blanks are filled."""
        party = self.case.party
        told = self.sheet.intake
        new = {n: getattr(told, n) for n in PERSONAL if getattr(told, n)}
        values = {n: value for n, value in new.items() if party and not getattr(party, n)}
        if values:
            facts.change_party(
                self.case, self.by, self.at, values=values, key=self._key("supplement")
            )

    def _attach(self) -> None:
        attach.attach(self.case, self.by, self.at, files=self.sheet.files, key=self._key("attach"))

    def _restate(self) -> None:
        restate.restate(
            self.case,
            self.by,
            self.at,
            text=self.told["restated"],
            confirmed=False,
            key=self._key("restate"),
        )

    def _ask_for_missing(self) -> None:
        due = instant(self.told["missing_due"], time(23, 59))
        move.ask_complete(
            self.case,
            self.by,
            self.at,
            missing=self.told["missing"],
            due_at=due,
            key=self._key("missing"),
        )

    def _tie(self, kind: str, other_id: UUID) -> None:
        if kind == MERGE:
            self._merge(access_case(self.sheet.who, other_id, Can.HANDLE))
            return
        other = parties.one_of_the_house(self.sheet.who, other_id)
        link.link(self.case, self.by, self.at, other=other, kind=kind, key=self._key("link"))

    def _tell_apart(self) -> None:
        """Asked and answered here, so that the case page does not ask again."""
        for other in self.sheet.likely:
            key = self._key(f"apart:{other.number}")
            tell_apart.tell_apart(self.case, self.by, self.at, other=other, key=key)

    def _merge(self, main: Any) -> None:
        if self.case.state != "merged":
            link.merge(self.case, self.by, self.at, into=main, key=self._key("merge"))
        said, due = self.sheet.intake.promise, self.sheet.intake.promise_due
        if said:
            promise.promise(
                main, self.by, self.at, content=said, due_at=due, key=self._key("promise")
            )


def _taker(who: Who, chosen: str) -> tuple[bool, Any]:
    """Whether the member keeps the case, and the department in whose queue it stands."""
    if chosen == ME:
        return True, directory.department(who.organisation_id, who.department_id)
    try:
        return False, directory.department(who.organisation_id, UUID(chosen))
    except (ValueError, NotThere):
        return False, None
