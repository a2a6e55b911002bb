"""The join code: a person shows it to the administrator of a further organisation. Reads people.

It proves that the person agrees. Short enough to be read out (about 40 bits), good for ten to
twenty minutes, and worth nothing once it was used: the number of memberships is part of it.
"""

from datetime import UTC, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from tingsu.people.models import User

WINDOW = timedelta(minutes=10)
# No letters or digits that look alike on paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_SALT = "tingsu.people.joining"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def join_code(user: User, at: datetime) -> tuple[str, datetime]:
    """The code as it is shown ("k7qf-2m9x"), and until when it is good."""
    window = _window(at)
    return _code(user, window), _EPOCH + (window + 2) * WINDOW


def is_join_code(user: User, typed: str, at: datetime) -> bool:
    """Whether this is the person's code of now or of the window before, however it was typed."""
    plain = "".join(letter for letter in typed.lower() if letter in LETTERS)
    window = _window(at)
    good = [_code(user, when).replace("-", "") for when in (window, window - 1)]
    return any(constant_time_compare(plain, code) for code in good)


def _window(at: datetime) -> int:
    return (at - _EPOCH) // WINDOW


def _code(user: User, window: int) -> str:
    memberships = user.memberships.count()  # switched-off ones too: it only ever grows
    # With the password in it, a changed password ends the code too.
    facts = f"{user.pk}:{user.password}:{memberships}:{window}"
    number = int.from_bytes(salted_hmac(_SALT, facts, algorithm="sha256").digest())
    letters = []
    for _place in range(8):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
