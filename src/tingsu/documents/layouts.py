"""Bringing an organisation's own template: looked at, tried with a sample, then proposed (HA-18).

Calls ``cases.layouts``, which keeps it; reads no tables.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases import layouts
from tingsu.cases.errors import Refusal
from tingsu.cases.layouts import Place, Template
from tingsu.cases.models import Layout
from tingsu.documents import own_typst, qr
from tingsu.documents.compose import Marks, Wording, compose
from tingsu.documents.fields import example
from tingsu.documents.own import Looked, Problem, Unset
from tingsu.documents.paper import Paper
from tingsu.documents.render import FOLDER
from tingsu.documents.trial import sample_table
from tingsu.packs.documents import DocumentKind
from tingsu.people.models import Organisation
from tingsu.people.permission import Who

ENDINGS = {"typst": ".typ", "word": ".docx"}


class Unusable(Refusal):
    """A template that cannot be kept. ``problems``: where, what."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(_("这份版式还不能用。请按下面的提示改好。"), "file", "unusable")


def propose(
    who: Who,
    at: datetime,
    place: Place,
    sample: Paper,
    *,
    name: str,
    content: bytes,
    since: date | None,
    reason: str,
) -> Layout:
    """Look at a template, try it, and put it up to be signed. Raises Unusable, Invalid."""
    layouts.allowed(who)
    found = looked_at(place.form, name, content, place.language)
    try:
        tried(place.form, content, with_fields(sample, found))
    except Unset as unset:
        raise Unusable(unset.problems) from unset
    given = Template(name, content, found.fields, found.without)
    return layouts.propose(who, at, place, given, since=since, reason=reason)


def looked_at(form: str, name: str, content: bytes, language: str) -> Looked:
    """What it asks for. Raises Unusable with everything that is wrong, each with its place."""
    if not content or not name.lower().endswith(ENDINGS[form]):
        words = _("请选一份 %(ending)s 文件。") % {"ending": ENDINGS[form]}
        raise Unusable([Problem("", words)])
    from tingsu.documents import own_word

    look = own_typst.looked_at if form == "typst" else own_word.looked_at
    found = look(content, language)
    if found.problems:
        raise Unusable(found.problems)
    return found


def tried(form: str, content: bytes, sample: Paper) -> list[str] | BytesIO:
    """The sample by this template: pages as SVG, or the Word file. Raises Unset, NoFont."""
    if form == "typst":
        return own_typst.pictures(sample, content)
    from tingsu.documents import own_word

    return own_word.docx(sample, content)


def with_fields(sample: Paper, asked: Looked | Layout) -> Paper:
    """The sample with a value for each field that the template asks for."""
    return replace(sample, fields={name: sample.fields[name] for name in asked.fields})


def sample_of(
    house: Organisation, kind: DocumentKind, wording: Wording, language: str, now: datetime
) -> Paper:
    """A paper with something in every place, marked as a sample."""
    values = example(language, house, now)
    with override(language):
        marks = Marks(
            number=_("〔文号〕"),
            day=values["today"],
            signatory=_("〔署名〕"),
            code="0" * 16,
            qr=qr.svg("https://example.invalid/"),
            mark=_("样张"),
        )
    paper = compose(kind, wording, values, language=language, marks=marks, table=sample_table)
    return replace(paper, fields=values)


def beginning(form: str, kind: DocumentKind) -> bytes:
    """Ours, to begin an own one with."""
    if form == "word":
        from tingsu.documents.word import template

        return template()
    return (FOLDER / f"{kind.form}.typ").read_bytes()


def counts(row: Layout, at: datetime) -> bool:
    """Whether its day has come."""
    return row.state == "signed" and row.since <= localdate(at)
