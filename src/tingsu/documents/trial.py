"""A wording tried with an example for every field, before anybody is served with it."""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.documents import render
from tingsu.documents.compose import Marks, Wording, compose
from tingsu.documents.fields import example
from tingsu.documents.paper import Block
from tingsu.packs.documents import DocumentKind
from tingsu.people.models import Organisation


def trial(
    house: Organisation, kind: DocumentKind, language: str, wording: Wording, now: datetime
) -> list[str]:
    """The pages as SVG. Raises papers.Wrong for fields that do not exist, NoFont without a font."""
    wording.fields()
    values = example(language, house, now)
    marks = Marks(day=values["today"], signatory=_("〔署名〕"), mark=_("样张"))
    paper = compose(kind, wording, values, language=language, marks=marks, table=sample_table)
    return render.pictures(paper)


def sample_table(_name: str) -> Block:
    """Two lines of a table with nothing in them."""
    head = (_("时间"), _("方式或步骤"), _("内容"), _("记录人"))
    return Block("lines", head=head, widths=(4, 4, 12, 3), rows=(("…", "…", "…", "…"),) * 2)
