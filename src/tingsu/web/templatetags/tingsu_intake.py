"""Choices of the intake form with their icons. Reads no tables."""

from typing import Any

from django import template
from django.forms.boundfield import BoundField

from tingsu.web import labels
from tingsu.web.intake import pads

register = template.Library()

_TABLES: dict[str, Any] = {
    "anger": labels.ANGER,
    "nature": labels.NATURES,
    "severity": labels.SEVERITIES,
}


@register.simple_tag
def choices_of(bound: BoundField) -> list[tuple[str, Any, str]]:
    """Value, word and icon of every choice, for components/segments.html."""
    table = _TABLES[bound.name]
    return [(str(code), label.word, label.icon) for code, label in table.items()]


@register.simple_tag
def pad_of(draft: Any) -> pads.Pad | None:
    """A draft of the desk as an unfinished form; None when it is of another kind."""
    return pads.pad_of(draft)
