"""What states of signatures, seals and layouts are called. Touches nothing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.web.label import Label

IMPRINTS: Mapping[str, Label] = {
    "proposed": Label(_("等人批准"), "hourglass"),
    "valid": Label(pgettext_lazy("seal", "在用"), "circle-check", "good"),
    "refused": Label(_("没有采用"), "x"),
    "withdrawn": Label(_("已停用"), "ban", "bad"),
}
LAYOUTS: Mapping[str, Label] = {
    "proposed": Label(_("等人签批"), "hourglass"),
    "signed": Label(_("已签批"), "circle-check", "good"),
    "refused": Label(_("没有采用"), "x"),
    "revoked": Label(_("已撤回"), "arrow-back-up"),
}
USUAL_PARTS: Mapping[str, str | Promise] = {
    "number": _("文号"),
    "blocks": _("正文（本机构或行业包的文字）"),
    "signatory": _("署名"),
    "day": _("日期"),
    "code": _("核验码"),
}
