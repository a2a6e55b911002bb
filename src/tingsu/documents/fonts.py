"""Which fonts papers are set in, and which characters they lack. Reads the machine's font files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import typst

# In this order; {} is the place: SC or TC, CN or TW.
SERIF = (
    "Noto Serif CJK {}",
    "Source Han Serif {}",
    "Noto Serif {}",
    "FandolSong",
    "Songti {}",
    "SimSun",
    "AR PL UMing CN",
)
SANS = (
    "Noto Sans CJK {}",
    "Source Han Sans {}",
    "Noto Sans {}",
    "WenQuanYi Zen Hei",
    "PingFang {}",
    "Microsoft YaHei",
    "SimHei",
)
LATIN = "Libertinus Serif"  # comes with typst
PLACES = {"zh-hant": ("TC", "TW"), "zh-hans": ("SC", "CN"), "en": ("SC", "CN")}
SPACES = frozenset(map(ord, "\n\r\t \u00a0\u3000\u200b\ufeff"))


class NoFont(Exception):
    """No font of this machine has Chinese characters; ``words`` say what to install."""

    def __init__(self) -> None:
        self.words = _(
            "这台机器上没有中文字体，文书做不出来。请管理员安装软件包 fonts-noto-cjk"
            "（apt install fonts-noto-cjk），或把字体文件放进 TINGSU_FONTS 指的文件夹。"
        )
        super().__init__("no CJK font; install fonts-noto-cjk or set TINGSU_FONTS")


@dataclass(frozen=True)
class Faces:
    """The families for running text and for headings, first choice first."""

    serif: Sequence[str]
    sans: Sequence[str]


@cache
def book() -> "typst.Fonts":
    """All fonts of the machine, read once in the life of a process."""
    import typst

    own: list[str] = [settings.FONTS_FOLDER] if settings.FONTS_FOLDER else []
    return typst.Fonts(font_paths=own)


@cache
def faces(language: str) -> Faces:
    """The faces for a language. Raises NoFont when none of the machine is Chinese."""
    have = set(book().families())
    places = PLACES.get(language, PLACES["zh-hans"])
    serif, sans = _of(SERIF, places, have), _of(SANS, places, have)
    if not serif and not sans:
        raise NoFont
    first = (LATIN,) if language == "en" else ()
    return Faces((*first, *(serif or sans), *sans[:1]), (*(sans or serif), *serif[:1]))


def lacking(text: str, language: str) -> str:
    """The characters that no chosen font has, each once, in the order of the text."""
    known = _known(faces(language))
    signs = dict.fromkeys(text)
    return "".join(sign for sign in signs if ord(sign) not in known and ord(sign) not in SPACES)


def _of(wanted: Sequence[str], places: Sequence[str], have: set[str]) -> tuple[str, ...]:
    names = [name.format(place) for name in wanted for place in places]
    return tuple(name for name in dict.fromkeys(names) if name in have)


def _known(chosen: Faces) -> frozenset[int]:
    return frozenset().union(*(_signs_of(name) for name in {*chosen.serif, *chosen.sans}))


@cache
def _signs_of(family: str) -> frozenset[int]:
    """What a family can set. One without a file of its own is typst's: Latin letters and marks."""
    found = next((font for font in book().fonts() if font.family == family and font.path), None)
    if found is None:
        return frozenset(range(0x20, 0x17F))
    from fontTools.ttLib import TTFont

    with TTFont(Path(str(found.path)), fontNumber=found.index, lazy=True) as font:
        return frozenset(font.getBestCmap())
