"""Compile requirements/*.in into hashed pins. Touches requirements/*.txt; asks the package index.

Run as `python scripts/lock.py` (keeps the pins that still fit) or with `--upgrade`.
The files carry hashes for every platform and no index address, so that they install
anywhere, and the same each time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "requirements"


def lock(name: str, options: list[str]) -> None:
    """Write requirements/NAME.txt from NAME.in; raises CalledProcessError when nothing fits."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-cache"),
        *("--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
        *("--custom-compile-command", "python scripts/lock.py"),
        *("--output-file", f"{name}.txt", *options, f"{name}.in"),
    ]
    subprocess.run(command, cwd=FOLDER, check=True)


if __name__ == "__main__":
    lock("run", sys.argv[1:])
    lock("dev", sys.argv[1:])
