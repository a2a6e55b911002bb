"""From a paper to its files: by our layout, or by the organisation's own where one counts.

Reads queries. What an own template makes go wrong is said with its place.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases.errors import Refusal
from tingsu.cases.models import Layout
from tingsu.cases.queries import layouts
from tingsu.documents import own_typst, render
from tingsu.documents.own import Unset
from tingsu.documents.paper import Paper

Made = TypeVar("Made")


def in_force(house: UUID, pack: str, kind: str, language: str, on: date) -> Mapping[str, Layout]:
    """The organisation's own templates of a paper, by form."""
    return layouts.in_force(house, pack, kind, language, on)


def dressed(paper: Paper, own: Mapping[str, Layout], values: Mapping[str, str]) -> Paper:
    """The paper with all values, for templates that place them themselves. It keeps which these
    are: an issued paper looks the same later."""
    if not own:
        return paper
    return replace(
        paper,
        layouts={form: str(row.id) for form, row in own.items()},
        fields=own_fields(own, values),
    )


def own_fields(own: Mapping[str, Layout], values: Mapping[str, str]) -> dict[str, str]:
    """The values that the templates ask for, and no others."""
    return {name: values.get(name, "") for row in own.values() for name in row.fields}


def pdf(paper: Paper, at: datetime) -> bytes:
    """The file to keep. Raises NoFont; Refusal where an own template cannot be set."""
    return _by(paper, lambda own: own_typst.pdf(paper, own, at)) or render.pdf(paper, at)


def pictures(paper: Paper) -> list[str]:
    """The pages as SVG. Raises the same."""
    return _by(paper, lambda own: own_typst.pictures(paper, own)) or render.pictures(paper)


def docx(paper: Paper) -> BytesIO:
    """The same paper for Word. Raises Refusal."""
    from tingsu.documents import own_word, word

    form = paper.layouts.get("word")
    if form is None:
        return word.docx(paper)
    try:
        return own_word.docx(paper, layouts.content(form))
    except Unset as unset:
        raise _refusal(unset) from unset


def _by(paper: Paper, make: Callable[[bytes], Made]) -> Made | None:
    """By the own template for typst; None where there is none."""
    form = paper.layouts.get("typst")
    if form is None:
        return None
    try:
        return make(layouts.content(form))
    except Unset as unset:
        raise _refusal(unset) from unset


def _refusal(unset: Unset) -> Refusal:
    words = _("本机构的版式排不出来：%(why)s 请改好版式，或先换回统一版式。")
    return Refusal(words % {"why": " ".join(map(str, unset.problems))}, code="layout")
