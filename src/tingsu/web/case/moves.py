"""Steps that move a case or change who answers for it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import archive, assign, close, escalate, move
from tingsu.cases.errors import Refusal
from tingsu.cases.queries.here import case_by_number
from tingsu.core.lifecycle import Move
from tingsu.people import directory
from tingsu.people.permission import Can
from tingsu.web.case import forms
from tingsu.web.case.forms_record import ArchiveForm, CloseForm
from tingsu.web.case.step import Doing, Step, uuid_of
from tingsu.web.ending.forms import CancelForm, WithdrawForm
from tingsu.web.sharing.forms import OfferForm


def _take(on: Doing) -> str:
    assign.take(on.case, on.by, on.at, **on.fresh)
    return _("这件投诉现在由您承办。")


def _assign(on: Doing) -> str:
    kind, _colon, code = on.told["to"].partition(":")
    house = on.who.organisation_id
    chosen: dict[str, Any] = {}
    if code:
        found: UUID = uuid_of(code, "to")
        if kind == "m":
            chosen["to"] = directory.member(house, found)
        else:
            chosen["queue"] = directory.department(house, found)
    assign.assign(on.case, on.by, on.at, reason=on.told["reason"], **chosen, **on.fresh)
    name = next(iter(chosen.values())).name
    return _("已交给%(name)s。") % {"name": name}


def _escalate(on: Doing) -> str:
    chosen = uuid_of(on.told["to"], "to", _("请选择主管或负责人。"))
    to = directory.member(on.who.organisation_id, chosen)
    escalate.escalate(on.case, on.by, on.at, to=to, reason=on.told["reason"], **on.fresh)
    words = _("已请%(name)s接手，交接单已备好。对方接手之前，这件仍由原来的人负责。")
    return words % {"name": to.name}


def _instruct(on: Doing) -> str:
    escalate.instruct(on.case, on.by, on.at, text=on.told["text"], **on.once)
    return _("批示已写入经过。")


def _plain(to: Move) -> Callable[[Doing], str]:
    def do(on: Doing) -> str:
        move.move(on.case, on.by, on.at, to=to, reason=on.told["reason"], **on.fresh)
        return _("状态已更新。")

    return do


def _ending(to: Move) -> Callable[[Doing], str]:
    def do(on: Doing) -> str:
        told = on.told
        unit = told.get("unit", "")
        ground = told.get("ground", "")
        close.end(
            on.case, on.by, on.at,
            move=to, reason=told["reason"], unit=unit, ground=ground, **on.fresh,
        )  # fmt: skip
        return _("已记下，原因写在经过里。")

    return do


def _complete(on: Doing) -> str:
    told = on.told
    move.ask_complete(
        on.case, on.by, on.at, missing=told["missing"], due_at=told["due_at"], **on.fresh
    )
    return _("已请客户补材料，写在客户的查询页上。")


def _refer(on: Doing) -> str:
    told = on.told
    move.refer(
        on.case, on.by, on.at,
        unit=told["unit"], due_at=told["due_at"], reason=told["reason"], **on.fresh,
    )  # fmt: skip
    return _("已下转，到期要收到报告。")


def _close(on: Doing) -> str:
    told = on.told
    verdict = told.get("verdict", "")
    close.close(on.case, on.by, on.at, verdict=verdict, reason=told["reason"], **on.fresh)
    return _("已办结。")


def _archive(on: Doing) -> str:
    archive.archive(
        on.case, on.by, on.at, reason=on.told["reason"], place=on.told["shelf"], **on.fresh
    )
    return _("已归档，登记在档案里。")


def _reopen(on: Doing) -> str:
    close.reopen(on.case, on.by, on.at, reason=on.told["reason"], **on.fresh)
    return _("已重新办理，原来的经过都在。")


def chosen_case(on: Doing) -> Any:
    """The other case that a form names. Raises Refusal at the field."""
    found = case_by_number(on.who, on.told["other"])
    if found is None:
        raise Refusal(_("找不到这个编号，或它不在您的范围内。"), "other", "missing")
    return found


def _step(name: str, title: Any, to: Move, icon: str, lead: Any = "") -> Step:
    return Step(name, Can.HANDLE, title, _plain(to), title, forms.SayForm, icon, lead,
                move=to, menu="move", signed=move.SIGNED.get(to, ""))  # fmt: skip


def _end(name: str, title: Any, to: Move, icon: str, **more: Any) -> Step:
    usual: dict[str, Any] = {"right": Can.DECIDE, "form": forms.ReasonForm, "danger": True}
    more = usual | more
    more["signed"] = "refusal" if to in close.REFUSALS else ""
    return Step(
        name, title=title, do=_ending(to), button=title, icon=icon, move=to, menu="end", **more
    )


STEPS = (
    Step("take", Can.HANDLE, _l("接手"), _take, _l("我来办"), icon="user-check", ended=False),
    Step("assign", Can.ASSIGN, _l("交办"), _assign, _l("交给他"), OfferForm, "user-plus",
         ended=False, menu="people"),
    Step("escalate", Can.HANDLE, _l("上报"), _escalate, _l("上报"), forms.EscalateForm,
         "arrow-up-right", _l("整件连同经过一起交上去，客户不必从头再讲。"), ended=False),
    Step("instruct", Can.INSTRUCT, _l("批示"), _instruct, _l("写入批示"), forms.TextForm, "writing",
         _l("批示写进这件投诉的经过，不能修改。"), menu="people"),
    _step("screen", _l("开始初审"), Move.SCREEN, "list-check"),
    _step("accept", _l("受理"), Move.ACCEPT, "square-check"),
    Step("complete", Can.HANDLE, _l("请客户补材料"), _complete, _l("请客户补齐"),
         forms.CompleteForm, "hourglass", _l("客户在查询页上看得到这里写的。"),
         move=Move.ASK_COMPLETE, menu="move"),
    _step("investigate", _l("开始调查"), Move.INVESTIGATE, "search"),
    _step("negotiate", _l("开始协商"), Move.NEGOTIATE, "messages"),
    _step("mediate", _l("转入调解"), Move.MEDIATE, "heart-handshake"),
    _step("decide", _l("提请决定"), Move.DECIDE, "gavel"),
    _step("execute", _l("开始执行"), Move.EXECUTE, "player-play"),
    _step("ask_confirm", _l("请客户确认"), Move.ASK_CONFIRM, "user-question",
          _l("结果已经当面或电话告知时用。书面结果请用「回复」里的「处理结果」。")),
    Step("refer", Can.DECIDE, _l("下转"), _refer, _l("下转"), forms.ReferForm, "corner-up-right",
         _l("由下级单位办，到期向我们报告；这件投诉仍归我们负责。"), move=Move.REFER, menu="move"),
    Step("close", Can.HANDLE, _l("办结"), _close, _l("办结"), CloseForm, "circle-check",
         move=Move.CLOSE, menu="end", signed="closing"),
    _end("withdraw", _l("客户撤回"), Move.WITHDRAW, "arrow-back-up",
         lead=_l("只在客户自己说要撤回时用。"), right=Can.HANDLE, form=WithdrawForm),
    _end("refuse", _l("不予受理"), Move.REFUSE, "ban",
         lead=_l("原因会告诉客户，请写得对方看得懂。")),
    _end("transfer", _l("移送"), Move.TRANSFER, "switch-horizontal",
         lead=_l("不归我们管时，连同材料移送给管得着的单位。"), form=forms.UnitForm),
    _end("cancel", _l("撤销"), Move.CANCEL, "x",
         lead=_l("因投诉人自身原因、不可抗力或已由法院受理。"), form=CancelForm),
    Step("archive", Can.DECIDE, _l("归档"), _archive, _l("归档"), ArchiveForm, "archive",
         _l("登记到档案，按行业包写明保存到哪天。"), move=Move.ARCHIVE, menu="end"),
    Step("reopen", Can.DECIDE, _l("重新办理"), _reopen, _l("重新办理"), forms.ReasonForm, "refresh",
         _l("开始新的一轮，原来的经过都留着。"), move=Move.REOPEN, menu="end"),
)  # fmt: skip
