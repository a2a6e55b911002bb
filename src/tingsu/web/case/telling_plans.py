"""What the entries of plans and negotiation say in their line. Reads no tables; a part of
``telling``."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.packs import say
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people.rulebook import case_pack
from tingsu.web import labels, labels_plans, spoken
from tingsu.web.case.words import language
from tingsu.web.labels import label_of
from tingsu.web.remedy.card import sum_words

Given = Mapping[str, Any]


def tactic_words(case: Any, codes: Any) -> str:
    """The tactics by name: 同一战线、守住原则."""
    known = TECHNIQUES.of(case_pack(case)).techniques
    return _("、").join(say(known[code].label, language()) for code in codes or () if code in known)


def _plan(data: Given, case: Any, _names: Any) -> str:
    if "order" in data:
        return _("提出的次序：%(order)s") % {"order": _("、").join(data["order"])}
    parts = [str(data.get("name", "")), sum_words(data.get("totals", []))]
    if data.get("goodwill"):
        parts.append(_("酌情 %(sum)s") % {"sum": spoken.money(data["goodwill"])})
    if data.get("expires"):
        until = spoken.when(datetime.fromisoformat(str(data["expires"])))
        parts.append(_("保留到 %(when)s") % {"when": until})
    parts.append(tactic_words(case, data.get("tactics")))
    return " · ".join(filter(None, parts))


def _answered(data: Given, case: Any, _names: Any) -> str:
    parts = [str(data.get("name", ""))]
    if data.get("wanted") is not None:
        parts.append(_("希望得到 %(sum)s") % {"sum": spoken.money(data["wanted"])})
    if data.get("way"):
        parts.append(str(label_of(labels.CHANNELS, str(data["way"])).word))
    parts.append(tactic_words(case, data.get("tactics")))
    return " · ".join(filter(None, parts))


def _consent(data: Given, _case: Any, _names: Any) -> str:
    who = data.get("who", {})
    name = str(who.get("name", ""))
    if who.get("kind") == "role":
        name = str(label_of(labels.ROLES, str(who.get("ref", ""))).word)
    said = "agreed" if data.get("agreed") else "refused"
    word = str(label_of(labels_plans.CONSENTS, said).word)
    return " · ".join(filter(None, (str(data.get("name", "")), name, word)))


def _talk(data: Given, case: Any, _names: Any) -> str:
    parts = [
        str(label_of(labels.CHANNELS, str(data.get("channel", ""))).word),
        tactic_words(case, data.get("tactics")),
    ]
    if data.get("agreed"):
        parts.append(_("谈拢：%(what)s") % {"what": data["agreed"]})
    return " · ".join(filter(None, parts))


SAY: Mapping[str, Callable[[Given, Any, Any], str]] = {
    **dict.fromkeys("plan_made plan_changed plan_dropped plan_offered".split(), _plan),
    **dict.fromkeys(
        (
            "offer_accepted offer_refused offer_countered offer_talk offer_expired offer_withdrawn"
        ).split(),
        _answered,
    ),
    "plan_consent": _consent,
    "negotiated": _talk,
}
