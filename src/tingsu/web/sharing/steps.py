"""Steps of shared work: taking over, passing on, tasks that go on, responsibility, needs, limits.
Calls actions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import limits, needs, pass_on, responsible, take_over, task
from tingsu.cases.queries import file
from tingsu.cases.queries.here import rights_on
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere
from tingsu.web.case.forms import ReasonForm
from tingsu.web.case.step import Doing, Step, uuid_of
from tingsu.web.sharing import forms


def _accept(on: Doing) -> str:
    given: dict[str, Any] = {}
    kind, _colon, code = on.told.get("to", "").partition(":")
    house = on.who.organisation_id
    if code and kind == "m":
        given["to"] = directory.member(house, uuid_of(code, "to"))
    elif code:
        given["queue"] = directory.department(house, uuid_of(code, "to"))
    take_over.accept(
        on.case, on.by, on.at, handover_id=on.row_id, text=on.told["text"], **given, **on.once
    )
    name = next((one.name for one in given.values()), "")
    return _("已定，由%(name)s办。") % {"name": name} if name else _("这件投诉现在由您承办。")


def _send_back(on: Doing) -> str:
    take_over.send_back(
        on.case, on.by, on.at, handover_id=on.row_id, reason=on.told["reason"], **on.once
    )
    return _("已退回，理由写在经过里。")


def _pass_on(on: Doing) -> str:
    chosen = uuid_of(on.told["department"], "department", _("请选择部门。"))
    department = directory.department(on.who.organisation_id, chosen)
    pass_on.pass_on(
        on.case, on.by, on.at, department=department, reason=on.told["reason"], **on.fresh
    )
    words = _("已请%(name)s接办。对方接手之前，这件仍由原来的人负责。")
    return words % {"name": department.name}


def _decline(on: Doing) -> str:
    _asked(on)
    task.decline(on.case, on.by, on.at, task_id=on.row_id, reason=on.told["reason"], **on.once)
    return _("已说明办不了，由请求的人来定。")


def _redirect(on: Doing) -> str:
    _asked(on)
    house, told = on.who.organisation_id, on.told
    chosen = uuid_of(told["department"], "department", _("请选择部门。"))
    person = told.get("assignee")
    department = directory.department(house, chosen)
    task.redirect(
        on.case, on.by, on.at,
        task_id=on.row_id,
        department=department,
        assignee=directory.member(house, uuid_of(person, "assignee")) if person else None,
        reason=told["reason"],
        due_at=told["due_at"],
        **on.once,
    )  # fmt: skip
    return _("已转给%(name)s。") % {"name": department.name}


def _withdraw(on: Doing) -> str:
    task.withdraw(on.case, on.by, on.at, task_id=on.row_id, reason=on.told["reason"], **on.once)
    return _("协办已撤回。")


def _asked(on: Doing) -> None:
    """The department that was asked, or whoever handles the case; nobody else sees it."""
    rows = file.tasks(on.case)
    own = [row for row in rows if row.id == on.row_id and row.department_id in on.who.branch]
    if not own and Can.HANDLE not in rights_on(on.who, on.case, rows):
        raise NotThere


def _responsible(on: Doing) -> str:
    house, told = on.who.organisation_id, on.told
    chosen = uuid_of(told["department"], "department", _("请选择部门。"))
    person = told.get("member")
    responsible.name(
        on.case, on.by, on.at,
        kind=told["kind"],
        department=directory.department(house, chosen),
        member=directory.member(house, uuid_of(person, "member")) if person else None,
        reason=told["reason"],
        **on.once,
    )  # fmt: skip
    return _("已认定，等部门答复。")


def _settle(on: Doing) -> str:
    stands = on.told["stands"] != "no"
    responsible.settle(
        on.case, on.by, on.at, row_id=on.row_id, stands=stands, text=on.told["text"], **on.once
    )
    return _("认定成立。") if stands else _("认定已撤销。")


def _needs(on: Doing) -> str:
    told = on.told
    needs.mark(
        on.case, on.by, on.at,
        kinds=told["kinds"], words=told["words"], consent=told["consent"], **on.once,
    )  # fmt: skip
    return _("已记下，下次谁接都看得到。") if told["kinds"] or told["words"] else _("已去掉。")


def _limit(on: Doing) -> str:
    told = on.told
    limits.set_limit(
        on.case, on.by, on.at,
        happened=told["happened"], words=told["words"], ended=bool(told["ended"]),
        again_at=told["again_at"], **on.once,
    )  # fmt: skip
    return _("已记下。您先缓一缓，需要时请同事接着谈。")


def _break(on: Doing) -> str:
    minutes = int(on.told["minutes"] or 0)
    limits.take_break(on.case, on.by, on.at, minutes=minutes, words=on.told["words"], **on.once)
    return _("已记下，歇一会儿再谈。")


def _turn(on: Doing) -> str:
    chosen = uuid_of(on.told["to"], "to", _("请选一位同事来接着谈。"))
    to = directory.member(on.who.organisation_id, chosen)
    limits.take_turns(on.case, on.by, on.at, to=to, words=on.told["words"], **on.once)
    return _("接下来由%(name)s谈，这件仍由承办人负责。") % {"name": to.name}


STEPS = (
    Step("takeover_accept", Can.HANDLE, _l("接手"), _accept, _l("接手"), forms.AcceptForm,
         "user-check", _l("从现在起由您负责。交接单里有前因后果，客户不必重讲。"), ended=False),
    Step("takeover_return", Can.HANDLE, _l("退回"), _send_back, _l("退回"), ReasonForm,
         "arrow-back-up", _l("写明为什么退回、接下来该怎么办。部门之间退回的，由主管来定。"),
         ended=False),
    Step("pass_on", Can.HANDLE, _l("转给别的部门"), _pass_on, _l("请他们接办"), forms.PassForm,
         "switch-horizontal", _l("对方接手之前，这件仍由现在的人负责。转来转去的，由主管来定。"),
         ended=False, menu="people"),
    Step("task_decline", Can.ANSWER, _l("办不了"), _decline, _l("说明原因"), ReasonForm,
         "arrow-back-up", _l("写明为什么办不了、该找谁，请求的人好另外安排。")),
    Step("task_redirect", Can.ANSWER, _l("转给别的部门"), _redirect, _l("转过去"),
         forms.RedirectForm, "corner-up-right"),
    Step("task_withdraw", Can.HANDLE, _l("撤回协办"), _withdraw, _l("撤回"), ReasonForm, "x"),
    Step("responsible", Can.HANDLE, _l("认定责任"), _responsible, _l("认定"),
         forms.ResponsibleForm, "flag",
         _l("起因、办理、逾期分开认定。对方会看到，可以说明不同意见。"), menu="record"),
    Step("responsible_settle", Can.DECIDE, _l("裁定责任"), _settle, _l("定下来"), forms.SettleForm,
         "gavel"),
    Step("needs", Can.UNMASK, _l("要照顾的地方"), _needs, _l("记下"), forms.NeedsForm,
         "heart-handshake", _l("先问过客户再记。只有和客户打交道的同事看得到。"), menu="record"),
    Step("limit", Can.RECORD, _l("遇到辱骂"), _limit, _l("记下"), forms.LimitForm, "hand-stop",
         _l("谁都不必忍受辱骂。照实记下，言明底线，约好下次再谈；投诉照常办理。"),
         ended=False, menu="record"),
    Step("break", Can.RECORD, _l("歇一会儿"), _break, _l("记下"), forms.BreakForm, "hourglass",
         ended=False, menu="record"),
    Step("turn", Can.RECORD, _l("换人接着谈"), _turn, _l("请他接着谈"), forms.TurnForm, "users",
         _l("换个人听听，有时就缓下来了。这件仍由承办人负责。"), ended=False, menu="record"),
)  # fmt: skip
