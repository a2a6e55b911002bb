"""The text and the files of a mail. Touches nothing."""

import binascii
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from email.message import Message
from typing import TypeAlias

from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from lxml.etree import LxmlError

from tingsu.channels.mail.charset import decoded
from tingsu.channels.mail.headers import from_base64, name_of
from tingsu.channels.mail.message import Part, Unreadable
from tingsu.core.text import clean, is_blank

DEEPEST = 30
MOST_PARTS = 1_000
_UNNAMED = {
    "text/calendar": "invite.ics",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "version.asc",
    "message/delivery-status": "delivery-status.txt",
    "message/rfc822": "message.eml",
    "message/global": "message.eml",
    "text/rfc822-headers": "headers.txt",
}
_ENDINGS = {"text/plain": "txt", "text/html": "html", "text/csv": "csv", "image/jpeg": "jpg"}
_TEXTS = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
_UU = re.compile(rb"(?m)^begin [0-7]{3,4} ([^\r\n]+)\r?\n((?:[\x20-\x60]+\r?\n)*?)(?:`\r?\n)?end\b")
_RULES = ParserConfig(display_links=False)
Piece: TypeAlias = "Message[str, str]"


@dataclass
class Body:
    """What was found on the way through the parts."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    seen: int = 0

    @property
    def text(self) -> str:
        """The plain text; where there is none worth reading, that of the HTML."""
        told = "\n\n".join(one for one in self.plain if not is_blank(one))
        if told:
            return told
        return "\n\n".join(words_of(one) for one in self.html).strip()


def read(message: Piece) -> Body:
    """Walk all parts. Raises Unreadable when they are nested without end."""
    body = Body()
    _walk(message, body, 0)
    return body


def _walk(part: Piece, body: Body, depth: int) -> None:
    body.seen += 1
    if depth > DEEPEST:
        raise Unreadable("too_deep")
    if body.seen > MOST_PARTS:
        raise Unreadable("too_many_parts")
    kind = part.get_content_type()
    if part.is_multipart() and kind.startswith("multipart/"):
        _walk_several(part, body, depth)
    elif part.is_multipart():
        _enclosed(part, kind, body, depth)
    elif _is_text(part, kind):
        _take_text(part, kind, body)
    else:
        _take_file(part, kind, payload_of(part), body)


def _walk_several(part: Piece, body: Body, depth: int) -> None:
    if part.get_content_subtype() != "alternative":
        for one in _below(part):
            _walk(one, body, depth + 1)
        return
    # Of several ways to say the same, each kind once: plain to read, HTML to show.
    told = Body(seen=body.seen)
    for one in _below(part):
        _walk(one, told, depth + 1)
    body.seen = told.seen
    body.parts += told.parts
    plain = [one for one in told.plain if not is_blank(one)]
    body.plain += plain or [words_of(one) for one in told.html]
    body.html += told.html


def _enclosed(part: Piece, kind: str, body: Body, depth: int) -> None:
    """A mail in a mail, or a report: kept whole as a file; a forwarded mail without a word of its
    own is read instead."""
    inner = _below(part)
    raw = b"".join(one.as_bytes() for one in inner)
    _take_file(part, kind, raw, body)
    if kind in ("message/rfc822", "message/global") and not body.text:
        told = Body(seen=body.seen)
        for one in inner:
            _walk(one, told, depth + 1)
        body.seen = told.seen
        body.plain += [told.text]


def _below(part: Piece) -> list[Piece]:
    return [one for one in part.get_payload() if isinstance(one, Message)]


def _is_text(part: Piece, kind: str) -> bool:
    if part.get_content_disposition() == "attachment" or name_of(part):
        return False
    # Parts that nobody can find: what was sent as several is read as one text.
    return kind.startswith("multipart/") or kind in _TEXTS


def _take_text(part: Piece, kind: str, body: Body) -> None:
    raw = payload_of(part)
    charset = part.get_param("charset", "")
    declared = charset if isinstance(charset, str) else str(charset[2])
    if kind == "text/html":
        body.html.append(decoded(raw, declared or _meta(raw)))
        return
    raw, files = without_uuencoded(raw)
    body.parts += files
    body.plain.append(clean(decoded(raw, declared)))


def _take_file(part: Piece, kind: str, raw: bytes, body: Body) -> None:
    inline = part.get_content_disposition() == "inline" or bool(part.get("content-id"))
    number = len(body.parts) + 1
    name = name_of(part) or _UNNAMED.get(kind) or f"{number}.{_ending(kind)}"
    if raw or part.get_content_disposition() == "attachment":
        ident = str(part.get("content-id", "")).strip(" <>\r\n")[:200]
        body.parts.append(Part(name, kind, raw, ident, inline))


def _ending(kind: str) -> str:
    return _ENDINGS.get(kind) or re.sub(r"[^a-z0-9]", "", kind.partition("/")[2])[:8] or "bin"


def payload_of(part: Piece) -> bytes:
    """The bytes of a part, whatever its encoding says; what cannot be undone stays as it is."""
    encoding = str(part.get("content-transfer-encoding", "")).strip(" ;\t\r\n").lower()
    bare = copy(part)
    del bare["content-transfer-encoding"]  # or the parser decodes what came without asking
    given = bare.get_payload(decode=True)
    raw = given if isinstance(given, bytes) else b""
    if encoding == "base64":
        return from_base64(raw)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        files = without_uuencoded(raw)[1]
        return files[0].data if files else raw
    return raw


def without_uuencoded(raw: bytes) -> tuple[bytes, list[Part]]:
    """The text without the files that were written into it, and those files."""
    if b"\nend" not in raw:
        return raw, []
    files = []
    for found in _UU.finditer(raw):
        name = decoded(found[1]).strip()[:200]
        files.append(Part(name, "application/octet-stream", b"".join(_uu_lines(found[2]))))
    return (_UU.sub(b"", raw), files) if files else (raw, [])


def _uu_lines(block: bytes) -> Iterator[bytes]:
    for line in block.splitlines():
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:  # some writers count wrong; what the line holds counts
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                yield binascii.a2b_uu(line[:length])
            except binascii.Error:
                continue


def _meta(raw: bytes) -> str:
    found = re.search(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{3,30})", raw[:4_000], re.IGNORECASE)
    return found[1].decode("ascii") if found else ""


def words_of(html: str) -> str:
    """The words of an HTML text, laid out in lines."""
    if is_blank(html):
        return ""
    # The reader is told the encoding already, and trips over a declaration of its own.
    bare = re.sub(r"<\?xml[^>]*\?>", "", html)
    try:
        return clean(get_text(bare, _RULES)).strip()
    except (LxmlError, ValueError, RecursionError):
        return clean(re.sub(r"<[^>]*>", " ", bare)).strip()
