"""A value of a table by its key, for the pages of the coach. Touches nothing."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(table: Mapping[str, str], key: str) -> str:
    """The word of a code; an unknown one shows itself."""
    return table.get(key, key)
