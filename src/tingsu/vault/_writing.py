"""Touches nothing: brings phone numbers and mail addresses into the one writing that is indexed.

Numbers of the public network become E.164 (phonenumbers, home region China). What that library
does not call a number (12345, 95588, an inner line, a digit too few) keeps its digits: what
somebody wrote down must be found again as it was written.
"""

import re
import unicodedata

import phonenumbers

from tingsu.core.text import normalise, runs

_HOME = "CN"
_PLUS = re.compile(r"[\s(]*\+")
# The quick way for nine numbers out of ten: the library takes 30 times as long.
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_EXTENSION = re.compile(
    r"(?:转接?|轉接?|分机|分機|ext\.?|x|#|,|;ext=)[:\s]*(\d{1,7})$", re.IGNORECASE
)
_LONGEST = 15
_SHORTEST = 3
_SIGN = 6  # characters from which an address or a number tells one from another


def phone_key(raw: str) -> str | None:
    """Return E.164 (`+8613800001234`, with `;ext=801` for an extension), or the bare digits.

    None when there are fewer than 3 digits or more than 15: that is no phone number.
    """
    text = unicodedata.normalize("NFKC", raw).strip()
    text = text.removeprefix("tel:")
    extension = _EXTENSION.search(text)
    if extension and len(re.sub(r"\D", "", text[: extension.start()])) >= _SHORTEST:
        key = _number_key(text[: extension.start()])
        return f"{key};ext={extension[1]}" if key else None
    return _number_key(text)


def _number_key(text: str) -> str | None:
    digits = re.sub(r"[^0-9]", "", text)
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return None
    written = "+" + digits if _PLUS.match(text) else digits
    if quick := _MOBILE.fullmatch(written):
        return "+86" + quick[1]
    return _international(written) or written


def _international(written: str) -> str | None:
    if written.startswith("00"):
        written = "+" + written[2:]
    try:
        number = phonenumbers.parse(written, _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_key(raw: str) -> str | None:
    """Return the address in small letters, the domain in its ASCII form; None if it is none."""
    text = unicodedata.normalize("NFKC", raw).strip().strip("<>").strip()
    local, at, domain = text.removeprefix("mailto:").rpartition("@")
    if not (local and at and domain) or re.search(r"\s", local + domain):
        return None
    return f"{local.casefold()}@{_ascii(domain)}"


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode().lower()
    except UnicodeError:
        return domain.casefold()


def sign_key(raw: str) -> str:
    """Return an address or a number in one writing: letters and digits alone, Simplified, half
    width. Empty when it is short or holds no digit: a street alone is no household."""
    sign = "".join(runs(normalise(raw)))
    return sign if len(sign) >= _SIGN and any(map(str.isdigit, sign)) else ""
