"""Sets a paper with typst: PDF to keep, pictures to look at. Reads our templates, no tables."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from tingsu.documents.fonts import book, faces
from tingsu.documents.paper import FORMS, Paper

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent / "typst"
# For keeping: fonts inside, nothing from outside, text that can be read aloud and copied.
STANDARD: Literal["a-2a"] = "a-2a"
_one_at_a_time = Lock()


def pdf(paper: Paper, at: datetime) -> bytes:
    """The file. The same paper at the same instant gives the same bytes. Raises NoFont."""
    made = _set(paper, "pdf", at.replace(microsecond=0))
    return made[0]


def pictures(paper: Paper) -> list[str]:
    """The pages as SVG, for the screen. Raises NoFont."""
    return [page.decode() for page in _set(paper, "svg", None)]


def sheet(name: str, data: Mapping[str, Any], language: str, at: datetime | None) -> bytes:
    """A PDF of one of our other templates, not for keeping by itself. Raises NoFont."""
    chosen = faces(language)
    given = {
        "paper": json.dumps(data, ensure_ascii=False),
        "serif": json.dumps(chosen.serif),
        "sans": json.dumps(chosen.sans),
    }
    when = at.replace(microsecond=0) if at else None
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(FOLDER / f"{name}.typ"), format="pdf", sys_inputs=given, timestamp=when
        )
    return _pages(made)[0]


def _set(paper: Paper, kind: str, at: datetime | None) -> list[bytes]:
    if paper.form not in FORMS:
        raise ValueError(f"no such form of paper: {paper.form}")
    chosen = faces(paper.language)
    given = {
        "paper": json.dumps(paper.as_data(), ensure_ascii=False),
        "serif": json.dumps(chosen.serif),
        "sans": json.dumps(chosen.sans),
    }
    main = FOLDER / f"{paper.form}.typ"
    with _one_at_a_time:  # the compiler keeps what it read, and cannot be shared
        made = _compiler().compile(
            input=str(main),
            format="pdf" if kind == "pdf" else "svg",
            sys_inputs=given,
            pdf_standards=STANDARD if kind == "pdf" else None,
            timestamp=at,
        )
    return _pages(made)


def _pages(made: bytes | Sequence[bytes] | None) -> list[bytes]:
    if made is None:
        raise ValueError("typst gave nothing back")
    return [made] if isinstance(made, bytes) else list(made)


@cache
def _compiler() -> "typst.Compiler":
    import typst

    return typst.Compiler(root=str(FOLDER), font_paths=book())
