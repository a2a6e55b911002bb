"""Steps of talking and working together: letters, notes, contacts, promises, tasks."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import attach, confirm, contact, note, promise, reply, restate, task
from tingsu.cases.errors import Invalid
from tingsu.cases.queries.here import may_answer
from tingsu.people import directory
from tingsu.people.permission import Can
from tingsu.web.case import forms
from tingsu.web.case.step import Doing, Step, uuid_of
from tingsu.web.promises.forms import PromiseForm


def _files(on: Doing) -> None:
    if on.files:
        key = f"{on.key}:files" if on.key else None
        attach.attach(on.case, on.by, on.at, files=on.files, key=key)


def _reply(on: Doing) -> str:
    told = on.told
    kind = told["kind"] or "interim"
    reply.reply(
        on.case,
        on.by,
        on.at,
        text=told["text"],
        kind=kind,
        override=told["override"],
        **on.fresh,
    )
    words = _("回复已写好，%(n)s 秒后发出，这之前可以撤回。")
    return words % {"n": settings.SEND_DELAY_SECONDS}


def _take_back(on: Doing) -> str:
    _written, text = reply.take_back(on.case, on.by, on.at, letter_id=on.row_id, **on.once)
    on.back["reply"] = text
    return _("信没有发出，内容已回到「回复」里。")


def _note(on: Doing) -> str:
    attach.check_all(on.files)
    note.note(on.case, on.by, on.at, text=on.told["text"], **on.once)
    _files(on)
    return _("备注已记下，客户看不到。")


def _contact(on: Doing) -> str:
    told = on.told
    attach.check_all(on.files)
    contact.contact(
        on.case,
        on.by,
        on.at,
        channel=told["channel"] or "phone",
        direction=told["direction"] or "out",
        text=told["text"],
        reached=told["reached"] != "no",
        mood=int(told["mood"]) if told["mood"] else None,
        limit_set=told["limit_set"].strip(),
        **on.once,
    )
    _files(on)
    return _("这次联系已记下。")


def _restate(on: Doing) -> str:
    agreed = on.told["confirmed"] == "yes"
    restate.restate(on.case, on.by, on.at, text=on.told["text"], confirmed=agreed, **on.once)
    return _("复述已记下，客户同意。") if agreed else _("复述已记下，还等客户确认。")


def _promise(on: Doing) -> str:
    told = on.told
    agreed = told["agreed_by"]
    promise.promise(
        on.case, on.by, on.at,
        content=told["content"], due_at=told["due_at"],
        agreed_by=uuid_of(agreed, "agreed_by") if agreed else None, **on.once,
    )  # fmt: skip
    return _("承诺已记下，到时会提醒您。")


def _keep(on: Doing) -> str:
    promise.keep(on.case, on.by, on.at, promise_id=on.row_id, text=on.told["reason"], **on.once)
    return _("记下了：说到做到。")


def _later(on: Doing) -> str:
    told = on.told
    promise.move(
        on.case, on.by, on.at,
        promise_id=on.row_id, due_at=told["due_at"], reason=told["reason"], **on.once,
    )  # fmt: skip
    return _("承诺已改期，原来的时间留在经过里。")


def _broken(on: Doing) -> str:
    promise.admit_broken(
        on.case, on.by, on.at, promise_id=on.row_id, reason=on.told["reason"], **on.once
    )
    return _("已如实记下。请尽快联系客户说明。")


def _task(on: Doing) -> str:
    told, house = on.told, on.who.organisation_id
    chosen = uuid_of(told["department"], "department", _("请选择部门。"))
    person = told.get("assignee")
    task.ask(
        on.case,
        on.by,
        on.at,
        department=directory.department(house, chosen),
        assignee=directory.member(house, uuid_of(person, "assignee")) if person else None,
        content=told["content"],
        due_at=told["due_at"],
        **on.once,
    )
    return _("已请对方协办，到期会提醒。")


def _answer(on: Doing) -> str:
    may_answer(on.who, on.case, on.row_id)
    attach.check_all(on.files)
    task.answer(on.case, on.by, on.at, task_id=on.row_id, text=on.told["text"], **on.once)
    _files(on)
    return _("答复已交给承办人。")


def _accept(on: Doing) -> str:
    task.accept(on.case, on.by, on.at, task_id=on.row_id, **on.once)
    return _("协办完成。")


def _return(on: Doing) -> str:
    told = on.told
    task.send_back(
        on.case, on.by, on.at,
        task_id=on.row_id, reason=told["reason"], due_at=told["due_at"], **on.once,
    )  # fmt: skip
    return _("已退回重办，并写明了还缺什么。")


def _confirm(on: Doing) -> str:
    told = on.told
    agreed = told["agreed"] == "yes"
    confirm.confirm(
        on.case,
        on.by,
        on.at,
        agreed=agreed,
        text=told["text"],
        rating=int(told["rating"]) if told["rating"] else None,
        **on.once,
    )
    return _("客户已确认，可以办结了。") if agreed else _("已记下客户的意见，回到调查。")


def _attach(on: Doing) -> str:
    public = bool(on.told["public"])
    attach.attach(on.case, on.by, on.at, files=_some(on), public=public, **on.once)
    return _("附件已存好。")


def _some(on: Doing) -> list[attach.Given]:
    if not on.files:
        raise Invalid({"files": _("请先选择文件。")})
    return list(on.files)


STEPS = (
    Step("reply", Can.HANDLE, _l("回复客户"), _reply, _l("发送"), forms.ReplyForm, "send",
         composer=True, ended=False),
    Step("take_back", Can.HANDLE, _l("撤回信件"), _take_back, _l("撤回"), icon="arrow-back-up"),
    Step("note", Can.RECORD, _l("内部备注"), _note, _l("记下"), forms.NoteForm, "lock",
         composer=True),
    Step("contact", Can.RECORD, _l("记录联系"), _contact, _l("记下"), forms.ContactForm, "phone",
         composer=True),
    Step("restate", Can.RECORD, _l("复述确认"), _restate, _l("记下"), forms.RestateForm, "quote",
         composer=True, ended=False),
    Step("promise", Can.HANDLE, _l("作出承诺"), _promise, _l("记下承诺"), PromiseForm,
         "alarm", composer=True, ended=False),
    Step("task", Can.HANDLE, _l("请求协办"), _task, _l("请他们办"), forms.TaskForm,
         "clipboard-list", composer=True, ended=False),
    Step("promise_keep", Can.HANDLE, _l("承诺做到了"), _keep, _l("做到了"), forms.SayForm, "check"),
    Step("promise_move", Can.HANDLE, _l("承诺改期"), _later, _l("改期"), forms.AgainForm,
         "calendar-due", _l("先和客户说好新的时间，再改这里。")),
    Step("promise_broken", Can.HANDLE, _l("没做到"), _broken, _l("如实记下"), forms.ReasonForm,
         "alert-triangle", _l("写明原因。主管会看到，客户那边也要尽快说明。")),
    Step("task_answer", Can.ANSWER, _l("答复协办"), _answer, _l("交出答复"), forms.AnswerForm,
         "clipboard-check"),
    Step("task_accept", Can.HANDLE, _l("协办完成"), _accept, _l("可以了"), icon="checks"),
    Step("task_return", Can.HANDLE, _l("退回重办"), _return, _l("退回"), forms.AgainForm, "repeat",
         _l("写明还缺什么、什么时候要，对方才好补。")),
    Step("confirm", Can.HANDLE, _l("记录客户的答复"), _confirm, _l("记下"), forms.ConfirmForm,
         "user-question", _l("问过客户结果是否满意，把原话记在这里。"), ended=False),
    Step("attach", Can.RECORD, _l("添加附件"), _attach, _l("存好"), forms.FilesForm, "paperclip",
         menu="record"),
)  # fmt: skip
