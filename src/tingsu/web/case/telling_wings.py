"""What the entries of a case's wings say in their line: papers, first review, remedies. Reads no
tables; a part of ``telling``."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tingsu.packs import say
from tingsu.packs.guide import GUIDE
from tingsu.packs.screening import SCREENING
from tingsu.people.rulebook import case_pack
from tingsu.web import labels, spoken
from tingsu.web.case import telling_inquiry
from tingsu.web.case.telling_after import SAY as AFTER
from tingsu.web.case.words import SERVED_ON, WAYS, language, word
from tingsu.web.labels import label_of
from tingsu.web.remedy.card import sum_words

Given = Mapping[str, Any]


def _document(data: Given, _case: Any, _names: Any) -> str:
    parts = [str(data.get(name, "")) for name in ("title", "number")]
    parts += [word(SERVED_ON, data.get("to", "")), word(WAYS, data.get("way", ""))]
    if name := data.get("signature_of"):
        parts.append(_("用了%(name)s的签名图") % {"name": name})
    if name := data.get("seal_name"):
        parts.append(_("盖了「%(name)s」") % {"name": name})
    return " · ".join(filter(None, parts))


def _screened(data: Given, case: Any, _names: Any) -> str:
    outcome = str(label_of(labels.SCREENED, str(data.get("outcome", ""))).word)
    checks = SCREENING.of(case_pack(case)).items
    named = [checks[code][-1].value for code in data.get("grounds", ()) if code in checks]
    return " · ".join([outcome, *(say(one.labels, language()) for one in named if one)])


def _speaks(data: Given, _case: Any, _names: Any) -> str:
    return _("代表") if data.get("representative") else ""


def _remedy(data: Given, _case: Any, _names: Any) -> str:
    parts = [sum_words(data.get("totals", []))]
    if data.get("goodwill"):
        parts.append(_("酌情 %(sum)s") % {"sum": spoken.money(data["goodwill"])})
    return " · ".join(filter(None, parts))


def _guide(data: Given, case: Any, _names: Any) -> str:
    method = GUIDE.of(case_pack(case)).methods.get(str(data.get("method", "")))
    stages = method.stages if method else ()
    named = (say(one.labels, language()) for one in stages if one.code == data.get("stage"))
    return next(named, "")


SAY: Mapping[str, Callable[[Given, Any, Any], str]] = {
    **AFTER,
    "remedy_proposed": _remedy,
    "remedy_done": _remedy,
    "document_drafted": _document,
    "document_issued": _document,
    "document_served": _document,
    "document_void": _document,
    "document_dropped": _document,
    **telling_inquiry.SAY,
    "guide_ticked": _guide,
    "guide_unticked": _guide,
    "screened": _screened,
    "joined": _speaks,
    "joined_speaks": _speaks,
}
