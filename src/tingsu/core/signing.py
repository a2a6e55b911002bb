"""What is signed, pinned: the text as it stands, by its hash. Pure, standard library only."""

import hashlib

WAYS = ("drawn", "typed", "paper")
"""By hand on a screen; by a typed name with a statement; on paper that was scanned."""

PLACES = ("here", "link", "paper")
"""On our own screen, through a link of one's own, on paper."""

ROLES = ("complainant", "respondent", "staff", "witness", "other")


def pinned(title: str, text: str) -> str:
    """The hash of what somebody puts their name to: SHA-256 of title, empty line, text in UTF-8,
    lines ended by a line feed. Anybody can work it out again from the paper."""
    lines = f"{title}\n\n{text}".replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(lines.encode()).hexdigest()


def grouped(digest: str, size: int = 8) -> str:
    """The hash in groups, to be compared by eye."""
    return " ".join(digest[at : at + size] for at in range(0, len(digest), size))
