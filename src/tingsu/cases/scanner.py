"""Asks a virus scanner (clamd) about a file, over its socket. Touches the network alone.

Protocol: clamd(8), INSTREAM: chunks with their length before them, an empty one at the end.
"""

import socket
import struct
from typing import IO

from django.conf import settings

CHUNK = 1 << 17
TIMEOUT = 60.0  # seconds for one file
_ENDING = b" FOUND"


class Infected(Exception):
    """The scanner names what is in the file."""


def scan(content: IO[bytes]) -> None:
    """Raises Infected; OSError when the scanner cannot say. Nothing where none is set."""
    if not settings.CLAMD:
        return
    content.seek(0)
    answer = _asked(content)
    content.seek(0)
    if answer.endswith(_ENDING):
        raise Infected(answer.removesuffix(_ENDING).rpartition(b": ")[2].decode("ascii", "replace"))
    if not answer.endswith(b"OK"):
        raise OSError("the scanner gave no verdict")


def answers() -> bool:
    """Whether the scanner is there."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            return line.recv(64).rstrip(b"\0\n") == b"PONG"
    except OSError:
        return False


def _asked(content: IO[bytes]) -> bytes:
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        try:
            while block := content.read(CHUNK):
                line.sendall(struct.pack("!L", len(block)) + block)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, for instance that this is too large; it says why
        told = b""
        while part := line.recv(4096):
            told += part
    return told.rstrip(b"\0\n ")


def _connected() -> socket.socket:
    """A path, or host:port."""
    place: str = settings.CLAMD
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = place.rpartition(":")
    if not port.isdecimal():
        raise OSError("TINGSU_CLAMD is neither a path nor host:port")
    return socket.create_connection((host.strip("[]"), int(port)), TIMEOUT)
