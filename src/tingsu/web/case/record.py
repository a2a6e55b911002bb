"""Steps about the record: facts, complainant, ties to other cases, watch list."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import facts, link, tell_apart, watch
from tingsu.cases.errors import Refusal
from tingsu.core.lifecycle import Move
from tingsu.people.permission import Can
from tingsu.people.rulebook import case_pack
from tingsu.web.case import forms_record as forms
from tingsu.web.case.forms import ReasonForm
from tingsu.web.case.moves import chosen_case
from tingsu.web.case.step import Doing, Step


def _facts(on: Doing) -> str:
    reason = on.told["reason"]
    values = on.form.changed() or {"title": on.case.title}  # the action words "nothing changed"
    facts.change(on.case, on.by, on.at, values=values, reason=reason, **on.fresh)
    return _("已更正，原来的内容留在经过里。")


def _category(on: Doing) -> str:
    if on.row not in case_pack(on.case).categories:
        raise Refusal(_("请从列出的选项中选择。"), "row", "missing")
    facts.change(on.case, on.by, on.at, values={"category": on.row}, **on.once)
    return _("已归类。")


def _party(on: Doing) -> str:
    values = on.form.changed() or {"name": on.case.party.name if on.case.party else ""}
    facts.change_party(on.case, on.by, on.at, values=values, **on.fresh)
    return _("当事人资料已更正。")


def _link(on: Doing) -> str:
    kind = on.told["kind"] or "related"
    link.link(
        on.case, on.by, on.at,
        other=chosen_case(on), kind=kind, reason=on.told["reason"].strip(), **on.once,
    )  # fmt: skip
    return _("两件投诉已关联。")


def _unlink(on: Doing) -> str:
    link.unlink(
        on.case, on.by, on.at, other=chosen_case(on), reason=on.told["reason"].strip(), **on.once
    )
    return _("关联已取消。")


def _merge(on: Doing) -> str:
    into = chosen_case(on)
    link.merge(on.case, on.by, on.at, into=into, reason=on.told["reason"].strip(), **on.fresh)
    return _("已并入 %(number)s，之后的联系都会写到那里。") % {"number": into.number}


def _unmerge(on: Doing) -> str:
    link.unmerge(on.case, on.by, on.at, reason=on.told["reason"], **on.once)
    return _("已拆开，各自接着办。")


def _tell_apart(on: Doing) -> str:
    tell_apart.tell_apart(on.case, on.by, on.at, other=chosen_case(on), **on.once)
    return _("记下了：不是同一件事，不再提示。")


def _watch(on: Doing) -> str:
    told = on.told
    until: date | None = told["expires_on"]
    watch.propose(
        on.case, on.by, timezone.localtime(on.at),
        kind=told["kind"], reason=told["reason"], expires_on=until, **on.once,
    )  # fmt: skip
    return _("已提交，等另一位批准。")


def _approve(on: Doing) -> str:
    watch.approve(on.case, on.by, on.at, entry_id=on.row_id, **on.once)
    return _("已列入关注名单。这不影响投诉照常受理。")


def _end_watch(on: Doing) -> str:
    watch.end(on.case, on.by, on.at, entry_id=on.row_id, reason=on.told["reason"], **on.once)
    return _("已移出关注名单。")


def _tie(name: str, title: Any, do: Any, icon: str, **more: Any) -> Step:
    more.setdefault("form", forms.TieForm)
    return Step(name, Can.HANDLE, title, do, title, icon=icon, **more)


STEPS = (
    Step("facts", Can.HANDLE, _l("更正事实"), _facts, _l("保存更正"), forms.FactsForm, "edit",
         _l("只写改动的地方，原来的内容会留在经过里。"), menu="record"),
    Step("category", Can.HANDLE, _l("归类"), _category, _l("归类"), icon="tag"),
    Step("party", Can.HANDLE, _l("更正当事人"), _party, _l("保存更正"), forms.PartyForm, "user",
         _l("电话、邮箱、地址不显示原值；不填就不改。"), menu="record"),
    _tie("link", _l("关联投诉"), _link, "link", form=forms.LinkForm, menu="record"),
    _tie("unlink", _l("取消关联"), _unlink, "unlink"),
    _tie("merge", _l("并入另一件"), _merge, "git-merge", move=Move.MERGE, menu="record",
         lead=_l("这件停在这里，在主件里接着办；之后的联系都写到主件。可以再拆开。")),
    Step("unmerge", Can.HANDLE, _l("拆开并案"), _unmerge, _l("拆开"), ReasonForm, "unlink",
         move=Move.UNMERGE, menu="record"),
    _tie("tell_apart", _l("不是同一件事"), _tell_apart, "x"),
    Step("watch", Can.WATCH, _l("列入关注名单"), _watch, _l("提交批准"), forms.WatchForm, "flag",
         _l("只作提醒，投诉照常受理。要由另一位批准，到期自动结束。"), menu="record"),
    Step("watch_approve", Can.WATCH_APPROVE, _l("批准列入"), _approve, _l("批准"), icon="check"),
    Step("watch_end", Can.WATCH_APPROVE, _l("移出关注名单"), _end_watch, _l("移出"), ReasonForm,
         "flag"),
)  # fmt: skip
