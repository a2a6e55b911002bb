"""Steps on a signature: a link of its own, paper, taken back. Calls actions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import sign
from tingsu.people.permission import Can
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import Doing, Step
from tingsu.web.signing.forms import LinkForm, PaperForm


def _link(on: Doing) -> str:
    sign.open_link(on.case, on.by, on.at, signing_id=on.row_id, days=on.told["days"], **on.once)
    return _("链接已生成，在签字那一行打开，发给对方。")


def _paper(on: Doing) -> str:
    told = on.told
    sign.sign_on_paper(
        on.case, on.by, on.at,
        signing_id=on.row_id, scan=on.files[0] if on.files else None,
        name=told["name"], signed_at=told["signed_at"], **on.once,
    )  # fmt: skip
    return _("纸上签字已记下。")


def _withdraw(on: Doing) -> str:
    sign.withdraw(on.case, on.by, on.at, signing_id=on.row_id, **on.once)
    return _("已撤回，对方不能再签这一份。")


STEPS = (
    Step("sign_link", Can.HANDLE, _l("签字链接"), _link, _l("生成链接"), LinkForm, "link",
         _l("对方在自己的手机上看全文、签字。链接签过一次就失效；再生成一个，前一个也失效。")),
    Step("sign_paper", Can.RECORD, _l("纸上签字"), _paper, _l("记下签字"), PaperForm, "file-text",
         _l("拍照或扫描都可以，要看得清签名。")),
    Step("sign_withdraw", Can.HANDLE, _l("撤回签字"), _withdraw, _l("撤回"), StepForm,
         "arrow-back-up", _l("内容要改、或改由别人签时用。"), danger=True),
)  # fmt: skip
