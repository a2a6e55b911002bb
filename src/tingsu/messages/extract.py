"""Find every translated string in the code and the templates. Reads src/tingsu, writes nothing."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tingsu.terminal import LOCALE

PACKAGE = LOCALE.parent
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_l": None,  # our short name for gettext_lazy
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def templates(package: Path = PACKAGE) -> list[Path]:
    return sorted(
        path
        for path in package.glob("**/templates/**/*")
        if path.suffix in {".html", ".txt", ".svg"}
    )


def modules(package: Path = PACKAGE) -> list[Path]:
    return sorted(path for path in package.glob("**/*.py") if "migrations" not in path.parts)


def _python(path: Path) -> str:
    """The file as Python. A template's lines lose their indentation: only the calls matter."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))


def _strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    file = io.BytesIO(_python(path).encode("utf-8"))
    options = {"encoding": "utf-8"}
    for _line, message, comments, context in extract(
        "python", file, keywords=KEYWORDS, comment_tags=("Translators:",), options=options
    ):
        yield message, context, comments


def template_catalogue(package: Path = PACKAGE) -> Catalog:
    """Every string with the files it stands in."""
    found = Catalog(charset="utf-8")
    for path in [*modules(package), *templates(package)]:
        place = path.relative_to(package).as_posix()
        for message, context, comments in _strings(path):
            found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found
