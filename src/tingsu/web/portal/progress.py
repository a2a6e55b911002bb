"""Where a complaint stands, in the plain words of the follow page. Reads no tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tingsu.cases.happenings import RECORDED
from tingsu.cases.queries.portal import Coming, Told
from tingsu.core.lifecycle import State
from tingsu.web import labels, spoken

Text = str | Promise


@dataclass(frozen=True)
class Stage:
    """One stage of the line. status: done | now | later."""

    name: Text
    words: Text
    status: str


@dataclass(frozen=True)
class Ahead:
    """What happens next and by when. ``why``: how the date came about, "" where that is plain."""

    what: Text
    by: str
    late: bool
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One entry of the story. look: "letter" (from us), "mine" (from the customer), "step"."""

    told: Told
    look: str
    title: Text
    text: str
    icon: str


# Name, and what happens in it.
STAGES: tuple[tuple[Text, Text], ...] = (
    (pgettext_lazy("stage", "收到"), gettext_lazy("您说的已经完整记下，有了编号。")),
    (gettext_lazy("核对与受理"), gettext_lazy("看清楚是什么事、归谁办，告诉您是否受理。")),
    (gettext_lazy("调查处理"), gettext_lazy("专人联系您、向有关方面核实、商量解决办法。")),
    (gettext_lazy("答复，请您确认"), gettext_lazy("告诉您结果和理由，由您说是否满意。")),
    (
        pgettext_lazy("stage", "办结"),
        gettext_lazy("您确认后办结；之后仍可评分，也可请求重新处理。"),
    ),
)
_AT: Mapping[str, int] = {
    State.RECEIVED: 1,
    State.SCREENING: 1,
    State.INCOMPLETE: 1,
    State.CONFIRMING: 3,
    State.CLOSED: 5,
    State.ARCHIVED: 5,
}
_AMID = 2
_BROKEN_OFF = frozenset({State.REFUSED, State.TRANSFERRED, State.WITHDRAWN, State.CANCELLED})

# Headline, and what comes next.
STANDING: Mapping[str, tuple[Text, Text]] = {
    State.RECEIVED: (
        gettext_lazy("我们收到了您的投诉"),
        gettext_lazy("接下来会有专人看您写的内容，并与您联系、核对事实。"),
    ),
    State.SCREENING: (
        gettext_lazy("我们正在核对您的投诉"),
        gettext_lazy("核对清楚后，会告诉您是否受理、由谁办理。"),
    ),
    State.INCOMPLETE: (
        gettext_lazy("需要您补充一些材料"),
        gettext_lazy("请看下面写明的材料，在本页补充；收到后我们马上继续。"),
    ),
    State.ACCEPTED: (
        gettext_lazy("您的投诉已经受理"),
        gettext_lazy("接下来由承办人调查核实，并与您商量怎么解决。"),
    ),
    State.REFERRED: (
        gettext_lazy("您的投诉正由下级单位办理"),
        gettext_lazy("它要按期向我们报告，我们看过后告诉您结果。"),
    ),
    State.INVESTIGATING: (
        gettext_lazy("我们正在调查"),
        gettext_lazy("查清后会告诉您结果和理由。"),
    ),
    State.NEGOTIATING: (
        gettext_lazy("正在商量解决办法"),
        gettext_lazy("有了方案会先问您的意见。"),
    ),
    State.MEDIATING: (
        gettext_lazy("正在调解"),
        gettext_lazy("调解有了结果，会告诉您。"),
    ),
    State.DECIDING: (
        gettext_lazy("我们正在形成处理意见"),
        gettext_lazy("有了处理意见会马上告诉您。"),
    ),
    State.EXECUTING: (
        gettext_lazy("正在落实处理结果"),
        gettext_lazy("落实后会请您确认。"),
    ),
    State.CONFIRMING: (
        gettext_lazy("处理结果出来了，请您看一看"),
        gettext_lazy("请在下面告诉我们是否满意；不满意，我们接着办。"),
    ),
    State.REFUSED: (
        gettext_lazy("这件投诉没有被受理"),
        gettext_lazy("理由写在下面。您可以请求重新处理，也可以找页面下方的其他渠道。"),
    ),
    State.TRANSFERRED: (
        gettext_lazy("这件投诉已移送有权处理的单位"),
        gettext_lazy("之后由它与您联系；移送到哪里写在下面。"),
    ),
    State.WITHDRAWN: (
        gettext_lazy("您已撤回这件投诉"),
        gettext_lazy("想继续的话，可以在下面请求重新处理。"),
    ),
    State.CANCELLED: (
        gettext_lazy("这件投诉已经撤销"),
        gettext_lazy("原因写在下面。有不同意见，可以请求重新处理。"),
    ),
    State.MERGED: (
        gettext_lazy("您的投诉与同一件事的其他投诉一起办理"),
        gettext_lazy("您补充的内容会交到一起办理的承办人手里，结果也会告诉您。"),
    ),
    State.CLOSED: (
        gettext_lazy("这件投诉已经办结"),
        gettext_lazy("谢谢您告诉我们。如果问题又出现，可以在下面请求重新处理。"),
    ),
    State.ARCHIVED: (
        gettext_lazy("这件投诉已经办结并归档"),
        gettext_lazy("谢谢您告诉我们。如果问题又出现，可以在下面请求重新处理。"),
    ),
}


def standing(case: Any, on_its_way: bool, *, offered: bool = False) -> tuple[Text, Text]:
    """Headline and next step. on_its_way: an answer was written but can still be taken back;
    offered: a plan waits for the customer's answer."""
    if offered:
        words = _("请在下面告诉我们是否接受；想先谈谈，也可以。")
        return _("我们提了一个解决办法，请您看看"), words
    if case.state == State.CONFIRMING and on_its_way:
        return STANDING[State.DECIDING]
    if case.state == State.CONFIRMING and case.confirmed_at:
        return _("谢谢您的确认"), _("我们会把这件投诉办结；之后这一页仍然可以打开。")
    return STANDING[case.state]


def stages(case: Any, main: Any, on_its_way: bool) -> list[Stage]:
    """The line of stages; a merged case stands where its main case stands."""
    if main.state in _BROKEN_OFF:
        ended = labels.label_of(labels.STATES, main.state).word
        first = Stage(STAGES[0][0], spoken.day(_local_day(case.received_at)), "done")
        return [first, Stage(ended, "", "now")]
    at = _AMID if on_its_way else _AT.get(main.state, _AMID)
    if main.state == State.CONFIRMING and main.confirmed_at:
        at = 4
    return [
        Stage(
            name,
            spoken.day(_local_day(case.received_at)) if n == 0 else ("" if n < at else words),
            "done" if n < at else "now" if n == at else "later",
        )
        for n, (name, words) in enumerate(STAGES)
    ]


def ahead(case: Any, owed: Iterable[Coming]) -> list[Ahead]:
    """What the house owes, in words, soonest first."""
    return [Ahead(_what(case, one), _by(one.due_at), one.late, one.why) for one in owed]


def _what(case: Any, owed: Coming) -> Text:
    if owed.kind == "rest":
        return _("%(what)s（现在暂停计时）") % {"what": owed.label}
    if owed.kind != "contact":
        return owed.label
    party = case.party
    if not (party and (party.phone or party.email)):
        return _("在这一页告诉您进展")
    return _("再次告诉您进展") if case.contacted_at else _("专人与您联系")


def _by(at: datetime) -> str:
    """The day alone where the whole day counts."""
    local = timezone.localtime(at)
    return spoken.day(local.date()) if f"{local:%H:%M}" == "23:59" else spoken.when(at)


def line(told: Told) -> Line:
    """One entry in words."""
    title, text = _title(told), told.text
    if told.kind == "moved" and told.data.get("to") not in (_BROKEN_OFF | {State.INCOMPLETE}):
        text = ""  # the reason of a step in between is the house's own note
    if told.kind in ("attached", "happened", "remedy_done", "document_served"):
        text = ""  # what we wrote beside it is our own note
    look = "letter" if told.kind in ("replied", "plan_offered") else "mine" if told.mine else "step"
    return Line(told, look, title, text, labels.label_of(labels.EVENTS, told.kind).icon)


_TITLES: Mapping[str, Text] = {
    "received": gettext_lazy("您的投诉"),
    "taken": gettext_lazy("有专人负责了"),
    "promised": gettext_lazy("我们向您承诺"),
    "promise_kept": gettext_lazy("承诺做到了"),
    "promise_moved": gettext_lazy("承诺改了时间"),
    "customer_added": gettext_lazy("您补充了"),
    "customer_confirmed": gettext_lazy("您确认了处理结果"),
    "customer_objected": gettext_lazy("您认为还没有解决"),
    "plan_offered": gettext_lazy("我们提出的解决办法"),
    "offer_accepted": gettext_lazy("您接受了"),
    "offer_refused": gettext_lazy("您没有接受"),
    "offer_countered": gettext_lazy("您提了别的要求"),
    "offer_talk": gettext_lazy("您想先谈谈"),
    "offer_expired": gettext_lazy("方案的期限过了"),
    "offer_withdrawn": gettext_lazy("我们收回了一个方案"),
    "rated": gettext_lazy("您的评分"),
    "reopen_asked": gettext_lazy("您请求重新处理"),
    "reopened": pgettext_lazy("event", "重新办理"),
    "closed": pgettext_lazy("event", "办结"),
}
_REACHED: Mapping[str, Text] = {
    State.SCREENING: gettext_lazy("开始核对"),
    State.INCOMPLETE: gettext_lazy("请您补充材料"),
    State.REFERRED: gettext_lazy("交由下级单位办理：%(unit)s"),
    State.TRANSFERRED: gettext_lazy("移送：%(unit)s"),
    State.CONFIRMING: gettext_lazy("请您确认处理结果"),
}


def _title(told: Told) -> Text:
    say = _SAY.get(told.kind)
    if say:
        return say(told)
    title = _TITLES.get(told.kind, labels.label_of(labels.EVENTS, told.kind).word)
    rating = told.data.get("rating")
    if rating:
        return _("%(title)s · %(rating)s 分") % {"title": title, "rating": rating}
    return title


def _moved(told: Told) -> Text:
    to = str(told.data.get("to", ""))
    words = _REACHED.get(to, labels.label_of(labels.STATES, to).word)
    return str(words).replace("%(unit)s", str(told.data.get("unit", "")))


def _extended(told: Told) -> Text:
    until = _by(datetime.fromisoformat(str(told.data["due"])))
    return _("办理期限延长到 %(day)s") % {"day": until}


_SAY: Mapping[str, Callable[[Told], Text]] = {
    "moved": _moved,
    "document_served": lambda told: _("给您的文书：%(title)s") % told.data,
    "attached": lambda told: _("您给的文件") if told.mine else _("我们给您的文件"),
    "happened": lambda told: RECORDED.get(str(told.data.get("event")), _("有了新的进展")),
    "clock_extended": _extended,
    "replied": lambda told: told.subject or _("我们的答复"),
}


def _local_day(at: datetime) -> date:
    return timezone.localtime(at).date()
