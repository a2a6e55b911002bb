"""Headers of a mail: encoded words, raw bytes, file names of every kind. Touches nothing."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from tingsu.channels.mail.charset import decoded
from tingsu.core.text import clean_line

_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")
_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,990}>")
_MAIL = re.compile(r"[^\s<>\"'(),;:@]+@[^\s<>\"'(),;:@]+")
_MOST = 20_000  # characters of one header that are looked at


def text_of(value: object) -> str:
    """A header as people read it, on one line.

    Words of one charset that follow each other are put together before they are decoded: some
    clients cut a character in two.
    """
    raw = _characters(value)[:_MOST]
    parts: list[str] = []
    for charset, chunk in _chunks(_BETWEEN.sub(r"\1\2", raw)):
        parts.append(decoded(chunk, charset))
    return clean_line("".join(parts))


def _chunks(raw: str) -> Iterator[tuple[str, bytes]]:
    """Stretches of bytes with the charset they were declared in."""
    waiting: tuple[str, bytes] = ("", b"")
    place = 0
    for found in _WORD.finditer(raw):
        charset = found[1].partition("*")[0].lower()
        before = raw[place : found.start()]
        if before or charset != waiting[0]:
            yield waiting
            waiting = (charset, b"")
        if before:
            yield "", _bytes(before)
        waiting = (charset, waiting[1] + _word(found[2], found[3]))
        place = found.end()
    yield waiting
    yield "", _bytes(raw[place:])


def _word(kind: str, body: str) -> bytes:
    if kind in "bB":
        return from_base64(_bytes(body))
    return quopri.decodestring(_bytes(body.replace("_", " ")), header=True)


def from_base64(raw: bytes) -> bytes:
    """What base64 says, with missing padding and strange characters left out."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""


def _characters(value: object) -> str:
    """The header as the parser kept it; bytes above 127 come back as they were."""
    return str(value) if value is not None else ""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def address_of(value: object) -> tuple[str, str]:
    """Name and address of the first mailbox; "" where there is none."""
    found = addresses_of(value)
    return found[0] if found else (text_of(value)[:120], "")


def addresses_of(value: object) -> list[tuple[str, str]]:
    """All mailboxes of a header, as name and address in small letters."""
    raw = _characters(value)[:_MOST].replace("\r", " ").replace("\n", " ")
    pairs = [(name, mail) for name, mail in getaddresses([raw]) if "@" in mail]
    # What is no list of mailboxes by the rules still names one to a reader.
    pairs = pairs or [(raw[: one.start()].strip(" <\"'"), one[0]) for one in _MAIL.finditer(raw)]
    return [(text_of(name), clean_line(mail).lower()) for name, mail in pairs]


def ids_of(value: object) -> list[str]:
    """Message ids of In-Reply-To or References, in order, each once."""
    return list(dict.fromkeys(_ID.findall(_characters(value)[:_MOST])))


def date_of(value: object) -> datetime | None:
    """When the mail says it was written; None when that cannot be read."""
    try:
        found = parsedate_to_datetime(_characters(value))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def name_of(part: "Message[str, str]") -> str:
    """The file name of a part: RFC 2231, encoded words, or raw bytes; "" without one."""
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            given = part.get_param(key, header=header)
        except (ValueError, TypeError, AttributeError):
            continue
        if isinstance(given, tuple):
            charset, _language, value = given
            return _file_name(decoded(_undone(value), charset or ""))
        if given:
            return _file_name(text_of(given))
    return ""


def _undone(value: str) -> bytes:
    """RFC 2231 comes from the parser as one character a byte, now and then still in per cents."""
    raw = value.encode("latin-1", "ignore") if value.isascii() else _raw(value)
    return unquote_to_bytes(raw) if re.search(rb"%[0-9A-Fa-f]{2}", raw) else raw


def _raw(value: str) -> bytes:
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return _bytes(value)


def _file_name(text: str) -> str:
    """Without the folders that some systems send along."""
    return clean_line(re.split(r"[\\/]", text)[-1])[:200]
