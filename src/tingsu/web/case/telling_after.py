"""What entries from after the end say in their line: call-backs, archive, dossier. Reads no
tables; a part of ``telling``."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.web import labels_after, spoken
from tingsu.web.labels import label_of

Given = Mapping[str, Any]


def _at(stamp: Any) -> str:
    try:
        return spoken.when(datetime.fromisoformat(str(stamp)))
    except ValueError:
        return ""


def _done(data: Given, _case: Any, _names: Any) -> str:
    parts = [str(label_of(labels_after.RESULTS, str(data.get("result", ""))).word)]
    if data.get("then"):
        parts.append(str(label_of(labels_after.THEN, str(data["then"])).word))
    return " · ".join(parts)


def _tried(data: Given, _case: Any, _names: Any) -> str:
    words = _("第 %(n)s 次，下次 %(when)s")
    return words % {"n": data.get("try", ""), "when": _at(data.get("next"))}


def _due(data: Given, _case: Any, _names: Any) -> str:
    return _("%(when)s 以前") % {"when": _at(data["due"])} if data.get("due") else ""


def _dossier(data: Given, _case: Any, _names: Any) -> str:
    parts = [str(data.get("what", "")).upper()]
    parts.append(_("隐去个人信息") if data.get("masked") else _("完整"))
    return " · ".join(filter(None, parts))


SAY: Mapping[str, Callable[[Given, Any, Any], str]] = {
    "callback_planned": _due,
    "callback_tried": _tried,
    "callback_done": _done,
    "callback_overdue": _due,
    "dossier_made": _dossier,
    "dossier_taken": _dossier,
}
