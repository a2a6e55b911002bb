"""What the entries of how a case ends say in their line: signatures, agreements, what is owed.
Reads no tables; a part of ``telling``."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tingsu.web import labels_ending, spoken
from tingsu.web.labels import label_of
from tingsu.web.remedy.card import sum_words

Given = Mapping[str, Any]


def _signing(data: Given, _case: Any, _names: Any) -> str:
    parts = [
        str(data.get("title", "")),
        str(label_of(labels_ending.SIGNERS, str(data.get("role", ""))).word),
        str(label_of(labels_ending.SIGNED_BY, str(data["way"])).word) if data.get("way") else "",
    ]
    return " · ".join(filter(None, parts))


def _owed(data: Given, _case: Any, _names: Any) -> str:
    parts = [str(label_of(labels_ending.GIVES, str(data.get("gives", ""))).word)]
    if data.get("paid"):
        parts.append(_("付了 %(sum)s") % {"sum": spoken.money(data["paid"])})
    if data.get("left"):
        parts.append(_("还欠 %(sum)s") % {"sum": spoken.money(data["left"])})
    elif data.get("fen") and not data.get("paid"):
        parts.append(spoken.money(data["fen"]))
    if data.get("cost"):
        parts.append(_("预计花费 %(sum)s") % {"sum": spoken.money(data["cost"])})
    if data.get("owed_by") == "respondent":
        parts.append(_("由被投诉方履行"))
    return " · ".join(filter(None, parts))


def _agreement(data: Given, _case: Any, _names: Any) -> str:
    parts = [str(label_of(labels_ending.SOURCES, str(data.get("kind", ""))).word)]
    if data.get("lines"):
        parts.append(_("%(n)s 项") % {"n": data["lines"]})
    return " · ".join(parts)


def _session(data: Given, _case: Any, _names: Any) -> str:
    parts = (
        label_of(labels_ending.SESSIONS, str(data.get("way", ""))).word,
        label_of(labels_ending.MEDIATED, str(data.get("result", ""))).word,
    )
    return " · ".join(str(part) for part in parts)


def _failed(data: Given, _case: Any, _names: Any) -> str:
    return str(label_of(labels_ending.NEXT, str(data.get("next", ""))).word)


def _decided(data: Given, _case: Any, _names: Any) -> str:
    return str(spoken.money(data["amount"])) if data.get("amount") else ""


def _times(data: Given, _case: Any, _names: Any) -> str:
    return _("第 %(n)s 次") % {"n": data["times"]} if data.get("times") else ""


def _dropped(data: Given, _case: Any, _names: Any) -> str:
    return sum_words(data.get("totals", []))


SAY: Mapping[str, Callable[[Given, Any, Any], str]] = {
    **dict.fromkeys("sign_asked sign_linked signed sign_declined sign_withdrawn".split(), _signing),
    **dict.fromkeys(
        "owed owed_changed owed_waived owed_late performed performed_part performance_refused"
        " extra_planned".split(),
        _owed,
    ),
    **dict.fromkeys(
        "agreement_drafted agreement_changed agreement_put_up agreement_void agreed".split(),
        _agreement,
    ),
    "mediation_session": _session,
    "mediation_failed": _failed,
    "decided": _decided,
    "result_asked_again": _times,
    "customer_silent": _times,
    "remedy_dropped": _dropped,
}
