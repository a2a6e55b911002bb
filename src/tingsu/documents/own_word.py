"""A Word template of an organisation: looked at before it is kept, and filled by docxtpl.

Touches no tables. The file is refused with anything in it that runs or fetches; of Jinja a closed
part is allowed (fields, conditions, loops over what a paper has), so that no template can reach
anything, call anything or grow without end.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from tingsu.core.papers import FIELDS
from tingsu.documents.own import PARTS, Looked, Problem, Unset, without
from tingsu.documents.package import dangers
from tingsu.documents.paper import Paper
from tingsu.documents.word import context
from tingsu.documents.words import words

NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem,
    nodes.Const, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not,
    nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
FILTERS = frozenset({"length", "count", "trim", "default", "d", "upper", "lower", "first", "last"})
OF_BLOCKS = frozenset("kind text rows head widths lines".split())
OF_LOOPS = frozenset("index index0 first last length".split())
ROOTS = (PARTS - {"image", "hand", "imprints", "layouts"}) | {
    "served", "hand_picture", "seal_picture", "loop",
}  # fmt: skip
DEEPEST = 3  # loops in loops


def looked_at(content: bytes, _language: str) -> Looked:
    """Which fields it asks for, and what is wrong with it, by part and by the text around it."""
    if found := dangers(content):
        return Looked(problems=found)
    try:
        sources = list(_sources(DocxTemplate(BytesIO(content))))
    except (PackageNotFoundError, KeyError, ValueError, LxmlError):
        return Looked(problems=[Problem("", _("这不是能用的 Word 文件，请另存为 .docx 再传。"))])
    asked: dict[str, bool] = {}
    problems: list[Problem] = []
    everything = ""
    for part, xml in sources:
        everything += xml
        problems += _read(part, xml, asked)
    told = _tags(everything)
    gone = without(lambda name: bool(re.search(rf"\b{name}\b", told)))
    return Looked(asked, gone, problems)


def docx(paper: Paper, template: bytes) -> BytesIO:
    """The file, ready to be read from its beginning. Raises Unset."""
    filled = DocxTemplate(BytesIO(template))
    try:
        filled.render(
            context(paper, filled), SandboxedEnvironment(autoescape=True), autoescape=True
        )
        made = BytesIO()
        filled.save(made)
    except Exception as odd:
        words = _("Word 版式填不出来：%(why)s") % {"why": odd}
        raise Unset([Problem("", words)]) from odd
    made.seek(0)
    return made


def _sources(file: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Every part that docxtpl fills, a paragraph a line, as it will be given to Jinja."""
    file.init_docx()
    yield _("正文"), _lined(file.patch_xml(file.get_xml()))
    for uri, name in ((file.HEADER_URI, _("页眉")), (file.FOOTER_URI, _("页脚"))):
        for _key, part in file.get_headers_footers(uri):
            yield name, _lined(file.patch_xml(file.get_part_xml(part)))
    for part in file.docx.part.package.parts:
        if "footnotes" in part.content_type:
            yield _("脚注"), _lined(file.patch_xml(part.blob.decode()))
    told = file.docx.core_properties
    names = "author comments identifier language subject title".split()
    yield _("文件属性"), "\n".join(str(getattr(told, name) or "") for name in names)


def _lined(xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _read(part: str, xml: str, asked: dict[str, bool]) -> Iterator[Problem]:
    """What one part asks for goes into ``asked``; yields what is wrong with it."""
    try:
        tree = SandboxedEnvironment().parse(xml)
    except TemplateSyntaxError as odd:
        yield Problem(_place(part, xml, odd.lineno), _("写法不对：%(why)s") % {"why": odd.message})
        return
    reading = _Reading(lambda node: _place(part, xml, node.lineno), asked)
    reading.walk(tree, frozenset(ROOTS), 0)
    yield from reading.problems


def _place(part: str, xml: str, line: int) -> str:
    """The part, and what stands in that line to a reader."""
    lines = xml.splitlines() or [""]
    said = re.sub(r"<[^>]+>", "", lines[min(max(line, 1), len(lines)) - 1]).strip()
    shown = said if len(said) <= 40 else f"{said[:40]}…"
    return _("%(part)s「%(text)s」") % {"part": part, "text": shown} if shown else part


def _tags(xml: str) -> str:
    return " ".join(re.findall(r"\{[{%].*?[%}]\}", xml, flags=re.DOTALL))


class _Reading:
    """Walks a template once and keeps what it asks for."""

    def __init__(self, place: Callable[[nodes.Node], str], asked: dict[str, bool]) -> None:
        self.place, self.asked = place, asked
        self.problems: list[Problem] = []

    def walk(self, node: nodes.Node, known: frozenset[str], depth: int) -> None:
        """known: names that can be said here; depth: of loops around."""
        if not isinstance(node, NODES):
            self._wrong(
                node, _("这里只能用栏目、条件和循环，不能用 %(name)s。"), type(node).__name__
            )
            return
        if isinstance(node, nodes.Name) and node.name not in known:
            self._wrong(node, _("没有这一项：%(name)s。"), node.name)
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self._wrong(node, _("不能用过滤器 %(name)s。"), node.name)
        if isinstance(node, nodes.For):
            known, depth = known | _targets(node), depth + 1
            if depth > DEEPEST:
                self._wrong(node, _("循环套得太深。"))
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            self._of(node)
        if isinstance(node, nodes.If | nodes.CondExpr):
            self._maybe(node.test)
        for child in node.iter_child_nodes():
            self.walk(child, known, depth)

    def _of(self, node: Any) -> None:
        """``fields.complainant``, ``block.text``, ``row[0]``: what may stand behind the point."""
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        name = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        if isinstance(name, int):
            return
        if owner == "fields" and name in FIELDS:
            self.asked.setdefault(name, True)
            return
        behind = {"words": {one.replace("-", "_") for one in words("zh-hans")}, "loop": OF_LOOPS,
                  "fields": frozenset[str]()}  # fmt: skip
        if name not in behind.get(owner, OF_BLOCKS):
            self._wrong(node, _("没有这一项：%(name)s。"), f"{owner}.{name}".lstrip("."))

    def _maybe(self, test: nodes.Node) -> None:
        """A field that is asked about may be empty."""
        found = [test] if isinstance(test, nodes.Getattr) else list(test.find_all(nodes.Getattr))
        for node in found:
            if isinstance(node.node, nodes.Name) and node.node.name == "fields":
                self.asked[node.attr] = False

    def _wrong(self, node: nodes.Node, text: str, name: str = "") -> None:
        self.problems.append(Problem(self.place(node), text % {"name": name} if name else text))


def _targets(node: nodes.For) -> frozenset[str]:
    found = [node.target, *node.target.find_all(nodes.Name)]
    return frozenset(one.name for one in found if isinstance(one, nodes.Name))
