"""Words for the check list. Reads no tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.core.screening import Answer, Found, Kind
from tingsu.web.labels import Label

KINDS: Mapping[Kind, Any] = {
    Kind.JURISDICTION: _l("归我们管辖"),
    Kind.SCOPE: _l("属于受理范围"),
    Kind.DIRECT_INTEREST: _l("投诉人与这件事有直接利害关系"),
    Kind.RESPONDENT: _l("有明确的被投诉方"),
    Kind.REQUEST: _l("有具体的诉求、事实和理由"),
    Kind.FORM: _l("投诉材料写全了"),
    Kind.EVIDENCE: _l("有证据材料"),
    Kind.TIME_BAR: _l("没有超过投诉时效"),
    Kind.COURT: _l("法院、仲裁机构没有受理过"),
    Kind.HANDLED: _l("以前没有处理过同一件事"),
}
ANSWERS: Mapping[Answer, Label] = {
    Answer.YES: Label(_l("符合"), "circle-check", "good"),
    Answer.NO: Label(_l("不符合"), "alert-circle", "late"),
    Answer.UNKNOWN: Label(_l("还不清楚"), "help-circle"),
}


def fact(found: Found) -> str:
    """The fact behind an answer, in a sentence; "" where the file says nothing."""
    said = {
        "respondent": _("被投诉方：%(value)s"),
        "no_respondent": _("还没写被投诉的是谁"),
        "request": _("诉求：%(value)s"),
        "no_request": _("还没问清客户要什么"),
        "no_narrative": _("还没写清发生了什么"),
        "form": _("姓名和联系方式都有"),
        "no_name": _("没有留姓名"),
        "no_contact": _("没有留联系方式"),
        "files": _("已交 %(value)s 份附件"),
        "no_files": _("还没有附件；有没有别的证据，要问客户"),
        "": "",
    }[found.fact]
    return said % {"value": found.value}
