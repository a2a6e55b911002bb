"""Choices of the intake form with their icons. Reads no tables."""

from typing import Any

from django import template
from django.forms.boundfield import BoundField

from tingsu.web import labels

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
