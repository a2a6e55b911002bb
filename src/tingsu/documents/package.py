"""What lies in a Word file besides its text: programs, embedded files, addresses outside, fields
that fetch. Touches nothing."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from tingsu.documents.own import Problem

LARGEST = 2 * 2**20  # bytes, packed
MOST_UNPACKED, MOST_PARTS = 30 * 2**20, 400
RUNS = re.compile(r"vbaProject|vbaData|activeX|embeddings/|\.bin$|\.exe$|oleObject", re.IGNORECASE)
OUTSIDE = re.compile(rb"""<[^>]*TargetMode\s*=\s*["']External["'][^>]*>""", re.IGNORECASE)
TARGET = re.compile(rb"""Target\s*=\s*["']([^"']*)""")
ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
PULLS = re.compile(rb"<w:(?:altChunk|subDoc)\b")
TOLD = re.compile(rb"<w:instrText[^>]*>(.*?)</w:instrText>|w:instr\s*=\s*[\"']([^\"']*)", re.DOTALL)
FETCHES = re.compile(
    r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD|HYPERLINK|MACROBUTTON|"
    r"FILLIN|ASK|QUOTE|SET)\b",
    re.IGNORECASE,
)


def dangers(content: bytes) -> list[Problem]:
    """What keeps a file from being a template, with the part of the file that it stands in."""
    if len(content) > LARGEST:
        return [Problem("", _("文件最大 2 MB，请换小一些的图片。"))]
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            parts = file.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                return [Problem("", _("解压后大得不合常理，不能接收。"))]
            return [found for one in parts for found in _of(one.filename, file.read(one))]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return [Problem("", _("这不是能用的 Word 文件，请另存为 .docx 再传。"))]


def _of(name: str, body: bytes) -> list[Problem]:
    if RUNS.search(name) or (name == "[Content_Types].xml" and b"macroEnabled" in body):
        return [Problem(name, _("里面有宏、控件或嵌入的文件，请去掉后另存为 .docx。"))]
    if not name.endswith((".xml", ".rels")):
        return []
    if ENTITY.search(body):
        return [Problem(name, _("里面有不该有的声明，请用 Word 重新保存。"))]
    found = []
    for link in OUTSIDE.findall(body):
        target = TARGET.search(link)
        where = target[1].decode(errors="replace")[:80] if target else ""
        found.append(Problem(name, _("里面有指向外面的链接，请去掉：%(to)s") % {"to": where}))
    if PULLS.search(body):
        found.append(Problem(name, _("里面插入了别的文件，请去掉。")))
    told = "".join(b"".join(one).decode(errors="replace") for one in TOLD.findall(body))
    if fetching := FETCHES.search(told):
        words = _("里面有会取外面内容的域 %(name)s，请去掉。")
        found.append(Problem(name, words % {"name": fetching[1].upper()}))
    return found
