"""Agreements as the tests of an ending make them: drafted, put up, signed by both."""

from datetime import datetime
from typing import Any
from uuid import UUID

from factories import NOON
from hands import stroke
from tingsu.cases.actions import (
    agree,
    sign,
)
from tingsu.cases.actions.perform import Doing
from tingsu.cases.actions.rule_on import Ruling
from tingsu.cases.actions.sign import Hand
from tingsu.cases.models import (
    Case,
    Obligation,
    Signing,
)
from tingsu.cases.remedies import Asking
from tingsu.core.ending import Line

FRAUD = Asking(("cpl.fraud",), {"price": "120"})
REFUND = Line("refund", "退还物业费", 30_000)
SORRY = Line("apology", "项目经理当面道歉")
RULING = Ruling(
    "电梯停运三次", "维保不到位", "物业管理条例第三十五条", "退还 300 元", 30_000, (REFUND,)
)
NAMES = {"complainant": "王小明", "respondent": "李经理"}


def drafted(case: Case, by: Any, *lines: Line, **more: Any) -> UUID:
    told: dict[str, Any] = {"kind": "settlement", "text": "一、退还 300 元。"} | more
    return agree.draft(case, by, NOON, lines=lines or (REFUND, SORRY), **told)[1]


def put_up(case: Case, by: Any, made: UUID) -> None:
    agree.put_up(case, by, NOON, agreement_id=made, title="和解协议", names=NAMES)


def both_sign(case: Case, by: Any, made: UUID, at: datetime = NOON) -> None:
    for row in Signing.objects.filter(subject=made, state="waiting"):
        sign.sign(case, by, at, signing_id=row.id, hand=Hand(row.name, True, stroke()))


def line(case: Case, gives: str) -> Obligation:
    return Obligation.objects.get(case=case, gives=gives)


def doing(**more: Any) -> Doing:
    return Doing(**more)
