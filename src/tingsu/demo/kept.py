"""What the house keeps and lets go: files of years ago whose term is over, files that are held,
what persons ask for; who is away, which searches are kept. Calls actions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tingsu.cases.actions import archive, receive
from tingsu.cases.desk import save_filter
from tingsu.cases.intake import Intake
from tingsu.cases.models import ArchiveEntry, Case
from tingsu.demo.settle import Home
from tingsu.followup.actions import dispose, person
from tingsu.people.absence import set_absence
from tingsu.people.directory import as_who

HOUSE = "yunfan"
YEARS = timedelta(days=365)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SHELF = "资料室三号柜"
# Records of before the house had this software: days before the three years were over, and what
# it was about.
OLD = (
    (40, "空调装好当晚漏水", "连夜上门重装，赔地板 300 元。"),
    (33, "会员卡重复扣费", "退回多扣的 58 元，道歉。"),
    (26, "送货迟了四天，误了搬家", "退运费，赠一次免费搬运。"),
    (19, "门店称赠品送完不补", "补寄赠品，公示数量。"),
    (12, "客服转了五次没人管", "改为首接负责，回电致歉。"),
    (5, "发票抬头开错三次", "重开并上门送达。"),
)
ON_PAPER = 4  # of them were proposed for disposal
HELD = (
    "客户已向法院起诉，结案前保留。",
    "年度审计抽中这一件，审计结束后再定。",
)
CHECKED = "核对了身份证原件和登记的手机号"


def put_in_order(homes: Iterable[Home], at: datetime) -> None:
    """The first house shows all of it."""
    for home in homes:
        if home.organisation.slug == HOUSE:
            _old_files(home, at)
            _held(home, at)
            _asked(home, at)
            _away(home, at)
            _searches(home, at)


def _old_files(home: Home, at: datetime) -> None:
    entries = [_old(home, at, *told) for told in OLD]
    why = "保存期都已过，逐件核对过：没有诉讼、审计和未了的事。"
    dispose.propose(entries[:ON_PAPER], home.actors["zhuguan"], at - 3 * HOUR, reason=why)


def _old(home: Home, at: datetime, days: int, title: str, answer: str) -> ArchiveEntry:
    """Taken over from the old list two months ago, with its dates."""
    taken = at - 60 * DAY
    closed = at - 3 * YEARS - timedelta(days=days)
    told = Intake(
        channel="file", title=title, narrative=f"{title}，客户来电投诉。", name="旧档客户",
        pack="general", received_at=closed - 9 * DAY, reply=answer, closed_at=closed,
        channel_facts={"file_row": str(days)},
    )  # fmt: skip
    by, queue = home.actors["guanli"], home.departments["投诉处理二组"]
    case = receive.receive(home.organisation, told, by, taken, queue=queue).case
    archive.archive(case, home.actors["zhuguan"], taken + HOUR, reason="旧档归入。", place=SHELF)
    return ArchiveEntry.objects.get(case=case)


def _held(home: Home, at: datetime) -> None:
    rows = ArchiveEntry.objects.filter(organisation=home.organisation, state="kept")
    late = rows.filter(archived_at__lt=at - 2 * DAY).exclude(place=SHELF).select_related("case")
    for row, why in zip(late.order_by("number"), HELD, strict=False):
        archive.hold(row.case, home.actors["fuze"], at - DAY, reason=why)


def _asked(home: Home, at: datetime) -> None:
    """One wants everything erased while a file must be kept, one a copy."""
    ended = Case.objects.filter(
        organisation=home.organisation, state__in=("closed", "archived"), party__isnull=False,
        received_at__gt=at - YEARS,
    )  # fmt: skip
    people = {case.party_id: case.party for case in ended.select_related("party")[:20]}
    wishes = (
        ("erase", "请把我的电话和地址都删掉。", 26 * HOUR),
        ("export", "想看看你们记了我什么。", 5 * HOUR),
    )
    for party, (kind, words, ago) in zip(people.values(), wishes, strict=False):
        if party:
            by = home.actors["jiedai"]
            person.ask(party, by, at - ago, kind=kind, checked=CHECKED, words=words)


def _away(home: Home, at: datetime) -> None:
    head, deputy = home.members["fuze"], home.members["zhuguan"]
    first = at.date() + 4 * DAY
    days: dict[str, Any] = {"from_on": first, "until_on": first + 2 * DAY}
    set_absence(as_who(head), head, at - DAY, deputy_id=deputy.id, **days)


def _searches(home: Home, at: datetime) -> None:
    """Kept by the supervisor for everybody."""
    member = home.members["zhuguan"]
    for name, query in (("重大的", {"severity": "major"}), ("还在协商", {"state": "negotiating"})):
        save_filter(member.id, name, query, at - 2 * DAY, shared=True)
