"""Words for the terminal. Standard library only: the command answers before Django is there.

Simplified Chinese is the text itself; other languages come from the same catalogues as the
pages, chosen by TINGSU_LANG or the locale of the terminal.
"""

import gettext
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TextIO

LOCALE = Path(__file__).parent / "locale"


def language() -> str:
    """Folder name of the catalogue the terminal asks for; "zh_Hans" has none and needs none."""
    asked = next(
        (os.environ[name] for name in ("TINGSU_LANG", "LC_ALL", "LANG") if os.environ.get(name)),
        "",
    )
    code = asked.lower().replace("-", "_")
    if code.startswith("en"):
        return "en"
    traditional = ("zh_hant", "zh_tw", "zh_hk", "zh_mo")
    return "zh_Hant" if code.startswith(traditional) else "zh_Hans"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE, languages=[code], fallback=True)


def _(text: str) -> str:
    return _catalogue(language()).gettext(text)


def say(text: str) -> None:
    """One line to the person who started us, at once (a service log must not hold it back)."""
    _line(text, sys.stdout)


def complain(text: str) -> None:
    """One line about what went wrong, to standard error."""
    _line(text, sys.stderr)


def _line(text: str, stream: TextIO) -> None:
    with suppress(BrokenPipeError):  # nobody listens any more: no reason to end the house
        stream.write(f"{text}\n")
        stream.flush()
