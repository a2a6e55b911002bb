"""Touches nothing: what a letter to a customer still lacks, before it leaves (CO-2).

Two sorts of findings. What must be changed or overridden with a reason: forbidden words, another
person's name, another case's number. What is advice: regret, restatement, every request answered,
next step, date, contact, length, tone, a promise that is not in the ledger.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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
_ORDER = re.compile(
    r"(?:订单|合同|保单|运单|单据|流水|order|contract)(?:编?号码?|号|number|no\.?)?\s*[为是:：#]{0,2}\s*"
    r"((?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{4,39})"
)
_GREETED = re.compile(
    r"(?:^|(?<=\n)|尊敬的|亲爱的|敬爱的|(?<=[您你]好)[,!])[\s,]*"
    r"((?![我请由与和是让])[\u4e00-\u9fff]{1,4}?)(先生|女士|小姐|太太|老师|同志)"
)
# What says the same of a request: one of a group in both, and it is spoken to.
_SAME = tuple(
    re.compile(group)
    for group in (
        "退(?:款|还|回|钱|费|到|给|您|票|订|押)|refund",
        "赔|补偿|compensat",
        "道歉|致歉|抱歉|歉意|对不起|apolog|sorry",
        "修|repair",
        "换|调货|replac",
        "取消|停掉|关停|解除|撤销|注销|销户|cancel",
        "上门|派.{0,4}(?:人|师傅|员)",
        "处分|处罚|停岗|停团|批评|问责|辞退|教育",
        "解释|说明|原因|explain|reason",
        "发票|票据|收据|invoice|receipt",
        "清理|打扫|清洁|清运",
    )
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
    orders: tuple[str, ...] = ()  # of the order, the contract
    request: str = ""
    kind: str = "interim"
    channel: str = ""
    promised: bool = False  # a promise is open in the ledger


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or wrong. what: words out of the letter or the case; right: what
    the case has instead."""

    code: str
    what: str = ""
    right: str = ""
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
            yield Finding("forbidden", said, spans=((mark.start, mark.end),))


def _wrong_name(text: str, known: Known) -> Iterator[Finding]:
    if not known.name:
        return
    own, other = normalise(known.name), {"male": _SHE, "female": _HE}.get(known.sex, frozenset())
    for greeted in _GREETED.finditer(normalise(text)):
        if not own.startswith(greeted[1]) or greeted[2] in other:
            start, end = greeted.start(1), greeted.end(2)
            yield Finding("name", text[start:end], spans=((start, end),))


def _wrong_number(text: str, known: Known) -> Iterator[Finding]:
    plain = normalise(text)
    yield from _strange(text, _NUMBER.finditer(plain), (known.number,))
    orders = (match for match in _ORDER.finditer(plain) if not _NUMBER.match(match[1]))
    yield from _strange(text, orders, known.orders)


def _strange(text: str, named: Iterable[re.Match[str]], own: Sequence[str]) -> Iterator[Finding]:
    """Numbers that are named and are not the case's own; where it has none, nothing is said."""
    known = [normalise(number) for number in own if number]
    for match in named:
        if known and match[1] not in known:
            said = text[match.start(1) : match.end(1)]
            yield Finding("number", said, next(filter(None, own)), (match.span(1),))


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
    """The requests of which the letter says nothing: no pair of their characters is in it, nor a
    word that says the same."""
    said, plain = set(bigrams(text)), normalise(text)
    return [
        wish
        for wish in wishes(request)
        if _about(wish)
        and not _about(wish) & said
        and not any(same.search(wish) and same.search(plain) for same in _SAME)
    ]


def _about(wish: str) -> set[str]:
    return {pair for pair in bigrams(wish) if len(pair) == 2} - _EMPTY_WORDS
