"""Fetch what the pages are built from. Touches static/vendor, tests/vendor; asks npm.

Run as `python scripts/vendor.py`. Add an icon by adding its name to ICONS
(https://tabler.io/icons; `-filled` takes the filled drawing) and running it again.
Each file is written down in manifest.json with version, licence and sha256; a test
compares them, so that nothing shipped to a browser changes unseen.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "src/tingsu/static/vendor"
TESTS = ROOT / "tests/vendor"

ICONS = """
adjustments-horizontal alarm alert-circle alert-triangle archive arrow-back-up arrow-left
arrow-right arrow-up-right ban bell bold bookmark briefcase building building-bank
building-community building-store bus calendar calendar-due calendar-event camera car chart-bar
check checklist checks chevron-down chevron-left chevron-right chevron-up circle circle-check
circle-dot clipboard-check clipboard-list clock clock-pause clock-play coin command copy
corner-up-right device-desktop device-laptop device-mobile dots dots-vertical download edit
external-link eye eye-off file file-check file-text files filter flag flag-filled
flame folder forms gavel git-merge grip-vertical hand-stop heart-handshake help-circle history
home hourglass id inbox info-circle keyboard language layout-grid link list list-check loader-2
lock lock-open logout mail mail-opened mail-forward map-pin menu-2 message message-2 message-circle
messages mood-angry mood-cry mood-neutral mood-sad mood-smile moon news note paperclip
pencil phone phone-call phone-incoming phone-outgoing player-pause player-play plus point-filled
power printer qrcode quote refresh repeat route scale search send settings shield-check shield-lock
shopping-bag sort-ascending sort-descending speakerphone spy square square-check stack-2 star
star-filled sun switch-horizontal table-import tag trash unlink upload user user-check user-plus
user-question users users-group video walk wifi world world-www writing x
""".split()


@dataclass(frozen=True)
class Package:
    """One npm package, pinned, unpacked in `folder`."""

    name: str
    version: str
    licence: str
    folder: Path


def fetch(name: str, version: str, licence: str, into: Path) -> Package:
    """Download and unpack NAME@VERSION; raises CalledProcessError when npm cannot."""
    result = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=into, check=True, capture_output=True, text=True,
    )  # fmt: skip
    with tarfile.open(into / result.stdout.split()[-1]) as archive:
        archive.extractall(into / name, filter="data")
    return Package(name, version, licence, into / name / "package")


def symbol(icons: Path, name: str) -> str:
    """One drawing as an SVG symbol that takes its colour from the text around it."""
    filled = name.endswith("-filled")
    folder, stem = ("filled", name.removesuffix("-filled")) if filled else ("outline", name)
    drawing = (icons / "icons" / folder / f"{stem}.svg").read_text()
    inner = re.sub(r"<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\" />", "", drawing)
    shapes = "".join(line.strip() for line in inner.split(">", 1)[1].splitlines())
    paint = (
        'fill="currentColor"' if filled else
        'fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round"'
    )  # fmt: skip
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" {paint}>{shapes.removesuffix("</svg>")}</symbol>'
    )


def sprite(icons: Path) -> str:
    symbols = "\n".join(symbol(icons, name) for name in sorted(set(ICONS)))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def entry(path: Path, package: Package, change: str = "") -> dict[str, str]:
    facts = {
        "package": package.name,
        "version": package.version,
        "licence": package.licence,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    return facts | ({"changed": change} if change else {})


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def manifest(root: Path, files: dict[str, dict[str, str]]) -> None:
    write(root, "manifest.json", json.dumps(files, indent=2, sort_keys=True) + "\n")


def vendor_pages(core: Package, icons: Package) -> None:
    css = (core.folder / "dist/css/tabler.min.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", css)
    made = {
        "tabler/tabler.min.css": (css, core, "source map reference taken out"),
        "tabler/icons.svg": (sprite(icons.folder), icons, "drawings gathered into one file"),
        "tabler/LICENSE": ((icons.folder / "LICENSE").read_text(), icons, ""),
    }
    manifest(
        STATIC,
        {
            name: entry(write(STATIC, name, text), package, change)
            for name, (text, package, change) in made.items()
        },
    )


def vendor_tests(axe: Package) -> None:
    names = {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE"}
    manifest(
        TESTS,
        {
            target: entry(write(TESTS, target, (axe.folder / source).read_text()), axe)
            for source, target in names.items()
        },
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        vendor_pages(
            fetch("@tabler/core", "1.6.1", "MIT", place),
            fetch("@tabler/icons", "3.51.0", "MIT", place),
        )
        vendor_tests(fetch("axe-core", "4.14.1", "MPL-2.0", place))
