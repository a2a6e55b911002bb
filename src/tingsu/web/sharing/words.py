"""Words of shared work: why somebody fits, needs of customers, causes of going up. Reads packs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.core.assignment import Scored
from tingsu.packs import PackError, say
from tingsu.packs.escalation import ESCALATION, Need
from tingsu.people.permission import Can, may
from tingsu.people.rulebook import case_pack, pack_of

CONSENTS: Mapping[str, Any] = {
    "yes": _l("问过本人，同意记下"),
    "guardian": _l("照顾他的人同意记下"),
    "evident": _l("本人自己提出来的"),
}
LANGUAGES: Mapping[str, Any] = {
    "en": _l("英语"),
    "ja": _l("日语"),
    "ko": _l("韩语"),
    "fr": _l("法语"),
    "de": _l("德语"),
    "ru": _l("俄语"),
    "es": _l("西班牙语"),
    "yue": _l("粤语"),
    "sign": _l("手语"),
}


def language() -> str:
    """The language of the reader."""
    return get_language() or "zh-hans"


def reason_words(reason: Sequence[Any], case: Any) -> str:
    """One reason for a person: look, points and value."""
    look, _points, value = reason
    if look == "skill":
        return _("熟悉%(what)s") % {"what": _skill(case, str(value))}
    if look == "language":
        return _("会%(what)s") % {"what": LANGUAGES.get(str(value), value)}
    if look == "region":
        return _("负责%(what)s") % {"what": value}
    if look == "load":
        return _("手上 %(n)s 件") % {"n": value}
    if look == "hard":
        return _("正办着 %(n)s 件难的") % {"n": value}
    return str(_PLAIN.get(look, look))


_PLAIN: Mapping[str, Any] = {
    "received": _l("这件是他接的"),
    "known": _l("办过这位客户的事"),
    "shift": _l("现在当班"),
}


def why(found: Scored, case: Any) -> str:
    """All reasons in a line."""
    reasons = ((one.look, one.points, one.value) for one in found.reasons)
    return _("，").join(reason_words(one, case) for one in reasons)


def _skill(case: Any, code: str) -> str:
    pack = case_pack(case)
    if code == pack.id:
        return pack.label(language())
    return pack.category_label(code, language()) if code in pack.categories else code


def needs_of(organisation_id: Any, pack_id: str, kinds: Sequence[str], on: Any) -> list[Need]:
    """What the pack says of these kinds of need, with what to do."""
    if not kinds:
        return []
    try:
        known = ESCALATION.of(pack_of(organisation_id, pack_id)).needs(on)
    except PackError:
        return []
    return [one for one in known if one.id in kinds]


def need_word(need: Any) -> str:
    """What a kind of need is called."""
    return say(need.labels, language())


def cause_words(case: Any, cause: str) -> str:
    """Why somebody is asked, in short: by hand, a time limit, a rule, a dispute."""
    kind = cause.partition(":")[0]
    if plain := _CAUSES.get(kind):
        return str(plain)
    pack = case_pack(case)
    named = ESCALATION.of(pack).named_rules(pack.calendar.day_of(case.received_at))
    return next((say(one.labels, language()) for one in named if one.rule.id == kind), kind)


_CAUSES: Mapping[str, Any] = {
    "hand": _l("人工上报"),
    "clock": _l("时限已过"),
    "dispute": _l("部门之间有分歧"),
    "lapsed": _l("没有及时答复"),
}


@dataclass(frozen=True)
class Care:
    """One need with what to do, in the reader's language."""

    labels: Any
    lines: tuple[str, ...]


def care_of(who: Any, party: Any, pack_id: str) -> list[Care] | None:
    """What a person needs, for those who talk with customers; None for everybody else."""
    if party is None or not may(who, Can.UNMASK):
        return None
    found = needs_of(party.organisation_id, pack_id, party.need_kinds, localdate())
    return [Care(one.labels, tuple(say(line, language()) for line in one.care)) for one in found]
