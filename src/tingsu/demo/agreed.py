"""Cases of the demo on their last stretch: a settlement that both signed and that is half carried
out, one that waits for a signature, a decision, a small extra. Calls actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tingsu.cases.actions import agree, perform, rule_on, sign, take_on
from tingsu.cases.actions.perform import Doing
from tingsu.cases.actions.rule_on import Ruling
from tingsu.cases.actions.sign import Hand
from tingsu.cases.errors import NeedsApproval
from tingsu.cases.models import Case, Obligation, Signing
from tingsu.core.ending import Line
from tingsu.demo.quiet import last_of, owner_of, quiet
from tingsu.demo.settle import Home
from tingsu.demo.signing import signed_off
from tingsu.people.actor import acting
from tingsu.people.directory import as_who
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of

MINUTE = timedelta(minutes=1)
TEXT = (
    "一、我方当面道歉，并说明怎样改。\n"
    "二、我方退还 180 元，签字后三个工作日内原路退回。\n"
    "三、客户收到后，这件事到此了结；不影响客户依法享有的其他权利。"
)
SORRY = Line("apology", "经理当面道歉，并说明怎样改")
REFUND = Line("refund", "原路退还 180 元", 18_000)
GIFT = Line("gift", "送一次免费上门保养，聊表歉意")
RULING = Ruling(
    found="记录和双方陈述一致：约定的服务没有做到，客户多付了一笔费用。",
    reasons="责任在我方：交接时漏记，之后没有核对。",
    basis="双方的服务约定和我方公开的服务承诺。",
    terms="退还多收的 180 元，并当面道歉。",
    amount=18_000,
    lines=(REFUND, SORRY),
)


def bring_home(homes: Iterable[Home], at: datetime) -> None:
    """One of each for every house that has cases to show it on."""
    for home in homes:
        talking = ("negotiating", "investigating", "accepted")
        working = quiet(home.organisation, at, *talking, ago=92 * MINUTE)
        talks = (case for case in working if not case.plans and not case.ending)
        for show in (_carried_out, _half_signed, _extra):
            case = next(talks, None)
            if case is not None:
                show(case, at)
        _decided(home, at)


def _put_up(case: Case, at: datetime) -> list[Signing]:
    by, staff = owner_of(case), case.owner.name if case.owner else ""
    made = agree.draft(case, by, at, kind="settlement", text=TEXT, lines=(REFUND, SORRY))[1]
    customer = case.party.name if case.party and case.party.name else "投诉人"
    names = {"complainant": customer, "respondent": staff}
    agree.put_up(case, by, at + MINUTE, agreement_id=made, title="和解协议", names=names)
    return list(Signing.objects.filter(case=case, subject=made).order_by("role"))


def _carried_out(case: Case, at: datetime) -> None:
    """Signed by both; the refund is paid, the apology is still to come."""
    begun = at - 90 * MINUTE
    for turn, row in enumerate(_put_up(case, begun)):
        hand = Hand(row.name, agreed=True)
        signed = begun + (10 + 5 * turn) * MINUTE
        sign.sign(case, owner_of(case), signed, signing_id=row.id, hand=hand)
    owed = Obligation.objects.get(case=case, gives="refund")
    paid = Doing(fen=owed.fen, reference="T20260000418", how="原路退回")
    perform.perform(case, owner_of(case), begun + 60 * MINUTE, obligation_id=owed.id, doing=paid)


def _half_signed(case: Case, at: datetime) -> None:
    """The customer has signed, we have not; the other way round it would be impolite."""
    rows = _put_up(case, at - 70 * MINUTE)
    row = next(one for one in rows if one.role == "complainant")
    hand = Hand(row.name, agreed=True)
    sign.sign(case, owner_of(case), at - 40 * MINUTE, signing_id=row.id, hand=hand)


def _extra(case: Case, at: datetime) -> None:
    why = "老客户，这次让他跑了三趟。"
    take_on.plan_extra(case, owner_of(case), at - 35 * MINUTE, line=GIFT, cost=8_000, reason=why)


def _decided(home: Home, at: datetime) -> None:
    """One of those that wait for a decision gets it; the others wait on."""
    waiting = [case for case in quiet(home.organisation, at, "deciding") if not case.inquired_at]
    boss = next((one for one in home.members.values() if _signs(one)), None)
    if len(waiting) < 2 or boss is None:
        return
    case, by = waiting[0], owner_of(waiting[0])
    decided = max(at - 80 * MINUTE, last_of(case) + MINUTE)
    try:
        rule_on.decide(case, by, decided, ruling=RULING)
    except NeedsApproval as needed:
        signed_off(case, by, decided, needed, acting(as_who(boss)))


def _signs(member: Member) -> bool:
    return Can.APPROVE in rights_of(Role(role) for role in member.roles)
