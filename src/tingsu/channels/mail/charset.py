"""Bytes of a mail as text, whatever they claim to be. Touches nothing.

What calls itself gb2312 is really GB18030, and now and then UTF-8; unknown names are common. So:
what needs escapes or pairs of bytes as it says; then UTF-8 if it is that to the last byte; then as
it says; then what Chinese clients send without saying so.
"""

import codecs
import re

_REALLY = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gb2312": "gb18030",
    "euc-cn": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "windows-936": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "ascii",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}
# Seven bits or pairs of bytes: read as UTF-8 they would be nonsense without an error.
_FIRST = re.compile(r"iso-?2022|hz|utf-?7|utf-?16|utf-?32", re.IGNORECASE)
_UNDECLARED = ("utf-8", "gb18030", "big5hkscs", "cp1252")
REPLACED = "\ufffd"


def known(name: str) -> str:
    """The codec for a declared name; "" for a name that nobody knows."""
    plain = name.strip().strip("\"'").lower().replace(" ", "")
    try:
        return codecs.lookup(_REALLY.get(plain, plain)).name if plain else ""
    except (LookupError, ValueError):
        return ""


def decoded(raw: bytes, declared: str = "") -> str:
    """The text; characters that cannot be read become U+FFFD, and only where nothing fits."""
    codec = known(declared)
    if codec and _FIRST.match(codec) and (text := _strictly(raw, codec)) is not None:
        return text
    if codec == "utf-8" and (nearly := _nearly(raw)):
        return nearly
    for candidate in dict.fromkeys(("utf-8", codec, *_UNDECLARED)):
        if candidate and (text := _strictly(raw, candidate)) is not None:
            return text
    return raw.decode(_best(raw, codec), "replace")


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _nearly(raw: bytes) -> str:
    """UTF-8 with a few bytes cut off or damaged on the way; "" when it is something else."""
    text = raw.decode("utf-8", "replace")
    beyond = sum(not sign.isascii() for sign in text)
    return text if text.count(REPLACED) * 10 <= beyond else ""


def _best(raw: bytes, codec: str) -> str:
    """The reading with the fewest characters lost."""
    candidates = dict.fromkeys(filter(None, ("utf-8", codec, "gb18030")))
    return min(candidates, key=lambda name: raw.decode(name, "replace").count(REPLACED))
