"""The words on the screen. Touches the catalogues under locale/; needs no database.

The text in the code is Simplified Chinese and needs no catalogue. Traditional Chinese is made
from it (OpenCC and our overrides), English is written by people. Compiled catalogues are not
kept: whoever starts compiles what is older than its source.
"""

import argparse
import os
import tempfile
from pathlib import Path

from tingsu.terminal import LOCALE, _, complain, say

LANGUAGES = ("zh_Hant", "en")


def source(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile every catalogue whose source is newer; returns what was written."""
    stale = [po for po in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _stale(po)]
    return [_compile(po) for po in stale]


def _stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _compile(po: Path) -> Path:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parent.parent.name)
    # Another process may be reading the old one: it keeps it, the next sees the new one.
    with tempfile.NamedTemporaryFile("wb", dir=po.parent, delete=False) as fresh:
        write_mo(fresh, catalogue)
    made = po.with_suffix(".mo")
    os.replace(fresh.name, made)
    return made


def command(args: argparse.Namespace) -> int:
    """`tingsu messages`: gather; with --check only look; with --compile only compile."""
    if args.compile:
        compile_all()
        return 0
    from tingsu.messages import bare, catalogue

    if not args.check:
        for language, missing in catalogue.gather().items():
            say(_("{language}：还缺 {n} 条").format(language=language, n=missing))
        return 0
    problems = [*catalogue.problems(), *bare.problems()]
    for problem in problems:
        complain(problem)
    return 1 if problems else 0
