"""Talks about terms in the demo: plans side by side, one countered, one accepted by the customer on
the public page. After the stories were lived; calls actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tingsu.cases.actions import bargain, bottom_line, deliver, offer, offer_answer, plan
from tingsu.cases.actions.offer_answer import Said
from tingsu.cases.models import Case, Event, Letter, Offer
from tingsu.cases.plan_draft import Draft
from tingsu.cases.remedy_kept import Gift
from tingsu.people.actor import CUSTOMER, Actor

MOST = 9  # cases with plans
STEP = timedelta(minutes=20)
SORRY = Gift("apology", 0, "由负责人当面道歉，说明怎么改")
WRITTEN = Gift("explanation", 0, "书面说明经过和整改")


@dataclass(frozen=True)
class Idea:
    """A plan as somebody thinks it up. fen: goodwill within everybody's authority."""

    name: str
    gives: tuple[Gift, ...]
    own_cost: int
    weighed: dict[str, str]
    feasible: str


IDEAS = (
    Idea(
        "道歉并优惠",
        (SORRY, Gift("discount", 10_000, "下次消费减免，聊表歉意")),
        2_000,
        {
            "benefit": "客户得到尊重，也留得住",
            "feasibility": "本周就能办",
            "strengths": "快，诚意看得见",
            "weaknesses": "客户可能嫌少",
            "opportunities": "借回访再听一次意见",
            "threats": "拖久了客户另找渠道",
            "risk": "先电话说明，再发方案",
        },
        "easy",
    ),
    Idea(
        "道歉并赔偿",
        (SORRY, Gift("compensation", 18_000, "按客户说的损失给一次性补偿")),
        0,
        {
            "benefit": "一次了结",
            "feasibility": "财务三天内付款",
            "strengths": "客户看重钱",
            "weaknesses": "成本较高",
            "threats": "同类投诉比照",
            "risk": "写清是个案",
        },
        "possible",
    ),
    Idea(
        "书面说明并上门",
        (WRITTEN, Gift("visit", 0, "主管上门听意见")),
        6_000,
        {"benefit": "不花赔款", "strengths": "郑重", "weaknesses": "客户多半不满足于此"},
        "easy",
    ),
)


def negotiate(cases: Iterable[Case], moment: datetime) -> None:
    """Some of the cases in talks get their plans: some accepted, some countered, some out."""
    in_talks = ("negotiating", "mediating")
    talking = [case for case in cases if case.state in in_talks and case.owner_id]
    for turn, case in enumerate(sorted(talking, key=lambda one: one.number)[:MOST]):
        begun = max(_last(case), moment - timedelta(hours=20 + turn))
        step = min(STEP, (moment - begun) / 10)
        _talk(_Talk(case, Actor("member", case.owner_id), begun + step, step), turn)


@dataclass(frozen=True)
class _Talk:
    """Who talks about which case, from when on, and how fast things go."""

    case: Case
    by: Actor
    at: datetime
    step: timedelta


def _talk(on: _Talk, turn: int) -> None:
    case, by, at, step = on.case, on.by, on.at, on.step
    plans = [_plan(on, one) for one in IDEAS[: 2 + turn % 2]]
    bottom_line.set_line(case, by, at, most=30_000, words="不公开登报，不处分一线员工")
    bargain.bargain(
        case, by, at + step, text="先听客户说完：最在意的是有人认错、讲清楚怎么改，钱是其次。",
        tactics=["win_the_heart", "same_side"], agreed="先当面道歉",
    )  # fmt: skip
    first = _offer(on, at + 2 * step, plans[0], turn)
    if turn % 3 == 2:
        return
    said = Said("countered", "道歉可以，但我误工两天，这点不够。", 18_000)
    offer_answer.answer(case, CUSTOMER, at + 4 * step, offer_id=first.id, said=said)
    if turn % 3 == 1:
        return
    second = _offer(on, at + 5 * step, plans[1], turn)
    yes = Said("accepted", "可以，就这样办。")
    offer_answer.answer(case, CUSTOMER, at + 7 * step, offer_id=second.id, said=yes)


def _plan(on: _Talk, idea: Idea) -> UUID:
    draft = Draft(
        name=idea.name,
        gifts=idea.gives,
        own_cost=idea.own_cost,
        own_cost_for="工时和交通" if idea.own_cost else "",
        feasible=idea.feasible,
        weighed=idea.weighed,
    )
    return plan.make(on.case, on.by, on.at, draft=draft)[1]


def _offer(on: _Talk, at: datetime, plan_id: UUID, turn: int) -> Offer:
    until = at + timedelta(days=2 + turn % 3)
    text = "给您添了麻烦，我们很过意不去。商量之后，想这样补救："
    offer.offer(on.case, on.by, at, plan_id=plan_id, expires_at=until, text=text)
    made = Offer.objects.get(plan_id=plan_id)
    deliver.delivered(Letter.objects.get(event_id=made.event_id), at + on.step / 2)
    on.case.refresh_from_db()
    return made


def _last(case: Case) -> datetime:
    at: datetime = Event.objects.filter(case=case).order_by("-seq").values_list("at", flat=True)[0]
    return at
