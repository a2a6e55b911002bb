"""What the demo's house is connected with: a mailbox with some mails, an address that is told, a
telephone system that tells, a program's token, a calendar. Nothing of it calls out: the address
that is told is switched off."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from tingsu.cases.models import Event
from tingsu.channels import accounts
from tingsu.channels.mail import arriving, boxes, store
from tingsu.channels.models import Delivery, Mailbox, Subscription
from tingsu.demo.settle import Home
from tingsu.people import tokens
from tingsu.people.directory import as_who
from tingsu.people.models import new_id

HOUSE = "yunfan"
ADDRESS = "tousu@yunfan.example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Hours ago, sender, subject, text, more headers: a complaint, a machine, a list.
MAILS: tuple[tuple[int, str, str, str, dict[str, str]], ...] = (
    (
        3,
        "贺建平 <hejp@mail.example>",
        "热水器装了三次还是漏",
        "你们好：\n\n上周六装的热水器，师傅来了三次，接口还在漏，厨房地板泡起来了。"
        "请派一个能修好的人来，地板怎么赔也请给个说法。\n\n贺建平",
        {},
    ),
    (5, "邮件系统 <no-reply@corp.example>", "自动回复：已收到您的邮件", "本人休假中，下周一回复。",
     {"Auto-Submitted": "auto-replied"}),
    (7, "展会通讯 <news@expo.example>", "客户服务展会第四期通讯", "本期内容：……",
     {"List-Id": "<news.expo.example>", "Precedence": "list"}),
)  # fmt: skip
REFUSED = "503 Service Unavailable"


def connect(homes: Iterable[Home], at: datetime) -> None:
    """The first house shows all of it."""
    for home in homes:
        if home.organisation.slug == HOUSE:
            _mailbox(home, at)
            _told_outside(home, at)
            _programs(home, at)


def _mailbox(home: Home, at: datetime) -> None:
    admin, queue = as_who(home.members["guanli"]), home.departments["客户服务中心"]
    day = (at - 90 * DAY).date().isoformat()
    typed = {"address": ADDRESS, "kind": "smtp", "queue": str(queue.id), "starts_on": day}
    box = boxes.save(admin, typed, at - 90 * DAY)
    for hours, sender, subject, text, headers in reversed(MAILS):
        _came(box, at - hours * HOUR, _mail(at - hours * HOUR, sender, subject, text, headers))


def _came(box: Mailbox, at: datetime, mail: EmailMessage) -> None:
    row = store.keep(box, mail.as_bytes(), "smtp 10.0.0.8", at)
    if row:
        arriving.take(row, at)


def _mail(
    at: datetime, sender: str, subject: str, text: str, headers: dict[str, str]
) -> EmailMessage:
    mail = EmailMessage()
    told = {"From": sender, "To": ADDRESS, "Subject": subject, "Date": format_datetime(at)}
    for name, value in (told | headers).items():
        mail[name] = value
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M}.{len(text)}@mail.example>"
    mail.set_content(text)
    return mail


def _told_outside(home: Home, at: datetime) -> None:
    """Switched off, with what was delivered before and what was not."""
    row = Subscription(
        id=new_id(), organisation=home.organisation, kind="webhook", name="数据分析平台",
        wanted=["received", "moved", "closed"], active=False, read_until=new_id(),
        made_by=home.members["guanli"], made_at=at - 30 * DAY,
    )  # fmt: skip
    row.url, row.secret = "https://bi.yunfan.example/hooks/tingsu", "whsec_demo"
    row.save(force_insert=True)
    events = Event.objects.filter(
        case__organisation=home.organisation, kind="closed", at__gt=at - 30 * DAY
    )
    for turn, (ident, told) in enumerate(events.order_by("-id").values_list("id", "at")[:8]):
        failed = turn in (1, 4)
        Delivery.objects.create(
            subscription=row, event_id=ident, state="dead" if failed else "sent",
            attempts=8 if failed else 1, next_at=told, made_at=told,
            error=REFUSED if failed else "", sent_at=None if failed else told + HOUR / 60,
        )  # fmt: skip


def _programs(home: Home, at: datetime) -> None:
    admin = as_who(home.members["guanli"])
    accounts.add(admin, {"kind": "call", "name": "热线 400-000-1210"}, at - 30 * DAY)
    head = as_who(home.members["fuze"])
    until = (at + 180 * DAY).date()
    tokens.make(head, name="经营月报取数", scopes=["read"], expires_on=until, at=at - 20 * DAY)
    tokens.open_calendar(as_who(home.members["banli"]), at - 10 * DAY)
