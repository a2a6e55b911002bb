"""The HTML of a mail without its harm, to be shown in a page of ours. Touches nothing.

What runs, what fetches something from elsewhere, what looks like a form of ours is left out;
pictures that came with the mail are shown, those of other houses are not: they tell the sender who
reads.
"""

import base64
import re
from dataclasses import dataclass

import nh3

from tingsu.channels.mail.message import Mail, Part

TAGS = set(
    "a abbr b blockquote br center code dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins"
    " li ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr u"
    " ul".split()
)
KEPT = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "ol": {"start"},
}
MOST = 400_000  # characters of HTML; what is longer is read as text alone
LARGEST = 700_000  # bytes of a picture in the page
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
_BARE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")


@dataclass(frozen=True)
class Shown:
    """``html`` is safe as it is; ``left_out``: pictures of other houses."""

    html: str
    left_out: int


def shown(mail: Mail) -> Shown | None:
    """None where there is no HTML, or too much of it."""
    if not mail.html.strip() or len(mail.html) > MOST:
        return None
    own = {part.content_id: part for part in mail.parts if part.content_id}

    def keep(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("img", "src"):
            return value
        part = own.get(value.removeprefix("cid:")) if value.startswith("cid:") else None
        return _inline(part) if part else None

    html = nh3.clean(
        mail.html,
        tags=TAGS,
        attributes=KEPT,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
        clean_content_tags={"script", "style", "title"},
    )
    html, left_out = _BARE.subn("", html)
    return Shown(html, left_out)


def _inline(part: Part) -> str | None:
    kind = next((kind for head, kind in _PICTURES.items() if part.data.startswith(head)), "")
    if not kind or len(part.data) > LARGEST:
        return None
    return f"data:{kind};base64,{base64.b64encode(part.data).decode()}"
