"""Templates of papers as an organisation brings them, for several tests."""

import zipfile
from io import BytesIO
from typing import Any

from docx import Document as Word

import factories as f
from papers import AT, accepted
from tingsu.cases import layouts as keeping
from tingsu.cases.layouts import Place
from tingsu.cases.models import Layout
from tingsu.cases.queries import documents as queries
from tingsu.documents import layouts
from tingsu.documents.issuing import wording_of
from tingsu.documents.paper import Paper

TODAY = AT.date()
OURS = b'#import "layout.typ": *\n#show: page-set\n#head\n#blocks\n#signature\n'


def word(*lines: str) -> bytes:
    """A Word file with these paragraphs."""
    file = Word()
    for line in lines:
        file.add_paragraph(line)
    return saved(file)


def saved(file: Any) -> bytes:
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """The same file with one more part, or one part replaced."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one.filename, old.read(one))
        new.writestr(name, body)
    return made.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return file.read(name)


def sample(house: f.House) -> Paper:
    """An acceptance notice with something in every place."""
    kind = queries.kinds(accepted(house)[0])["acceptance"]
    wording = wording_of(house.organisation.id, "tourism", kind, "zh-hans")
    return layouts.sample_of(house.organisation, kind, wording, "zh-hans", AT)


def propose(house: f.House, form: str, content: bytes, since: Any = TODAY) -> Layout:
    """Put up by 丁, for the acceptance notice."""
    place = Place("tourism", "acceptance", "zh-hans", form)
    told = {"name": f"受理{layouts.ENDINGS[form]}", "since": since, "reason": "新抬头"}
    return layouts.propose(house.who("丁"), AT, place, sample(house), content=content, **told)


def signed(house: f.House, form: str, content: bytes, since: Any = TODAY) -> Layout:
    """And signed by the administrator."""
    row = propose(house, form, content, since)
    keeping.sign(house.who("管理员"), AT, row)
    return row
