"""Mails signed with the key of our domain (DKIM, RFC 6376), so that other houses know them as ours.
Reads the settings and the key."""

from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any

import dkim
from django.conf import settings
from django.core.mail import EmailMessage

_SIGNED = [
    name.encode()
    for name in (
        "from to subject date message-id in-reply-to references mime-version content-type"
        " content-transfer-encoding auto-submitted"
    ).split()
]


class Signed(EmailMessage):
    """A mail that carries a signature where the settings know its domain."""

    def message(self, *given: Any, **more: Any) -> Any:
        """As Django builds it, with the signature of these very bytes."""
        built: Any = super().message(*given, **more)
        found = selector_of(parseaddr(str(self.from_email))[1])
        if found is not None:
            domain, selector = found
            head = dkim.sign(
                built.as_bytes(linesep="\r\n"),
                selector.encode(),
                domain.encode(),
                _key(settings.DKIM_KEY),
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=_SIGNED,
            )
            _name, _colon, value = head.decode().partition(":")
            built["DKIM-Signature"] = " ".join(value.split())
        return built


def selector_of(address: str) -> tuple[str, str] | None:
    """The domain to sign for and its selector; None where the settings name none that fits."""
    own = address.rpartition("@")[2].lower()
    for pair in settings.DKIM.split(","):
        domain, _colon, selector = pair.strip().lower().partition(":")
        if selector and (own == domain or own.endswith(f".{domain}")):
            return domain, selector
    return None


@lru_cache(maxsize=2)
def _key(path: str) -> bytes:
    return Path(path).read_bytes()
