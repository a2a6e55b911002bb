"""Touches nothing: whether our own words say sorry, or thank (HA-1).

A note of a talk also tells what the customer said; a wish for an apology is none.
"""

import re

from tingsu.core.text import normalise
from tingsu.core.wording.reply import REGRET

LONGEST = 4_000  # characters that are read
_WISHED = re.compile(
    "(?:要求|要我们|要你们|要他|希望|盼|请求|让我们|让他|让员工|没有?|没人|未|不|拒绝|从未|必须|应该|应当|书面)"
    "[^,。;!?\n]{0,10}?(?:道歉|致歉|歉意|对不起|抱歉)"
    "|(?:wants?|asks? for|demands?|no|without) an? ?apolog\\w*"
)
_THANKS = re.compile("感谢|谢谢|多谢|致谢|谢过|thank")


def found_in(text: str, *, letter: bool) -> frozenset[str]:
    """``sorry`` and ``thanks`` where they are said. letter: all of the text is ours."""
    plain = normalise(text[:LONGEST])
    own = plain if letter else _WISHED.sub("", plain)
    said = {"sorry": REGRET.search(own), "thanks": _THANKS.search(plain)}
    return frozenset(name for name, hit in said.items() if hit)
