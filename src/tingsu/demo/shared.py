"""Work that is shared as the story stops: somebody is asked to take over, a department disputes,
a limit was set, somebody needs care. Calls actions."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from tingsu.cases.actions import escalate, limits, needs, pass_on, responsible, task
from tingsu.cases.models import Case, Event, Task
from tingsu.demo.settle import Home
from tingsu.people.actor import Actor, acting
from tingsu.people.directory import as_who
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of

AT_WORK = ("investigating", "negotiating", "mediating", "executing", "accepted")
AGO = timedelta(hours=2)
MINUTE = timedelta(minutes=1)


def share(homes: Iterable[Home], at: datetime) -> None:
    """One of each for every house that has cases to show it on."""
    for home in homes:
        Shared(home, at).all()


class Shared:
    """The cases of one house that nobody has touched for a while, each for one thing."""

    def __init__(self, home: Home, at: datetime) -> None:
        self.home, self.at = home, at
        self.people = list(home.members.values())
        rows = Case.objects.filter(
            organisation=home.organisation, open=True, owner__isnull=False, state__in=AT_WORK,
            handed_up__isnull=True,
        )  # fmt: skip
        rows = rows.annotate(last=Max("events__at")).filter(last__lt=at - AGO)
        found = rows.select_related("party", "owner", "queue").order_by("-severity", "id")
        self.cases: Iterator[Case] = iter(found)

    def all(self) -> None:
        """What the house shows; as much of it as there are cases for."""
        for show in (self._up, self._across, self._responsible, self._limit, self._declined):
            case = next(self.cases, None)
            if case is not None:
                show(case, self._by(case))
        self._care()

    def _up(self, case: Case, by: Actor) -> None:
        boss = self._with(Can.ASSIGN, but=case.owner_id)
        if boss:
            words = "客户要求见负责人。前因后果、答应过的和试过的办法都在交接单里，请接着办。"
            escalate.escalate(case, by, self.at - 50 * MINUTE, to=boss, reason=words)

    def _across(self, case: Case, by: Actor) -> None:
        others = [one for one in self.people if one.department_id != case.queue_id]
        able = [one for one in others if Can.HANDLE in _rights(one) and _plain(one)]
        if able:
            words = "查下来主要是这边的设备问题，请由你们接办，我们配合。"
            to = able[0].department
            pass_on.pass_on(case, by, self.at - 40 * MINUTE, department=to, reason=words)

    def _responsible(self, case: Case, by: Actor) -> None:
        unit = next((one for one in self.people if Role.RESPONDENT in one.roles), None)
        if unit is None:
            return
        at = self.at - 45 * MINUTE
        words = "现场记录显示当天漏了一次检查，客户当天就遇到了问题。"
        told: dict[str, Any] = {"kind": "cause", "department": unit.department, "reason": words}
        written = responsible.name(case, by, at, **told)
        row = written.events[0].data["responsibility"]
        words = "当天的检查由外包单位做，签到表可以证明，请核实后再认定。"
        responsible.answer(
            written.case, acting(as_who(unit)), at + 20 * MINUTE,
            row_id=UUID(row), agrees=False, text=words,
        )  # fmt: skip

    def _limit(self, case: Case, by: Actor) -> None:
        at = self.at - 60 * MINUTE
        case = limits.take_break(case, by, at, minutes=10, words="请客户喝口水，缓一缓再谈。").case
        case = limits.set_limit(
            case, by, at + 12 * MINUTE,
            happened="客户在电话里连续辱骂，提醒两次仍不停。",
            words="我很想帮您把事情办好。您这样骂，我听不清您的要求；请您先缓一缓，明天上午我再打给您。",
            ended=True,
            again_at=self.at + timedelta(hours=20),
        ).case  # fmt: skip
        mate = self._with(Can.HANDLE, but=case.owner_id)
        if mate:
            words = "下一次由同事来谈，我在旁边听。"
            limits.take_turns(case, by, at + 14 * MINUTE, to=mate, words=words)

    def _declined(self, _case: Case, _by: Actor) -> None:
        house = self.home.organisation
        row = Task.objects.filter(organisation=house, state="open", clock_id__isnull=True)
        found = row.select_related("case").order_by("due_at")[:20]
        asked = next((one for one in found if self._quiet(one.case)), None)
        if asked is None:
            return
        unit = next((one for one in self.people if one.department_id == asked.department_id), None)
        if unit:
            words = "这个点位不归我们管，归物业中心，请转给他们。"
            by = acting(as_who(unit))
            task.decline(asked.case, by, self.at - 30 * MINUTE, task_id=asked.id, reason=words)

    def _care(self) -> None:
        rows = Case.objects.filter(organisation=self.home.organisation, open=True)
        rows = rows.exclude(party__needs="").filter(owner__isnull=False)
        for case in rows.select_related("party", "owner")[:3]:
            if case.party and self._quiet(case):
                needs.mark(
                    case, self._by(case), self.at - 20 * MINUTE,
                    kinds=["elderly"], words=case.party.needs, consent="yes",
                )  # fmt: skip

    def _quiet(self, case: Case) -> bool:
        last = Event.objects.filter(case=case).aggregate(last=Max("at"))["last"]
        return bool(last < self.at - AGO)

    def _by(self, case: Case) -> Actor:
        return next(acting(as_who(one)) for one in self.people if one.id == case.owner_id)

    def _with(self, right: Can, *, but: Any) -> Member | None:
        found = (one for one in self.people if right in _rights(one) and one.id != but)
        return next(found, None)


def _rights(member: Member) -> frozenset[Can]:
    return rights_of(Role(role) for role in member.roles)


def _plain(member: Member) -> bool:
    return Role.HANDLER in member.roles
