"""Words that only the pages of a case need. Reads no tables."""

from django import template

from tingsu.web.case import words

register = template.Library()


@register.filter
def personal_word(name: str) -> str:
    """电话, 邮箱 … for a personal field."""
    return words.word(words.PERSONAL, name)


@register.filter
def way_word(code: str) -> str:
    """How a letter goes out, or the customer wishes to be told."""
    return words.word(words.WAYS, code)
