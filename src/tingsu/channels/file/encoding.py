"""Which encoding a text file is in. Reads the file's bytes, touches nothing else.

Strict UTF-8 first, for nothing else passes for it; marks at the beginning; zero bytes for
UTF-16; then GB18030 or Big5, whichever makes the text look like written Chinese.
"""

import codecs
from collections.abc import Mapping
from typing import IO

SAMPLE = 256 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of the common characters in either order: GB 2312 level 1, Big5 level 1.
COMMON_GB, COMMON_BIG5 = (0xB0, 0xD7), (0xA4, 0xC6)
SIGNS_GB, SIGNS_BIG5 = (0xA1, 0xA3), (0xA1, 0xA3)
LEGACY: Mapping[str, tuple[str, tuple[int, int], tuple[int, int]]] = {
    "gb18030": ("gb2312", COMMON_GB, SIGNS_GB),
    "big5hkscs": ("big5", COMMON_BIG5, SIGNS_BIG5),
}


def encoding_of(file: IO[bytes]) -> str:
    """The Python name of the encoding; the file is read through once and rewound."""
    file.seek(0)
    sample = file.read(SAMPLE)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    wide = _wide(sample)
    found = wide or ("utf-8" if _is_utf8(file) else _legacy(sample))
    file.seek(0)
    return found


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: separators and Latin letters carry a zero beside them."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = max(4, len(sample) // 200)
    if odd >= enough and odd > 8 * even:
        return "utf-16-le"
    if even >= enough and even > 8 * odd:
        return "utf-16-be"
    return ""


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    file.seek(0)
    try:
        while part := file.read(1 << 20):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _legacy(sample: bytes) -> str:
    scores = {name: _score(sample, name, *facts) for name, facts in LEGACY.items()}
    scores["utf-8"] = _utf8_score(sample)
    return max(scores, key=lambda name: scores[name])


def _score(
    sample: bytes, name: str, strict: str, common: tuple[int, int], signs: tuple[int, int]
) -> float:
    """The share of common characters and signs among all that are not ASCII, 0 to 1."""
    text = sample.decode(name, errors="replace")[:20_000]
    beyond = [sign for sign in text if sign > "\x7f"]
    if not beyond:
        return 0.0
    heads = [sign.encode(strict, errors="replace")[0] for sign in beyond]
    good = sum(common[0] <= h <= common[1] or signs[0] <= h <= signs[1] for h in heads)
    return good / len(beyond)


def _utf8_score(sample: bytes) -> float:
    """A UTF-8 file with a few broken bytes is still UTF-8: its rows are refused one by one."""
    text = sample.decode("utf-8", errors="replace")
    beyond = sum(sign > "\x7f" for sign in text)
    return 1 - text.count("\ufffd") * 2 / beyond if beyond else 0.0
