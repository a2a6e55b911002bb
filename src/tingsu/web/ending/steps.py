"""Steps by which a case comes to its end, in the dialog. Calls actions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.cases.actions import agree, ask_again, mediate, perform, rule_on, sign, take_on
from tingsu.cases.actions.mediate import Session
from tingsu.cases.errors import Invalid
from tingsu.cases.queries import ending as queries
from tingsu.core.ending import Line
from tingsu.people.permission import Can
from tingsu.web.case import forms as common
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import Doing, Step, uuid_of
from tingsu.web.ending import forms


def _put_up(on: Doing) -> str:
    told = on.told
    names = {side: told[f"{side}_name"] for side in agree.SIDES}
    agree.put_up(
        on.case, on.by, on.at,
        agreement_id=on.row_id, title=told["title"], names=names, **on.once,
    )  # fmt: skip
    return _("已送签。可以当面签，也可以发链接；双方都签了就生效。")


def _give_up(on: Doing) -> str:
    agree.give_up(
        on.case, on.by, on.at, agreement_id=on.row_id, reason=on.told["reason"], **on.once
    )
    return _("协议已作废，原因写在经过里。")


def _mediate(on: Doing) -> str:
    mediate.begin(on.case, on.by, on.at, text=on.told["text"], **on.once)
    return _("调解开始了，每一场都在这里记下。")


def _session(on: Doing) -> str:
    told = on.told
    session = Session(
        at=told["held_at"] or on.at, way=told["way"], mediators=told["mediators"],
        attended=told["attended"], result=told["result"], place=told["place_of"],
        complainant_said=told["complainant_said"], respondent_said=told["respondent_said"],
        note=told["note"], next_at=told["next_at"],
    )  # fmt: skip
    try:
        mediate.session(on.case, on.by, on.at, told=session, **on.once)
    except Invalid as odd:
        raise Invalid({{"at": "held_at"}.get(k, k): v for k, v in odd.fields.items()}) from odd
    if told["result"] == "agreed":
        return _("记下了。接着写调解协议，请双方签字。")
    return _("这一场记下了。")


def _fail(on: Doing) -> str:
    told = on.told
    mediate.fail(
        on.case, on.by, on.at,
        reason=told["reason"], next_step=told["next_step"], ground=told.get("ground", ""),
        **on.once,
    )  # fmt: skip
    return _("调解不成，已记下；有关时限和文书随之更新。")


def _revoke(on: Doing) -> str:
    rule_on.revoke(
        on.case, on.by, on.at, decision_id=on.row_id, reason=on.told["reason"], **on.once
    )
    return _("决定已撤销，没履行的不用再履行。已签发的文书请另外作废。")


def _begin(on: Doing) -> str:
    take_on.begin(on.case, on.by, on.at, calculation=on.row_id, **on.once)
    return _("方案的各项已转入履行。")


def _drop(on: Doing) -> str:
    take_on.drop(on.case, on.by, on.at, calculation=on.row_id, reason=on.told["reason"], **on.once)
    return _("方案不再采用，记录还在。")


def _perform(on: Doing) -> str:
    told = on.told
    doing = perform.Doing(
        at=told["done_at"], fen=told.get("fen") or 0, reference=told.get("reference", ""),
        who=told.get("who", ""), how=told.get("how", ""),
        file=on.files[0] if on.files else None, last=bool(told.get("last", True)),
    )  # fmt: skip
    perform.perform(on.case, on.by, on.at, obligation_id=on.row_id, doing=doing, **on.once)
    return _("履行已记下。")


def _refuse(on: Doing) -> str:
    told = on.told
    perform.refuse(
        on.case, on.by, on.at,
        obligation_id=on.row_id, reason=told["reason"], ground=told["ground"], **on.once,
    )  # fmt: skip
    return _("已记下拒绝履行。可以再商量、改期，或转入决定。")


def _waive(on: Doing) -> str:
    perform.waive(
        on.case, on.by, on.at, obligation_id=on.row_id, reason=on.told["reason"], **on.once
    )
    return _("已记下，这一项不用再履行。")


def _change(on: Doing) -> str:
    told = on.told
    member = uuid_of(told["member"], "member") if told["member"] else None
    perform.change(
        on.case, on.by, on.at,
        obligation_id=on.row_id, due_at=told["due_at"], member=member, reason=told["reason"],
        **on.once,
    )  # fmt: skip
    return _("已改，原来的日子写在经过里。")


def _extra(on: Doing) -> str:
    told = on.told
    due = told["due_at"].isoformat() if told["due_at"] else ""
    line = Line(told["gives"], told["words"], owed_by="house", due=due, member=told["member"])
    take_on.plan_extra(
        on.case, on.by, on.at,
        line=line, cost=told["cost"] or 0, reason=told["reason"], **on.once,
    )  # fmt: skip
    return _("额外服务已安排，做到后记下实际花费。")


def _again(on: Doing) -> str:
    ask_again.ask_again(on.case, on.by, on.at, text=on.told["text"], **on.once)
    return _("已再次请客户确认。")


def _result(on: Doing) -> str:
    """The customer is asked to put their name to the result."""
    sign.ask(on.case, on.by, on.at, **queries.result_paper(on.case), **on.once)
    return _("已请客户签字确认。客户签了，就是确认。")


STEPS = (
    Step("agreement_put_up", Can.HANDLE, _l("协议送签"), _put_up, _l("请双方签字"),
         forms.PutUpForm, "writing", _l("送签后双方看到的就是这一份；再改，要重新签。")),
    Step("agreement_void", Can.HANDLE, _l("协议作废"), _give_up, _l("作废"), common.ReasonForm,
         "ban", danger=True),
    Step("mediation_begin", Can.HANDLE, _l("开始调解"), _mediate, _l("开始调解"),
         forms.MediateForm, "heart-handshake", _l("双方都愿意才调解。")),
    Step("mediation_session", Can.HANDLE, _l("记一场调解"), _session, _l("记下"),
         forms.SessionForm, "messages"),
    Step("mediation_fail", Can.HANDLE, _l("调解不成"), _fail, _l("记下"), forms.FailForm, "x",
         _l("写明原因和下一步。终止调解的时限和告知书会自动备好。")),
    Step("decision_revoke", Can.DECIDE, _l("撤销决定"), _revoke, _l("撤销决定"), common.ReasonForm,
         "ban", danger=True),
    Step("proposal_begin", Can.HANDLE, _l("转入履行"), _begin, _l("转入履行"), StepForm,
         "player-play", _l("客户同意了这个方案。各项从现在起逐项履行、逐项留证。")),
    Step("proposal_drop", Can.HANDLE, _l("方案不再采用"), _drop, _l("不再采用"), common.ReasonForm,
         "x"),
    Step("owed_perform", Can.HANDLE, pgettext_lazy("step", "记下履行"), _perform,
         _l("记下履行"), forms.PerformForm, "circle-check", _l("写明做了什么，附上凭证。")),
    Step("owed_refuse", Can.HANDLE, _l("拒绝履行"), _refuse, _l("记下"), forms.RefuseForm,
         "hand-stop"),
    Step("owed_waive", Can.HANDLE, _l("不用再履行"), _waive, _l("记下"), common.ReasonForm,
         "arrow-back-up", _l("只在客户自己说不要了，或已用别的办法补上时用。")),
    Step("owed_change", Can.HANDLE, _l("改期、换人"), _change, _l("改好"), forms.OwedForm,
         "calendar-due"),
    Step("extra", Can.HANDLE, _l("额外服务"), _extra, _l("安排"), forms.ExtraForm, "shopping-bag",
         _l("应给的之外，多做一点。花费超出您的权限时，先送审批。")),
    Step("result_again", Can.HANDLE, _l("再次请客户确认"), _again, _l("发给客户"),
         forms.AgainForm, "user-question", _l("不写就用现成的话。客户在查询页和邮件里看到。")),
    Step("result_sign", Can.HANDLE, _l("请客户签字确认"), _result, _l("请客户签字"), StepForm,
         "writing", _l("把处理结果做成确认书，当面签、发链接签或纸上签都可以。客户签了就是确认。")),
)  # fmt: skip
