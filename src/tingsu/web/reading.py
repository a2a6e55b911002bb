"""A reading in words: what the card of a case and the form of a call show of it. Reads the
lexicon, no tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _l

from tingsu.mind.reading import AT_ONCE, KINDS, Reading, Sign, value_of
from tingsu.web.labels import ANGER

WORDS: Mapping[str, Any] = {
    "need": _l("需要"),
    "aim": _l("想要"),
    "attitude": _l("态度"),
    "demand": _l("表达"),
    "temper": _l("气质"),
    "nature": pgettext_lazy("of a complaint", "性质"),
}


@dataclass(frozen=True)
class Line:
    """One thing that was read, as it is shown."""

    name: Any
    kind: str
    code: str
    value: str
    share: str  # "" where a person has confirmed it
    words: tuple[str, ...]
    advice: str
    do: str
    dont: str


def lines(reading: Reading, confirmed: Mapping[str, str]) -> list[Line]:
    """What is known of the customer: what a person confirmed, else what was read."""
    found = []
    for kind in KINDS:
        sign = reading.values.get(kind)
        code = confirmed.get(kind) or (sign.code if sign and not confirmed else "")
        if code:
            found.append(_line(kind, code, sign if sign and sign.code == code else None, confirmed))
    return found


def risks(reading: Reading) -> list[Line]:
    """What may come next, what cannot wait first."""
    signs = sorted(reading.risks, key=lambda one: one.code != AT_ONCE)
    return [_line("risk", one.code, one, {}) for one in signs]


def offered(reading: Reading) -> dict[str, str]:
    """Kind to what was read, as a form starts with it."""
    return {kind: sign.code for kind, sign in reading.values.items()}


def choices(kind: str, codes: Any) -> list[tuple[str, str]]:
    """The values of a kind with their words."""
    return [(code, _said(kind, code, "labels")) for code in codes]


def in_short(data: Mapping[str, Any], _case: Any = None, _names: Any = None) -> str:
    """What an entry of the timeline says of a confirmed reading."""
    level = data.get("anger")
    mood = ANGER.get(level) if isinstance(level, int) else None
    values = [_said(kind, code, "labels") for kind, code in data.get("values", {}).items()]
    return " · ".join(filter(None, (str(mood.word) if mood else "", *values)))


def _line(kind: str, code: str, sign: Sign | None, confirmed: Mapping[str, str]) -> Line:
    return Line(
        WORDS.get(kind, ""),
        kind,
        code,
        _said(kind, code, "labels"),
        f"{sign.confidence:.0%}" if sign and not confirmed else "",
        sign.words if sign else (),
        _said(kind, code, "advice"),
        _said(kind, code, "do"),
        _said(kind, code, "dont"),
    )


def _said(kind: str, code: str, what: str) -> str:
    value = value_of(kind, code)
    labels: Mapping[str, str] = getattr(value, what) if value else {}
    language = (get_language() or "").lower()
    return labels.get(language) or labels.get("zh-hans", "")
