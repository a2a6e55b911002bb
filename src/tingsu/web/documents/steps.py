"""Steps on the papers of a case: begin, issue, serve, declare void, throw away. Calls actions."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.cases.actions import document, serve
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import documents as queries
from tingsu.cases.queries import imprints
from tingsu.documents.imprints import Wish
from tingsu.documents.issuing import issue_draft
from tingsu.people.permission import Can
from tingsu.web.case.fields import Choice, Instant, Tick
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import Doing, Step, uuid_of
from tingsu.web.case.words import SERVED_ON, WAYS, language
from tingsu.web.portal.fields import Files, Text


class BeginForm(StepForm):
    """Which paper."""

    kind = Choice(label=_l("哪一种文书"))

    def prepare(self) -> None:
        kinds = queries.kinds(self.place.case).values()
        self.choose("kind", [(one.id, one.title(language())) for one in kinds])


class IssueForm(StepForm):
    """Who signs, as it stands on the paper; the own signature and a seal where there are some."""

    optional = frozenset({"signatory", "signature", "seal"})

    signatory = Text(limit=60, label=_l("署名"))
    signature = Tick(label=_l("用我的签名图"))
    seal = Choice(strip=True, label=_l("盖章"))

    def prepare(self) -> None:
        who = self.place.who
        self.fields["signatory"].initial = f"{who.post} {who.name}".strip()
        shown = _shown(self.place.case, self.place.row)
        kind = shown.kind if shown else None
        if kind is None or kind.form == "sheet" or imprints.signature_of(who.member_id) is None:
            del self.fields["signature"]
        seals = imprints.seals_for(self.place.case, kind, who.member_id) if kind else []
        if seals:
            self.choose("seal", [("", _("不盖章")), *((str(one.id), one.name) for one in seals)])
        else:
            del self.fields["seal"]


class ServeForm(StepForm):
    """How, when and to whom."""

    optional: ClassVar[frozenset[str]] = frozenset({"receiver", "note", "files"})

    to = Choice(strip=True, label=_l("送达给谁"))
    way = Choice([(code, WAYS[code]) for code in serve.WAYS], strip=True, label=_l("怎样送达"))
    served_at = Instant(required=False, label=_l("什么时候送达"))
    receiver = Text(limit=120, label=_l("签收人"))
    note = Text(limit=200, label=_l("说明，例如挂号单号"))
    files = Files(required=False, label=_l("送达凭证"))  # type: ignore[assignment]

    def prepare(self) -> None:
        self.fields["served_at"].initial = self.place.at
        shown = _shown(self.place.case, self.place.row)
        wanted = [one for one in (shown.kind.to if shown and shown.kind else ()) if one != "file"]
        self.choose("to", [(one, SERVED_ON[one]) for one in wanted])
        if shown and wanted:
            self.fields["to"].initial = next(iter(shown.unserved), wanted[0])
        reached = self.fields["to"].initial == "complainant"
        self.fields["way"].initial = "portal" if reached else "hand"


class VoidForm(StepForm):
    """Why."""

    reason = Text(limit=400, lines=3, label=_l("为什么作废"))


def _shown(case: Any, row: str) -> queries.Shown | None:
    try:
        wanted = uuid_of(row, "row")
    except Refusal:
        return None
    return next((one for one in queries.of_case(case) if one.row.id == wanted), None)


def _begin(on: Doing) -> str:
    document.begin(on.case, on.by, on.at, kind=on.told["kind"], **on.once)
    return _("草稿做好了，核对后签发。")


def _issue(on: Doing) -> str:
    base = settings.PUBLIC_URL or on.origin
    issue_draft(
        on.case, on.by, on.at,
        document_id=on.row_id, signatory=on.told["signatory"], wish=_wish(on.told),
        checked_at=f"{base}{reverse('document_check')}", **on.once,
    )  # fmt: skip
    return _("已签发，可以下载和送达。")


def _wish(told: Mapping[str, Any]) -> Wish:
    seal = told.get("seal")
    return Wish(signature=bool(told.get("signature")), seal=uuid_of(seal, "seal") if seal else None)


def _serve(on: Doing) -> str:
    told = on.told
    proof = on.files[0] if on.files else None
    serve.serve(
        on.case, on.by, on.at,
        document_id=on.row_id, to=told["to"], way=told["way"], served_at=told["served_at"],
        receiver=told["receiver"], note=told["note"], proof=proof, **on.once,
    )  # fmt: skip
    return _("送达已记下，相关时限随之更新。")


def _void(on: Doing) -> str:
    document.void(on.case, on.by, on.at, document_id=on.row_id, reason=on.told["reason"], **on.once)
    return _("已作废，编号保留。")


def _drop(on: Doing) -> str:
    document.drop(on.case, on.by, on.at, document_id=on.row_id, **on.once)
    return _("草稿已删去。")


STEPS = (
    Step("document_begin", Can.HANDLE, _l("做一份文书"), _begin, _l("做草稿"), BeginForm, "plus",
         _l("草稿会用这件投诉的资料填好，缺的会标出来。")),
    Step("document_issue", Can.HANDLE, pgettext_lazy("step", "签发文书"), _issue,
         pgettext_lazy("paper", "签发"), IssueForm, "file-check",
         _l("签发后取得文号，内容不能再改；写错了只能作废重做。")),
    Step("document_serve", Can.HANDLE, pgettext_lazy("step", "送达文书"), _serve,
         pgettext_lazy("paper", "记下送达"), ServeForm, "send",
         _l("邮件和查询页由系统马上送出；其他方式请先送到，再来记。")),
    Step("document_void", Can.DECIDE, _l("文书作废"), _void, pgettext_lazy("paper", "作废"),
         VoidForm, "ban", _l("作废的文书和编号都留着，扫码的人会看到已作废。"), danger=True),
    Step("document_drop", Can.HANDLE, _l("删去草稿"), _drop, _l("删去草稿"), StepForm, "trash",
         _l("草稿没有文号，删去后不留内容。"), danger=True),
)  # fmt: skip
