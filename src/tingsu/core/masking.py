"""Touches nothing: how personal data is shown to those who need not see it (PL-2).

Rules, with what each leaves visible: docs/rules/personal-data.md. A mask never shows more than
the rule says, however odd the input; what fits no rule is masked altogether.
"""

import re
from collections.abc import Callable, Iterable

from tingsu.core.text import find_spans, normalise

STARS = "****"

# Surnames of two characters still in common use, in the Simplified writing.
_DOUBLE = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 百里 东郭 "
    "南宫 呼延 轩辕 钟离 独孤 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 公羊 赫连 拓跋 "
    "完颜 纳兰 第五 南门 西门 北堂 梁丘 左丘 东门 谷梁 鲜于 闾丘 巫马 公西 漆雕 乐正 壤驷 公良 "
    "夹谷 宰父 段干 即墨 达奚 褚师".split()
)
_LATIN_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def mask_name(name: str) -> str:
    """Return the surname and stars: 王小明 王**, 欧阳娜 欧阳*, John Smith J*** S***."""
    name = name.strip()
    if not name:
        return ""
    if all(ord(char) < 0x2E80 for char in name):
        return " ".join(f"{part[0]}***" for part in _LATIN_NAME.findall(name)) or STARS
    surname = name[:2] if len(name) > 2 and normalise(name[:2]) in _DOUBLE else name[0]
    hidden = len(name) - len(surname)
    return surname + "*" * min(hidden, 2) if hidden else "*"


def mask_phone(phone: str) -> str:
    """Return 138****1234, 0571-****4321, ****4321; of six digits and fewer the last two."""
    digits = re.sub(r"\D", "", normalise(phone))
    if not digits:
        return STARS if phone.strip() else ""
    mobile = re.fullmatch(r"(?:0086|86)?(1[3-9]\d)\d{4}(\d{4})", digits)
    if mobile:
        return f"{mobile[1]}{STARS}{mobile[2]}"
    area = re.fullmatch(r"(0(?:10|2\d|[3-9]\d{2}))\d{3,4}(\d{4})", digits)
    if area:
        return f"{area[1]}-{STARS}{area[2]}"
    if len(digits) <= 6:
        return "*" * (len(digits) - 2) + digits[-2:] if len(digits) > 2 else STARS
    return (digits[:3] if len(digits) > 9 else "") + STARS + digits[-4:]


def mask_email(email: str) -> str:
    """Return the first character and the domain: w***@example.com."""
    local, at, domain = email.strip().rpartition("@")
    if not at:
        return STARS if domain else ""
    return f"{local[0] if len(local) > 1 else ''}***@{domain}"


_PLACES = re.compile(
    r"(?:[^\W\d_]{2,8}?(?:特别行政区|自治区|省))?"
    r"(?:[^\W\d_]{2,9}?(?:自治州|地区|市|盟|州))?"
    r"(?:[^\W\d_]{1,9}?(?:自治县|新区|自治旗|区|县|市|旗))?"
)


def mask_address(address: str) -> str:
    """Return province, city and district, then stars; nothing but stars if none is named."""
    address = address.strip()
    if not address:
        return ""
    head = _PLACES.match(normalise(address))
    return (address[: head.end()] if head else "") + STARS


_EMAIL = r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}"
_ID_CARD = r"\d{6}[ -]?(?:19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[ -]?\d{3}[\dx]"
_OLD_ID_CARD = r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}"
_BANK_CARD = r"[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?"
_PASSPORT = r"(?:[edspg]\d{8}|e[a-z]\d{7})"
_MOBILE = r"(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
_LANDLINE = r"\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]?\d{3,4}[ -]?\d{4}"
_SPOKEN_OF = re.compile(
    rf"(?P<email>(?<![a-z0-9._%+-]){_EMAIL})"
    rf"|(?<![0-9a-z])(?:(?P<id>{_ID_CARD}|{_OLD_ID_CARD})|(?P<passport>{_PASSPORT})"
    rf"|(?P<card>{_BANK_CARD}))(?![0-9a-z])"
    rf"|(?<!\d)(?P<phone>{_MOBILE}|{_LANDLINE})(?!\d)"
)


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """Return free text with mail addresses, identity numbers, cards and phones masked.

    `names` are masked too wherever they stand, whatever way they are written. Numbers in full
    width or with spaces are seen; numbers spelt out in words are not.
    """
    marks = [(*match.span(), _mask(match, text)) for match in _seen(text)]
    for name in names:
        if len(name.strip()) > 1:
            marks += [(a, b, mask_name(text[a:b])) for a, b in find_spans(text, name)]
    return _replaced(text, marks)


def sensitive(text: str) -> Iterable[tuple[tuple[int, int], str]]:
    """Where the numbers and mail addresses of people stand, each with its kind."""
    return ((match.span(), match.lastgroup or "") for match in _seen(text))


def _mask(match: re.Match[str], text: str) -> str:
    written = text[match.start() : match.end()]
    return _MASKS[match.lastgroup or ""](written)


def _seen(text: str) -> Iterable[re.Match[str]]:
    for match in _SPOKEN_OF.finditer(normalise(text)):
        if match.lastgroup != "card" or _luhn(re.sub(r"\D", "", match[0])):
            yield match


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def _ends(head: int, tail: int) -> Callable[[str], str]:
    def masked(value: str) -> str:
        plain = "".join(filter(str.isalnum, value))
        return f"{plain[:head]}{STARS}{plain[-tail:]}"

    return masked


_MASKS: dict[str, Callable[[str], str]] = {
    "email": mask_email,
    "id": _ends(3, 4),
    "passport": _ends(1, 2),
    "card": _ends(0, 4),
    "phone": mask_phone,
}


def _replaced(text: str, marks: list[tuple[int, int, str]]) -> str:
    pieces, reached = [], 0
    for start, end, mask in sorted(marks):
        if start >= reached:
            pieces += [text[reached:start], mask]
            reached = end
    return "".join([*pieces, text[reached:]])
