"""One POST to an address that somebody typed in. Opens connections, touches no tables.

The name is resolved once and the connection goes to that very address, so that a name that leads
outside at the check and inside at the connection gains nothing. Redirects are not followed.
"""

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5  # the worker has other things to do
MOST_READ = 65_536


class Unreachable(OSError):
    """No answer, or an address to which we do not go. The text names the kind alone."""


def check(url: str) -> None:
    """Raises Unreachable for an address to which we would not go."""
    parts = _parts(url)
    _address(parts.hostname or "", parts.port or _port(parts.scheme))


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    most: int = MOST_READ,
) -> tuple[int, bytes]:
    """Status and the beginning of the answer, up to ``most`` bytes. Raises Unreachable, also where
    the answer is not whole after so many seconds."""
    return _ask("POST", url, body, headers, seconds=seconds, most=most)


def get_json(url: str) -> dict[str, Any]:
    """A JSON object. Raises Unreachable for anything else."""
    status, told = _ask("GET", url, b"", {})
    return _object(status, told)


def post_json(url: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON answer to JSON. Raises Unreachable for anything but an object with status 2xx."""
    sent = json.dumps(body, ensure_ascii=False).encode()
    return _object(*_ask("POST", url, sent, {"Content-Type": "application/json"}))


def _ask(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    most: int = MOST_READ,
) -> tuple[int, bytes]:
    parts, until = _parts(url), monotonic() + seconds
    host, port = parts.hostname or "", parts.port or _port(parts.scheme)
    secure = parts.scheme == "https"
    connection = _Pinned(host, port, _address(host, port), secure=secure, seconds=seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, body or None, dict(headers))
        answer = connection.getresponse()
        return answer.status, _read(answer, most, until)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(type(problem).__name__) from problem
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    """Piece by piece: whoever lets an answer drip does not hold us for longer."""
    found = b""
    while len(found) < most and (piece := answer.read1(most - len(found))):
        found += piece
        if monotonic() > until:
            raise TimeoutError
    return found


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, and says the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self.address, self.secure = address, secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _parts(url: str) -> Any:
    try:
        parts = urlsplit(url)
        named = parts.hostname and (parts.port or 1)
    except ValueError as odd:
        raise Unreachable("address") from odd
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not named or parts.username or not plain:
        raise Unreachable("address")
    return parts


def _address(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise Unreachable("name") from problem
    addresses = [str(one[4][0]) for one in found]
    if not settings.OUTSIDE_MAY_BE_INSIDE and not all(map(_outside, addresses)):
        raise Unreachable("inside")
    return addresses[0]


def _outside(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return address.is_global and not address.is_multicast


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _object(status: int, told: bytes) -> dict[str, Any]:
    try:
        found = json.loads(told)
    except ValueError as odd:
        raise Unreachable(f"HTTP {status}") from odd
    if not 200 <= status < 300 or not isinstance(found, dict):
        raise Unreachable(f"HTTP {status}")
    return found
