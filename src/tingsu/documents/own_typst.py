"""A typst template of an organisation: looked at before it is kept, and set in a confined process.

Touches no tables. The layout of ours can be imported; nothing else can be read or fetched.
"""

import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tingsu.core.papers import FIELDS
from tingsu.documents import confined
from tingsu.documents.fonts import faces, lacking
from tingsu.documents.own import PARTS, Looked, Problem, Unset, without
from tingsu.documents.paper import Paper
from tingsu.documents.render import FOLDER, STANDARD
from tingsu.documents.words import words

LARGEST = 200_000  # bytes
PATIENCE = 60  # seconds to wait; the process itself may work for confined.SECONDS of them
ELSEWHERE = re.compile(r'(?<![\w-])(?:import|include)\b(?!\s+"layout\.typ")')
PACKAGE = re.compile(r"@(?:preview|local)\b")
TOOLS = re.compile(r"(?<![\w.-])(?:eval|plugin|read|dictionary|std|sys)\b(?=\s*[(.:\[])")
ASKED = re.compile(r"(?<![\w.-])(fields|paper|words)\.([a-z][a-z_-]*)")
MAYBE = re.compile(r'(?<![\w.-])fields\.([a-z_]+)\s*[!=]=\s*""')
LINE = re.compile(r"__typst_py_bytes__\.typ:(\d+)")


def looked_at(content: bytes, language: str) -> Looked:
    """Which fields it asks for, and what is wrong with it, line by line. It is not set here."""
    if len(content) > LARGEST:
        return Looked(problems=[Problem("", _("文件最大 200 KB，请删减。"))])
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return Looked(problems=[Problem("", _("文件要用 UTF-8 编码保存。"))])
    found = {name: not _maybe(name, text) for part, name in ASKED.findall(text) if part == "fields"}
    problems = [
        problem
        for number, line in enumerate(text.splitlines(), start=1)
        for problem in _problems(line, place(number))
    ]
    if signs := lacking(text, language):
        problems.append(
            Problem("", _("字体里没有这些字：%(signs)s。") % {"signs": " ".join(signs)})
        )
    return Looked({name: must for name, must in found.items() if name in FIELDS},
                  without(lambda part: _shows(part, text)), problems)  # fmt: skip


def pdf(paper: Paper, template: bytes, at: datetime) -> bytes:
    """The file to keep. Raises Unset, NoFont."""
    return _set(paper, template, "pdf", at)[0]


def pictures(paper: Paper, template: bytes) -> list[str]:
    """The pages as SVG. Raises Unset, NoFont."""
    return [page.decode() for page in _set(paper, template, "svg", None)]


def place(number: int) -> str:
    """Where in the file, in words."""
    return _("第 %(n)s 行") % {"n": number}


def _problems(line: str, where: str) -> list[Problem]:
    found = []
    if PACKAGE.search(line):
        found.append(Problem(where, _("不能用软件包，请把要用的写进文件里。")))
    elif ELSEWHERE.search(line):
        found.append(Problem(where, _('只能引入 "layout.typ"，不能引入别的文件。')))
    found += [
        Problem(where, _("这里不能用 %(name)s。") % {"name": name}) for name in TOOLS.findall(line)
    ]
    known = {"fields": FIELDS, "paper": PARTS, "words": set(words("zh-hans"))}
    for part, name in ASKED.findall(line):
        if name not in known[part] and name != "at":
            found.append(Problem(where, _("没有这一项：%(name)s。") % {"name": f"{part}.{name}"}))
    return found


def _maybe(name: str, text: str) -> bool:
    return name in MAYBE.findall(text)


def _shows(part: str, text: str) -> bool:
    """Whether the template prints a part, by itself or through our own pieces."""
    pieces = {"number": "#head", "blocks": "#blocks", "signatory": "signature", "code": "signature"}
    return f"paper.{part}" in text or pieces.get(part, "\0") in text


def _set(paper: Paper, template: bytes, kind: str, at: datetime | None) -> list[bytes]:
    chosen = faces(paper.language)
    asked = {
        "source": template.decode(),
        "root": str(FOLDER),
        "fonts": [settings.FONTS_FOLDER] if settings.FONTS_FOLDER else [],
        "format": kind,
        "standard": STANDARD if kind == "pdf" else None,
        "at": int(at.timestamp()) if at else None,
        "inputs": {
            "paper": json.dumps(paper.as_data(), ensure_ascii=False),
            "serif": json.dumps(chosen.serif),
            "sans": json.dumps(chosen.sans),
        },
    }
    answer = _confined(json.dumps(asked))
    if "wrong" in answer:
        where = LINE.search(answer["where"])
        raise Unset([Problem(place(int(where[1])) if where else "", answer["wrong"])])
    return [b64decode(page) for page in answer["pages"]]


def _confined(asked: str) -> dict[str, str]:
    nobody = "http://127.0.0.1:9"
    bare = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    closed = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy"), nobody)
    program = [sys.executable, "-I", str(Path(confined.__file__))]
    try:
        done = subprocess.run(
            program, input=asked.encode(), capture_output=True, check=True, cwd="/",
            timeout=PATIENCE, env=bare | closed,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as over:
        words = _("版式排不出来：用的时间或内存超过了限制。请检查循环。")
        raise Unset([Problem("", words)]) from over
    found: dict[str, str] = json.loads(done.stdout)
    return found
