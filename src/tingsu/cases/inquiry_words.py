"""Words for the codes of an investigation that pages and papers share. Reads no tables."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from tingsu.core.investigation import Fault, Finding, Liable

Words = Mapping[str, str | Promise]

FINDINGS: Words = {
    Finding.FOUNDED: pgettext_lazy("finding", "有效"),
    Finding.PARTLY: pgettext_lazy("finding", "部分有效"),
    Finding.UNFOUNDED: pgettext_lazy("finding", "无效"),
    Finding.UNDECIDED: pgettext_lazy("finding", "无法认定"),
}
FAULTS: Words = {
    Fault.INTENT: _l("故意"),
    Fault.NEGLIGENCE: _l("过失"),
    Fault.MISTAKE: _l("失误"),
    Fault.SERVICE: _l("服务质量差"),
}
LIABLE: Words = {
    Liable.COMPANY: _l("公司"),
    Liable.STAFF: _l("员工"),
    Liable.USE: _l("客户使用不当"),
    Liable.THIRD: _l("第三方"),
    Liable.FORCE: _l("不可抗力"),
    Liable.NOBODY: _l("无人负责"),
}
GIVERS: Words = {
    "complainant": _l("投诉人"),
    "respondent": _l("被投诉方"),
    "house": _l("我们自己收集"),
    "third": _l("第三方"),
}
EVIDENCE: Words = {
    "document": _l("书证"),
    "photo": _l("照片"),
    "audio": _l("录音"),
    "video": _l("录像"),
    "data": _l("电子数据"),
    "object": _l("实物"),
    "statement": _l("陈述"),
    "other": pgettext_lazy("evidence", "其他"),
}
CAPACITIES: Words = {
    "complainant": _l("投诉人"),
    "respondent": _l("被投诉方"),
    "staff": _l("工作人员"),
    "witness": _l("证人"),
    "expert": _l("专业人员"),
    "other": pgettext_lazy("capacity", "其他"),
}
TESTS: Words = {
    "test": _l("检测"),
    "appraisal": _l("鉴定、评估"),
    "expert": _l("专家意见"),
}
ASKERS: Words = {
    "self": _l("本人"),
    "complainant": _l("投诉人"),
    "respondent": _l("被投诉方"),
}


def words_of(table: Words, codes: Iterable[str]) -> str:
    """公司、第三方."""
    return _("、").join(str(table.get(code, code)) for code in codes)
