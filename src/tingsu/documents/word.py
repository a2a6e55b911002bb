"""The Word file of a paper: a template made by a program, filled by docxtpl. Touches no tables.

The template holds no words of its own: like the layouts of typst it walks the blocks of the paper,
so that both files come from one set of data. Values are escaped; Jinja runs in its sandbox.
"""

from functools import cache
from io import BytesIO
from typing import Any

from docx import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import SandboxedEnvironment

from tingsu.documents.paper import Paper
from tingsu.documents.picture import png_of

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def docx(paper: Paper) -> BytesIO:
    """The file, ready to be read from its beginning."""
    filled = DocxTemplate(BytesIO(template()))
    filled.render(context(paper, filled), SandboxedEnvironment(autoescape=True), autoescape=True)
    made = BytesIO()
    filled.save(made)
    made.seek(0)
    return made


def context(paper: Paper, file: DocxTemplate) -> dict[str, Any]:
    """What a template for Word is given, ours or an organisation's."""
    data = paper.as_data()
    words = {name.replace("-", "_"): word for name, word in paper.words.items()}
    for block in data["blocks"]:
        block["lines"] = [line.strip() for line in block["text"].split("\n") if line.strip()]
    pictures = {
        "hand_picture": _picture(file, paper.hand, Mm(13)),
        "seal_picture": _picture(file, paper.image, Mm(40)),
    }
    return (
        data | pictures | {"words": words, "served": paper.words.get("stop", "").join(paper.copies)}
    )


def _picture(file: DocxTemplate, svg: str, height: Any) -> Any:
    return InlineImage(file, BytesIO(png_of(svg)), height=height) if svg else ""


@cache
def template() -> bytes:
    """Ours, built once in the life of a process; also where an own one can begin."""
    file = Word()
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(27), Mm(25)
    style: Any = file.styles["Normal"]
    style.font.name, style.font.size = SERIF, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SERIF)
    _head(file)
    _blocks(file)
    _foot(file)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _head(file: Any) -> None:
    _line(file, "{{ house }}", align="CENTER", size=13)
    _line(file, "{{ title }}", align="CENTER", size=21, bold=True)
    _line(file, "{{ number }}", align="RIGHT", size=11)
    _line(file, "{%p if mark %}")
    _line(file, "{{ mark }}", align="RIGHT", size=11, bold=True)
    _line(file, "{%p endif %}")
    _line(file, "{%p if to %}")
    _line(file, "{{ to }}")
    _line(file, "{%p endif %}")


def _blocks(file: Any) -> None:
    _line(file, "{%p for block in blocks %}")
    _line(file, "{%p if block.kind == 'heading' %}")
    _line(file, "{{ block.text }}", bold=True)
    _line(file, "{%p elif block.kind == 'text' %}")
    _line(file, "{%p for line in block.lines %}")
    _line(file, "{{ line }}", indent=True)
    _line(file, "{%p endfor %}")
    _line(file, "{%p elif block.kind == 'lines' %}")
    _grid(file, "{%tc for cell in block.head %}", "{{ cell }}", "{%tc for cell in row %}")
    _line(file, "{%p else %}")
    _pairs(file)
    _line(file, "{%p endif %}")
    _line(file, "{%p endfor %}")


def _pairs(file: Any) -> None:
    """Labels and values; opinions are the same with room to write."""
    table = _table(file, 3, 2)
    table.cell(0, 0).text = "{%tr for row in block.rows %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ row[0] }}", "{{ row[1] }}"
    table.cell(2, 0).text = "{%tr endfor %}"


def _grid(file: Any, head: str, cell: str, row: str) -> None:
    table = _table(file, 4, 3)
    for at, (begin, middle) in enumerate(((head, cell), ("", ""), (row, cell), ("", ""))):
        if begin:
            table.cell(at, 0).text = begin
            table.cell(at, 1).text = middle
            table.cell(at, 2).text = "{%tc endfor %}"
    table.cell(1, 0).text = "{%tr for row in block.rows %}"
    table.cell(3, 0).text = "{%tr endfor %}"


def _foot(file: Any) -> None:
    _line(file, "{%p for party in parties %}")
    _line(file, "{{ party[0] }}：{{ party[1] }}")
    _line(file, "{{ words.sign_here }}")
    _line(file, "{%p endfor %}")
    _line(file, "{%p if day %}")
    _line(file, "{{ house }}", align="RIGHT")
    _maybe(file, "hand_picture")
    _line(file, "{{ signatory }}", align="RIGHT")
    _line(file, "{{ day }}", align="RIGHT")
    _maybe(file, "seal_picture")
    _line(file, "{%p endif %}")
    _line(file, "{%p if served %}")
    _line(file, "{{ words.copies }}{{ served }}", size=10.5)
    _line(file, "{%p endif %}")
    _line(file, "{%p if code %}")
    _line(file, "{{ words.verify }} {{ code }}", size=8)
    _line(file, "{%p endif %}")


def _maybe(file: Any, picture: str) -> None:
    _line(file, f"{{%p if {picture} %}}")
    _line(file, f"{{{{ {picture} }}}}", align="RIGHT")
    _line(file, "{%p endif %}")


def _table(file: Any, rows: int, columns: int) -> Any:
    table = file.add_table(rows=rows, cols=columns)
    table.style = "Table Grid"
    return table


def _line(
    file: Any,
    text: str,
    *,
    align: str = "LEFT",
    size: float = 14,
    bold: bool = False,
    indent: bool = False,
) -> None:
    line = file.add_paragraph()
    line.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    if indent:
        line.paragraph_format.first_line_indent = Pt(2 * size)
    run = line.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if bold:
        run.font.name = SANS
        run._element.rPr.rFonts.set(qn("w:eastAsia"), SANS)
