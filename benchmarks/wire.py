"""HTTP/1.1 over a plain socket: whoever loads the house shares its processor, and must not measure
itself."""

import re
import socket
from collections.abc import Mapping

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


def connected(port: int) -> socket.socket:
    """One connection that stays open."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def letter(path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """A POST as it goes over the wire."""
    told = {"Host": "127.0.0.1", **headers, "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def answer(line: socket.socket) -> tuple[int, bytes]:
    """Status and body of the next answer, read to its end."""
    told = b""
    while b"\r\n\r\n" not in told:
        told += _more(line)
    head, _gap, body = told.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    while len(body) < int(length[1] if length else 0):
        body += _more(line)
    return int(head.split(b" ", 2)[1]), body


def _more(line: socket.socket) -> bytes:
    found = line.recv(65_536)
    if not found:
        raise RuntimeError("the house hung up")
    return found
