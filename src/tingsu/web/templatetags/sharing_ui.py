"""Words of shared work for templates. Reads no tables."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from tingsu.cases.explain import length_words
from tingsu.web.labels import Label, label_of
from tingsu.web.sharing import labels as shared
from tingsu.web.sharing.words import care_of, need_word

register = template.Library()
_PROMISES = {
    "due": _("还没到期"),
    "kept": _("做到了"),
    "broken": _("没做到"),
    "moved": _("已改期"),
}


@register.filter
def handover_state(code: str) -> Label:
    """How an asking to take over stands: word, icon, look."""
    return label_of(shared.HANDOVERS, code)


@register.filter
def responsible_kind(code: str) -> Label:
    """For what somebody answers."""
    return label_of(shared.RESPONSIBLE, code)


@register.filter
def responsible_state(code: str) -> Label:
    """How a naming stands."""
    return label_of(shared.RESPONSIBLE_STATES, code)


@register.filter
def promise_word(code: str) -> Any:
    """Kept or not."""
    return _PROMISES.get(code, code)


@register.filter
def within_words(rung: Any) -> str:
    """How long a rung has to accept."""
    return str(length_words(rung.n, rung.unit))


@register.inclusion_tag("web/sharing/needs.html")
def needs(who: Any, party: Any, pack: str) -> dict[str, Any]:
    """What a vulnerable customer needs, with what to do, for those who may see it."""
    found = care_of(who, party, pack)
    return {
        "words": party.needs if party and found is not None else "",
        "needs": [(need_word(one), one) for one in found or ()],
        "care": [line for one in found or () for line in one.lines],
    }
