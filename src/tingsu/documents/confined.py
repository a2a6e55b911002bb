"""Sets a template that is not ours, in a process of its own: ``python -I confined.py``.

Little time, little memory, no address outside: packages are looked for where nothing is, through a
proxy that does not answer. What typst reads lies in one folder. Imports nothing of ours; takes JSON
on its input and gives JSON back.
"""

import json
import sys
from base64 import b64encode
from typing import Any

SECONDS = 20
MEMORY = 3 * 2**30  # the fonts alone are mapped with some hundred megabytes
NOWHERE = "/nonexistent/tingsu"


def main() -> None:
    """Read, set, answer."""
    _confine()
    import typst  # noqa: PLC0415 - behind the limits

    asked: dict[str, Any] = json.load(sys.stdin)
    fonts = typst.Fonts(font_paths=asked["fonts"])
    compiler = typst.Compiler(
        root=asked["root"], font_paths=fonts, package_path=NOWHERE, package_cache_path=NOWHERE
    )
    try:
        made = compiler.compile(
            input=asked["source"].encode(),
            format=asked["format"],
            sys_inputs=asked["inputs"],
            pdf_standards=asked["standard"],
            timestamp=asked["at"],
        )
    except typst.TypstError as wrong:
        answer: dict[str, Any] = {"wrong": wrong.message, "where": wrong.diagnostic}
    else:
        pages = [made] if isinstance(made, bytes) else list(made or ())
        answer = {"pages": [b64encode(page).decode() for page in pages]}
    json.dump(answer, sys.stdout)


def _confine() -> None:
    """Where the system knows such limits; the caller counts the seconds besides."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
