"""Cursors of lists: opaque to the caller, signed, good for one list alone. Touches no tables."""

from django.core import signing
from django.utils.translation import gettext as _

from tingsu.api.problems import Refused

_SALT = "tingsu.api.cursor"


def sealed(place: str, cursor: str) -> str | None:
    """The cursor as it is handed out; None at the end of the list."""
    return signing.dumps([place, cursor], salt=_SALT) if cursor else None


def opened(place: str, sent: str | None) -> str:
    """The cursor as the query wants it, "" for the beginning. Raises Refused for any other."""
    if not sent:
        return ""
    try:
        known, cursor = signing.loads(sent, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        known, cursor = "", ""
    if known != place:
        raise Refused(422, "cursor", _("after 只能用上一页给的值。"))
    return str(cursor)
