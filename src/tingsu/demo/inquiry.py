"""Cases of the demo that are looked into: persons, talks, evidence, findings, the respondent's
answer. One for each industry in inquiries.toml. Calls actions."""

import io
import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from tingsu.cases.actions import (
    evidence,
    expert,
    findings,
    inquiry,
    minutes,
    respondent,
    sign,
    ties,
)
from tingsu.cases.actions.attach import Given
from tingsu.cases.actions.sign import Hand
from tingsu.cases.models import AnswerLink, Case, Event, Issue, Minutes, Signing, Tie
from tingsu.cases.queries.investigation import suggested
from tingsu.people.actor import RESPONDENT, Actor
from tingsu.people.directory import members
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of

STATES = ("investigating", "mediating", "negotiating", "deciding")
NEEDED = timedelta(hours=2)  # a story takes an hour and a half
STEP = timedelta(minutes=4)
DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def _stories() -> dict[str, dict[str, Any]]:
    path = Path(__file__).parent / "inquiries.toml"
    return tomllib.loads(path.read_text("utf-8"))


def look_into(cases: Iterable[Case], moment: datetime) -> None:
    """One case of each industry, rather one that the story fits."""
    open_cases = [one for one in cases if one.state in STATES and one.owner_id]
    for pack, story in _stories().items():
        own = [one for one in open_cases if one.pack == pack and not one.inquired_at]
        for case in sorted(own, key=lambda one: not _fits(one, story)):
            last = Event.objects.filter(case=case).order_by("-seq").values_list("at", flat=True)[0]
            if last + NEEDED < moment:
                _Inquiry(case, story, last, moment).live()
                break


def _fits(case: Case, story: dict[str, Any]) -> bool:
    return any(word in f"{case.title}{case.narrative}" for word in story["fits"])


class _Inquiry:
    """One investigation, step by step, each some minutes after the one before."""

    def __init__(self, case: Case, story: dict[str, Any], last: datetime, moment: datetime) -> None:
        self.case, self.story, self.moment = case, story, moment
        self.by = Actor("member", case.owner_id)
        self.now = last + 2 * STEP
        people = members(case.organisation_id)
        self.owner = next(one for one in people if one.id == case.owner_id)
        self.others = [one for one in people if one.id != case.owner_id and _may(one, Can.RECORD)]

    def at(self) -> datetime:
        self.now += STEP
        return self.now

    def live(self) -> None:
        case, by, story = self.case, self.by, self.story
        findings.list_issues(case, by, self.at(), texts=suggested(case))
        inquiry.add(case, by, self.at(), member=self.owner)
        if self.others:
            inquiry.add(case, by, self.at(), member=self._second())
        for what in story["plan"]:
            inquiry.plan_point(
                case, by, self.at(), what=what, who=self.owner, due_at=self.moment + DAY
            )
        self._hear()
        self._gather()
        self._weigh()
        self._recusal()

    def _second(self) -> Member:
        """A colleague of the same department where there is one."""
        near = [one for one in self.others if one.department_id == self.owner.department_id]
        return (near or self.others)[0]

    def _hear(self) -> None:
        case, by, story = self.case, self.by, self.story
        unit = case.respondent_unit or "有关单位"
        due = self.moment + 3 * DAY
        asked = respondent.ask(case, by, self.at(), unit=unit, due_at=due).events[0]
        link = AnswerLink.objects.get(id=asked.data["link"])
        respondent.opened(link, self.at())
        told = {name: story[name] for name in ("about", "facts", "responsibility", "remedy")}
        file = Given(
            "情况说明.txt", len(told["facts"].encode()), io.BytesIO(told["facts"].encode())
        )
        respondent.answer(
            case, RESPONDENT, self.at(),
            told=told, unit=unit, person=story["unit_person"], way="link", files=[file],
            link_id=link.id,
        )  # fmt: skip
        self._record("interview", story["talk_person"], "staff", story["talk"])
        row = Minutes.objects.get(case=case)
        minutes.read_back(case, by, self.at(), minutes_id=row.id)
        name = story["talk_person"].split()[-1]
        minutes.ask_sign(case, by, self.at(), minutes_id=row.id, role="staff", name=name)
        row_to_sign = Signing.objects.get(case=case, subject=row.id)
        sign.sign(case, by, self.at(), signing_id=row_to_sign.id, hand=Hand(name, agreed=True))
        self._record("check", story["check_person"], "complainant", story["check"])

    def _record(self, kind: str, person: str, capacity: str, text: str) -> None:
        at = self.at()
        minutes.record(
            self.case, self.by, at, kind=kind, person=person, capacity=capacity, held_at=at,
            place="调解室" if kind == "interview" else "现场", present=self.owner.name, text=text,
        )  # fmt: skip

    def _gather(self) -> None:
        case, by, story = self.case, self.by, self.story
        for what, giver in zip(story["evidence"], ("complainant", "respondent"), strict=False):
            content = f"{what}（演示）".encode()
            file = Given(f"{what}.txt", len(content), io.BytesIO(content))
            evidence.add(
                case, by, self.at(), what=what, kind="document", giver=giver, files=[file],
                place="案卷柜" if giver == "complainant" else "",
            )  # fmt: skip
        if order := story.get("test"):
            expert.order(case, by, self.at(), kind="test", due_at=self.moment + 5 * DAY, **order)

    def _weigh(self) -> None:
        """Disputed points and, where the story has come so far, what was found."""
        case, by, story = self.case, self.by, self.story
        views = {name: story[name] for name in ("point", "ours", "theirs")}
        written = findings.dispute(case, by, self.at(), **views)
        if not story["finding"]:
            return
        row = written.events[0].data["dispute"]
        findings.settle(case, by, self.at(), dispute_id=UUID(row), finding=story["finding"])
        first = Issue.objects.filter(case=case, state="stands").earliest("position")
        findings.find(
            case, by, self.at(), issue_id=first.id, finding="founded", reason=story["reason"],
            faults=story["faults"], liable=story["liable"],
        )  # fmt: skip

    def _recusal(self) -> None:
        """Somebody of the house says that they know the customer; it is granted."""
        heads = [one for one in self.others if _may(one, Can.DECIDE)]
        able = [one for one in self.others if one not in heads and one.id != self._second().id]
        if not heads or not able:
            return
        words = "投诉人是我的邻居，为免误会，请求回避。"
        me = Actor("member", able[0].id)
        ties.ask_recusal(self.case, me, self.at(), member=able[0], asked_for="self", reason=words)
        row = Tie.objects.get(case=self.case)
        if self.case.pack == "tourism":
            ties.decide_recusal(
                self.case, Actor("member", heads[0].id), self.at(),
                row_id=row.id, granted=True, reason="情况属实，同意回避。",
            )  # fmt: skip


def _may(member: Member, right: Can) -> bool:
    return right in rights_of(Role(role) for role in member.roles)
