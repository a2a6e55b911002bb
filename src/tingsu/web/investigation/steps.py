"""The steps of an investigation by name: their rights, words, forms, and what they do."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import evidence, expert, findings, inquiry, minutes, respondent, ties
from tingsu.people import directory
from tingsu.people.permission import Can
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import Doing, Step, uuid_of
from tingsu.web.investigation import forms
from tingsu.web.investigation import forms_found as found


def _member(on: Doing, *, maybe: bool = False) -> Any:
    """The member that a form names. Raises Refusal at the field."""
    sent = on.told["member"]
    if not sent and maybe:
        return None
    return directory.member(on.who.organisation_id, uuid_of(sent, "member", _("请选择是哪一位。")))


def _plan(on: Doing) -> str:
    told = on.told
    who = _member(on, maybe=True)
    inquiry.plan_point(
        on.case, on.by, on.at, what=told["what"], who=who, due_at=told["due_at"], **on.once
    )
    return _("已列入调查计划。")


def _point(on: Doing) -> str:
    told = on.told
    inquiry.end_point(
        on.case, on.by, on.at,
        point_id=on.row_id, result=told["result"], dropped=told["dropped"], **on.once,
    )  # fmt: skip
    return _("已记下。")


def _join(on: Doing) -> str:
    inquiry.add(on.case, on.by, on.at, member=_member(on), **on.once)
    return _("已参加调查。")


def _leave(on: Doing) -> str:
    inquiry.leave(on.case, on.by, on.at, row_id=on.row_id, reason=on.told["reason"], **on.once)
    return _("已退出调查，做过的都留着。")


def _involve(on: Doing) -> str:
    ties.involve(on.case, on.by, on.at, member=_member(on), reason=on.told["reason"], **on.once)
    return _("已记下，这位同事不再调查、承办和审批这件投诉。")


def _namesake(on: Doing) -> str:
    ties.namesake(on.case, on.by, on.at, member=_member(on), reason=on.told["reason"], **on.once)
    return _("已记下，只是同名，可以正常办理。")


def _recuse(on: Doing) -> str:
    told = on.told
    ties.ask_recusal(
        on.case, on.by, on.at,
        member=_member(on), asked_for=told["asked_for"], reason=told["reason"], **on.once,
    )  # fmt: skip
    return _("回避申请已记下，等主管或负责人决定。")


def _decide(on: Doing) -> str:
    granted = on.told["granted"] == "yes"
    ties.decide_recusal(
        on.case, on.by, on.at,
        row_id=on.row_id, granted=granted, reason=on.told["reason"], **on.once,
    )  # fmt: skip
    return _("已同意回避。") if granted else _("已决定不回避。")


def _talk(kind: str) -> Any:
    def do(on: Doing) -> str:
        told = on.told
        names = ("person", "capacity", "held_at", "present", "text")
        values = {name: told[name] for name in names} | {"place": told["where"]}
        minutes.record(on.case, on.by, on.at, kind=kind, files=on.files, **values, **on.once)
        return _("已记下。请念给对方听或请对方看过，再请在场的人签字。")

    return do


def _read(on: Doing) -> str:
    minutes.read_back(
        on.case, on.by, on.at,
        minutes_id=on.row_id, corrections=on.told["corrections"], **on.once,
    )  # fmt: skip
    return _("对方已核对，内容不再改动，可以签字。")


def _sign(on: Doing) -> str:
    told = on.told
    minutes.ask_sign(
        on.case, on.by, on.at,
        minutes_id=on.row_id, role=told["role"], name=told["name"], **on.once,
    )  # fmt: skip
    return _("请在这份笔录下面点「当面签」，或发链接、用纸签。")


def _paper(on: Doing) -> str:
    minutes.paper(on.case, on.by, on.at, minutes_id=on.row_id, **on.once)
    return _("文书草稿已备好，在「文书」里签发、打印。")


def _evidence(on: Doing) -> str:
    told = dict(on.told)
    told.pop("files")
    told["place"] = told.pop("kept_at")
    told["original"] = told["original"] == "yes"
    evidence.add(on.case, on.by, on.at, files=on.files, **told, **on.once)
    return _("证据已登记。")


def _hand_on(on: Doing) -> str:
    told = on.told
    evidence.hand_on(
        on.case, on.by, on.at,
        evidence_id=on.row_id, to=told["to"], place=told["kept_at"], note=told["note"], **on.once,
    )  # fmt: skip
    return _("移交已记下。")


def _dispute(on: Doing) -> str:
    row = on.row_id if on.row else None
    findings.dispute(on.case, on.by, on.at, dispute_id=row, **on.told, **on.once)
    return _("争议焦点已记下。")


def _settle(on: Doing) -> str:
    findings.settle(
        on.case, on.by, on.at, dispute_id=on.row_id, finding=on.told["finding"], **on.once
    )
    return _("认定已记下。")


def _order(on: Doing) -> str:
    written = expert.order(on.case, on.by, on.at, **on.told, **on.once)
    stopped = written.events[0].data.get("clocks")
    return _("委托已记下，规定允许的时限已暂停。") if stopped else _("委托已记下。")


def _result(on: Doing) -> str:
    told = on.told
    expert.result(
        on.case, on.by, on.at,
        expert_id=on.row_id, text=told["text"], withdrawn=told["withdrawn"], files=on.files,
        **on.once,
    )  # fmt: skip
    return _("结果已记下，为它暂停的时限继续计算。")


def _ask(on: Doing) -> str:
    told = on.told
    respondent.ask(on.case, on.by, on.at, unit=told["unit"], due_at=told["due_at"], **on.once)
    return _("链接已生成，请发给被投诉方。")


def _revoke(on: Doing) -> str:
    respondent.revoke(on.case, on.by, on.at, link_id=on.row_id, **on.once)
    return _("链接已收回，打不开了。")


def _respond(on: Doing) -> str:
    told = on.told
    member = Can.RECORD not in on.who.rights
    respondent.answer(
        on.case, on.by, on.at,
        told=told, unit=told["unit"], person=told["person"], way="member" if member else "paper",
        answered_at=told.get("answered_at"), files=on.files, **on.once,
    )  # fmt: skip
    return _("答复已记下。")


def _issues(on: Doing) -> str:
    findings.list_issues(on.case, on.by, on.at, texts=on.told["texts"].splitlines(), **on.once)
    return _("投诉的问题已列出。")


def _find(on: Doing) -> str:
    findings.find(on.case, on.by, on.at, issue_id=on.row_id, **on.told, **on.once)
    return _("认定已记下。")


STEPS = (
    Step("inquiry_plan", Can.RECORD, _l("列入调查计划"), _plan, _l("列入计划"), forms.PointForm,
         "clipboard-list"),
    Step("inquiry_point", Can.RECORD, _l("查到的情况"), _point, _l("记下"), forms.PointEndForm,
         "clipboard-check"),
    Step("investigator", Can.HANDLE, _l("加调查人员"), _join, _l("请他参加"), forms.MemberForm,
         "user-plus", _l("涉及这件投诉的人不在名单里。")),
    Step("investigator_off", Can.HANDLE, _l("退出调查"), _leave, _l("退出"), forms.ReasonForm,
         "arrow-back-up"),
    Step("tie", Can.RECORD, _l("记下涉及人员"), _involve, _l("记下"), forms.InvolvedForm, "flag",
         _l("记下以后，这位同事不能调查、承办或审批；正在承办的，投诉回到部门等人接手。")),
    Step("namesake", Can.DECIDE, _l("只是同名"), _namesake, _l("记下"), forms.NamesakeForm,
         "user-check"),
    Step("recusal", Can.RECORD, _l("申请回避"), _recuse, _l("提出"), forms.RecusalForm,
         "hand-stop"),
    Step("recusal_decide", Can.DECIDE, _l("决定回避申请"), _decide, _l("决定"), forms.DecideForm,
         "gavel"),
    Step("interview", Can.RECORD, _l("询问笔录"), _talk("interview"), _l("记下笔录"),
         forms.TalkForm, "message-2"),
    Step("spot_check", Can.RECORD, _l("现场核对"), _talk("check"), _l("记下核对"), forms.SpotForm,
         "list-check", _l("和客户一起，当场看原始资料。")),
    Step("minutes_read", Can.RECORD, _l("对方核对过了"), _read, _l("核对无误"), forms.ReadForm,
         "eye", _l("念给对方听，或请对方自己看。之后内容不再改动。")),
    Step("minutes_sign", Can.RECORD, _l("请在场的人签字"), _sign, _l("请他签"), forms.SignForm,
         "writing"),
    Step("minutes_paper", Can.HANDLE, _l("做成文书"), _paper, _l("做成文书"), StepForm, "file-text",
         _l("带上问答、更正和签字情况，签发后可以打印存卷。")),
    Step("evidence", Can.RECORD, _l("登记证据"), _evidence, _l("登记"), forms.EvidenceForm,
         "paperclip", _l("文件的 SHA-256 写进经过，谁也改不了。")),
    Step("evidence_move", Can.RECORD, _l("证据移交"), _hand_on, _l("记下移交"), forms.HandOnForm,
         "switch-horizontal"),
    Step("dispute", Can.RECORD, _l("争议焦点"), _dispute, _l("记下"), found.DisputeForm,
         "messages"),
    Step("dispute_find", Can.HANDLE, _l("认定争议点"), _settle, _l("记下认定"), found.SettleForm,
         "scale"),
    Step("expert", Can.HANDLE, _l("委托鉴定、检测"), _order, _l("记下委托"), found.ExpertForm,
         "hourglass"),
    Step("expert_result", Can.RECORD, _l("鉴定、检测结果"), _result, _l("记下结果"),
         found.ResultForm, "file-check"),
    Step("respond_ask", Can.HANDLE, _l("请被投诉方答复"), _ask, _l("生成链接"), forms.AskForm,
         "link", _l("对方打开链接就能看到投诉的事、写答复、交材料；看不到投诉人的姓名和电话。")),
    Step("respond_revoke", Can.HANDLE, _l("收回答复链接"), _revoke, _l("收回"), StepForm, "unlink",
         _l("收回后马上打不开，已经答复的都留着。"), danger=True),
    Step("respond", Can.ANSWER, _l("记下被投诉方的答复"), _respond, _l("记下答复"),
         forms.RespondForm, "building"),
    Step("issues", Can.HANDLE, _l("投诉的问题"), _issues, _l("就这些"), found.IssuesForm,
         "list-check", _l("按诉求逐句拆开的，请改成一项一件事。")),
    Step("issue_find", Can.HANDLE, _l("认定"), _find, _l("记下认定"), found.FindForm, "scale"),
)  # fmt: skip
