"""Touches nothing: what a letter to a customer still lacks, before it leaves (CO-2).

Two sorts of findings. What must be changed or overridden with a reason: forbidden words, another
person's name, another case's number. What is advice: regret, restatement, every request answered,
next step, date, contact, length, tone, a promise that is not in the ledger.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tingsu.core.text import bigrams, normalise
from tingsu.core.wording.dated import is_dated
from tingsu.core.wording.guard import Mark

LONGEST = 800
LONGEST_MESSAGE = 300  # by SMS or messenger
BLOCKING = frozenset({"forbidden", "name", "number"})

REGRET = re.compile(
    "抱歉|对不起|歉意|致歉|道歉|遗憾|过意不去|不好意思|添.{0,3}麻烦|给您.{0,4}不便|惭愧|辛苦您"
    "|sorry|apolog|regret"
)
_RESTATED = re.compile(
    "您(?:在?.{0,12})?(?:反映|提到|来信|来电|说的|所说|投诉|咨询|所述|希望|要求|描述|告诉我们)|关于您|针对您"
    "|收到您|您的(?:投诉|来信|意见|诉求|问题|留言)|you (?:told|wrote|said|reported|asked)"
    "|your (?:complaint|letter|message|call)"
)
_NEXT = re.compile(
    "将|会|下一步|接下来|安排|已经?|正在|马上|[为给请]您|退|换|修|赔|派|will|we have|next|has been"
)
_CONTACT = re.compile(
    r"电话|致电|拨打|来电|联系|联络|回电|分机|邮箱|微信|回复[此这本]|直接(?:找|回复)"
    r"|\d{3,4}[- ]?\d{7,8}|1\d{10}|@|contact|call|reply to|phone|write to"
)
_PROMISED = re.compile(
    "(?:给您|跟您|和您|向您|与您|为您)[^。]{0,10}(?:电话|回话|回复|答复|答覆|联系|联络|消息|结果)"
    "|(?:上门|退(?:款|到|回|还)|送到|寄出|修好|换好|打给您|回电|告诉您)"
    "|call you|write to you|get back to you|refund you"
)
_NUMBER = re.compile(r"(?<![a-z0-9])([a-z]{1,8}-\d{8}-\d{4,})(?!\d)")
_GREETED = re.compile(
    r"^[\s,，]*(?:尊敬的|亲爱的|敬爱的)?\s*([\u4e00-\u9fff]{1,4}?)(先生|女士|小姐|太太|老师|同志)"
)
_HE, _SHE = frozenset({"先生"}), frozenset({"女士", "小姐", "太太"})
_ITEM = re.compile(r"[;；。\n]|(?:^|(?<=\D))\d{1,2}[.、)）]|[一二三四五六七八九][、.]")
_EMPTY_WORDS = frozenset(
    bigrams("希望要求请你们您我们给我予以能够可以尽快马上并且以及处理解决进行")
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the case knows of the letter that is about to leave."""

    name: str = ""
    sex: str = ""  # male | female | ""
    number: str = ""
    request: str = ""
    kind: str = "interim"
    channel: str = ""
    promised: bool = False  # a promise is open in the ledger


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or wrong. what: words out of the letter or the case."""

    code: str
    what: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def blocks(self) -> bool:
        """Must be changed, or overridden with a reason."""
        return self.code in BLOCKING


def check(text: str, marks: Sequence[Mark], known: Known) -> list[Finding]:
    """All findings, what blocks first."""
    found = [
        *_forbidden(text, marks),
        *_wrong_name(text, known),
        *_wrong_number(text, known),
        *_missing(text, known),
        *_manners(text, marks, known),
    ]
    return sorted(found, key=lambda one: not one.blocks)


def blocking(text: str, marks: Sequence[Mark], known: Known) -> list[Finding]:
    """What must be changed, or overridden with a reason."""
    return [one for one in check(text, marks, known) if one.blocks]


def _forbidden(text: str, marks: Sequence[Mark]) -> Iterator[Finding]:
    for mark in marks:
        if mark.grade == "forbidden":
            said = text[mark.start : mark.end]
            yield Finding("forbidden", said, ((mark.start, mark.end),))


def _wrong_name(text: str, known: Known) -> Iterator[Finding]:
    greeted = _GREETED.match(normalise(text))
    if not greeted or not known.name:
        return
    name, title = greeted[1], greeted[2]
    own = normalise(known.name)
    other_sex = title in {"male": _SHE, "female": _HE}.get(known.sex, frozenset())
    if not own.startswith(name) or other_sex:
        yield Finding("name", text[greeted.start(1) : greeted.end(2)], (greeted.span(1),))


def _wrong_number(text: str, known: Known) -> Iterator[Finding]:
    own = normalise(known.number)
    for match in _NUMBER.finditer(normalise(text)):
        if own and match[1] != own:
            yield Finding("number", text[match.start() : match.end()], (match.span(),))


def _missing(text: str, known: Known) -> Iterator[Finding]:
    plain = normalise(text)
    asked = {"regret": REGRET, "restated": _RESTATED, "next": _NEXT, "contact": _CONTACT}
    for code, pattern in asked.items():
        if not pattern.search(plain):
            yield Finding(code)
    if known.kind != "final" and not is_dated(text):
        yield Finding("date")
    for wish in unanswered(text, known.request):
        yield Finding("request", what=wish)


def _manners(text: str, marks: Sequence[Mark], known: Known) -> Iterator[Finding]:
    most = LONGEST_MESSAGE if known.channel in ("sms", "messenger", "chat") else LONGEST
    if len(text) > most:
        yield Finding("length", what=str(len(text)))
    if text.count("!") + text.count("！") > 2 or ("你" in text and "您" not in text):
        yield Finding("tone")
    for mark in marks:
        if mark.grade != "forbidden":
            said = text[mark.start : mark.end]
            yield Finding("hurts", what=said, spans=((mark.start, mark.end),))
    if not known.promised and is_dated(text) and _PROMISED.search(normalise(text)):
        yield Finding("promise")


def wishes(request: str) -> list[str]:
    """The single requests of a complaint."""
    pieces = (piece.strip(" ,，、") for piece in _ITEM.split(request))
    return [piece for piece in pieces if len(piece) > 1][:6]


def unanswered(text: str, request: str) -> list[str]:
    """The requests of which the letter says nothing: no pair of their characters is in it."""
    said = set(bigrams(text))
    return [wish for wish in wishes(request) if _about(wish) and not _about(wish) & said]


def _about(wish: str) -> set[str]:
    return {pair for pair in bigrams(wish) if len(pair) == 2} - _EMPTY_WORDS
