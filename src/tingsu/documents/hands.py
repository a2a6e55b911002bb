"""The signatures of the parties, as a paper shows them. Reads queries and the storage."""

from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tingsu.cases.models import Signing
from tingsu.cases.queries import ending
from tingsu.cases.queries.signing import picture
from tingsu.documents.picture import svg_of
from tingsu.documents.words import day_words
from tingsu.people.permission import NotThere

SHORT = 16  # characters of the hash that stand on the paper


def hands(document_id: UUID, language: str) -> dict[str, tuple[str, str]]:
    """Role -> the picture as SVG ("" where none was drawn), and what stands under the line."""
    return {row.role: (_svg(row), _note(row, language)) for row in ending.hands_under(document_id)}


def _note(row: Signing, language: str) -> str:
    day = day_words(localdate(row.ended_at), language) if row.ended_at else ""
    words = {
        "drawn": _("%(name)s 手写签名"),
        "typed": _("%(name)s 打字签名并声明"),
        "paper": _("%(name)s 纸上签字，扫描件存档"),
    }[row.way]
    told = words % {"name": row.signed_as}
    return f"{told} · {day} · SHA-256 {row.text_hash[:SHORT]}…"


def _svg(row: Signing) -> str:
    """The picture inside an SVG: the form in which typst takes pictures that are no files."""
    if row.way != "drawn":
        return ""
    try:
        content = picture(row)
    except NotThere:
        return ""
    return svg_of(content)
