"""The one interface to a language model: OpenAI-compatible chat and transcription over HTTP.

Only text comes back. No tools are offered and none that is called is looked at; addresses are
checked as for webhooks. Raises Unreachable with the kind of trouble alone.
"""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tingsu.channels import outgoing
from tingsu.channels.outgoing import Unreachable
from tingsu.core.text import clean

MOST_READ = 1 << 20
LONGEST = 8_000  # characters of an answer that are kept
MOST_TOKENS = 1_500  # of one answer
MOST_RECORDING = 25 << 20  # bytes; what the interface allows
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)  # some say aloud how they get there

Message = Mapping[str, str]


@dataclass(frozen=True)
class Endpoint:
    """Where it listens, and how it is asked."""

    url: str
    key: str
    model: str
    seconds: int


@dataclass(frozen=True)
class Said:
    """What came back, and what the other side counts for it."""

    text: str
    tokens: int = 0


def chat(at: Endpoint, messages: Sequence[Message]) -> Said:
    """Ask for a text."""
    body = {
        "model": at.model,
        "messages": list(messages),
        "max_tokens": MOST_TOKENS,
        "temperature": 0.2,
        "stream": False,
    }
    sent = json.dumps(body, ensure_ascii=False).encode()
    told = _post(at, "/chat/completions", sent, "application/json")
    try:
        text = told["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as odd:
        raise Unreachable("answer") from odd
    return _said(text, told)


def transcribe(at: Endpoint, name: str, content: bytes) -> Said:
    """The words of a recording."""
    edge = secrets.token_hex(16)
    plain = re.sub(r"[^A-Za-z0-9.]", "_", name)[-60:] or "recording"
    fields = {"model": at.model, "response_format": "json"}
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{plain}"\r\n'
    parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content]
    body = b"".join([*parts, f"\r\n--{edge}--\r\n".encode()])
    told = _post(at, "/audio/transcriptions", body, f"multipart/form-data; boundary={edge}")
    return _said(told.get("text"), told)


def _post(at: Endpoint, path: str, body: bytes, kind: str) -> dict[str, Any]:
    headers = {"Content-Type": kind, "User-Agent": "tingsu"}
    if at.key:
        headers["Authorization"] = f"Bearer {at.key}"
    url = at.url.rstrip("/") + path
    status, told = outgoing.post(url, body, headers, seconds=at.seconds, most=MOST_READ)
    if not 200 <= status < 300:
        raise Unreachable(f"HTTP {status}")
    try:
        found = json.loads(told)
    except ValueError as odd:
        raise Unreachable("answer") from odd
    if not isinstance(found, dict):
        raise Unreachable("answer")
    return found


def _said(text: Any, told: Mapping[str, Any]) -> Said:
    if not isinstance(text, str):
        raise Unreachable("answer")
    words = clean(_THOUGHT.sub("", text)).strip()[:LONGEST]
    if not words:
        raise Unreachable("empty")
    usage = told.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else 0
    return Said(words, tokens if isinstance(tokens, int) and 0 <= tokens < 1 << 31 else 0)
