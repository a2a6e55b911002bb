"""Words that only the pages of a case need. Reads no tables."""

from django import template

from tingsu.packs.documents import DocumentKind
from tingsu.web import labels
from tingsu.web.case import words
from tingsu.web.labels import Label, label_of

register = template.Library()


@register.filter
def personal_word(name: str) -> str:
    """电话, 邮箱 … for a personal field."""
    return words.word(words.PERSONAL, name)


@register.filter
def way_word(code: str) -> str:
    """How a letter goes out, or the customer wishes to be told."""
    return words.word(words.WAYS, code)


@register.filter
def approval_state(code: str) -> Label:
    """How a request for a signature stands: word, icon, look."""
    return label_of(labels.APPROVAL_STATES, code)


@register.filter
def served_word(code: str) -> str:
    """On whom a paper is served."""
    return words.word(words.SERVED_ON, code)


@register.filter
def kind_title(kind: DocumentKind) -> str:
    """The name of a paper in the language of the reader."""
    return kind.title(words.language())
