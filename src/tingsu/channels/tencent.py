"""What WeChat and WeCom share: signatures, encryption, XML, access tokens (the vendor's scheme:
SHA-1 over sorted parts; AES-256-CBC with 32-byte padding, length and receiver inside). Pure but for
asking for a token."""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.core.cache import cache

from tingsu.channels.contract import Arrived, Message, Nothing, Secrets, Unreadable, Unsigned
from tingsu.channels.outgoing import Unreachable, get_json, post_json

# The few flat elements that we read: no parser, so no entities and nothing to expand.
_ELEMENT = re.compile(r"<(\w{1,40})>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</\1>", re.DOTALL)
TOKEN_SECONDS = 6_600  # they last 7,200
OLD_TOKEN = frozenset({40001, 40014, 42001})


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def check(secrets: Secrets, arrived: Arrived, sealed: str) -> None:
    """The signature over token, time, nonce and the sealed text. Raises Unsigned."""
    query = arrived.query
    wanted = signature(secrets["token"], query.get("timestamp", ""), query.get("nonce", ""), sealed)
    if not hmac.compare_digest(wanted.encode(), query.get("msg_signature", "").encode()):
        raise Unsigned


def check_plain(secrets: Secrets, arrived: Arrived) -> None:
    """The signature over token, time and nonce alone. Raises Unsigned."""
    query = arrived.query
    wanted = signature(secrets["token"], query.get("timestamp", ""), query.get("nonce", ""))
    if not hmac.compare_digest(wanted.encode(), query.get("signature", "").encode()):
        raise Unsigned


def opened(secrets: Secrets, sealed: str, receiver: str) -> str:
    """The text inside. Raises Unreadable for another key, another receiver, or nonsense."""
    try:
        key = base64.b64decode(secrets["aes_key"] + "=")
        plain = _plain(key, base64.b64decode(sealed, validate=True))
        (length,) = struct.unpack(">I", plain[16:20])
        text, whom = plain[20 : 20 + length], plain[20 + length :]
        if whom.decode() != receiver:
            raise Unreadable("receiver")
        return text.decode()
    except (binascii.Error, ValueError, struct.error) as odd:
        raise Unreadable("sealed") from odd


def sealed(secrets: Secrets, text: str, receiver: str, random: bytes) -> str:
    """The other way, for counterparts and tests. random: 16 bytes."""
    key = base64.b64decode(secrets["aes_key"] + "=")
    body = text.encode()
    plain = random + struct.pack(">I", len(body)) + body + receiver.encode()
    pad = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad)).decode()


def _plain(key: bytes, data: bytes) -> bytes:
    """Without the padding. Raises ValueError."""
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = decryptor.update(data) + decryptor.finalize()
    if not plain or not 1 <= plain[-1] <= 32:
        raise ValueError("padding")
    return plain[: -plain[-1]]


def elements(xml: str) -> dict[str, str]:
    """The flat elements inside the outermost one."""
    inner = re.sub(r"^\s*<xml>|</xml>\s*$", "", xml.strip())
    return {name: quoted or plain for name, quoted, plain in _ELEMENT.findall(inner)}


def text_of(arrived: Arrived) -> str:
    """The body as text. Raises Unreadable."""
    try:
        return arrived.body.decode()
    except UnicodeDecodeError as odd:
        raise Unreadable("utf-8") from odd


def message_of(told: Mapping[str, str]) -> Message | Nothing:
    """What somebody wrote; of a picture or a voice the trace, of an event nothing."""
    sender, kind = told.get("FromUserName", ""), told.get("MsgType", "")
    if not sender or not kind:
        raise Unreadable("elements")
    if kind == "event":
        return Nothing()
    words = told.get("Content", "") if kind == "text" else f"[{kind}] {told.get('PicUrl', '')}"
    ident = told.get("MsgId") or f"{sender}:{told.get('CreateTime', '')}"
    return Message(ident[:80], sender[:120], words.strip() or f"[{kind}]")


def access_token(url: str, name: str, *, fresh: bool = False) -> str:
    """A token of the vendor, kept until shortly before it ends. Raises Unreachable."""
    key = "vendor-token:" + hashlib.sha256(url.encode()).hexdigest()
    found: str | None = None if fresh else cache.get(key)
    if found is None:
        told = get_json(url)
        found = str(told.get("access_token") or "")
        if not found:
            raise Unreachable(f"{name} {told.get('errcode')}"[:60])
        cache.set(key, found, TOKEN_SECONDS)
    return found


def say(token_url: str, send_url: str, body: Mapping[str, object], name: str) -> None:
    """One message by the vendor's interface; a token that has ended is asked for anew, once."""
    told = post_json(send_url.format(token=access_token(token_url, name)), body)
    if told.get("errcode") in OLD_TOKEN:
        fresh = access_token(token_url, name, fresh=True)
        told = post_json(send_url.format(token=fresh), body)
    if told.get("errcode") != 0:
        raise Unreachable(f"{name} {told.get('errcode')}"[:60])
