"""Touches nothing: whether words that hurt are meant, or only spoken of.

Not meant are words between quotation marks, words of the customer told back, words denied
("不是说…"), supposed ("如果…"), taken back with an apology, and those whose phrase names an
exception in the same sentence.
"""

import re

from tingsu.core.wording.fold import Folded
from tingsu.core.wording.match import Hit

_CUSTOMER = "您|你|客户|来电人|投诉人|来访人|业主|住户|游客|旅客|车主|储户|买家|顾客|先生|女士|小姐"
_WHEN = (
    "刚才|刚刚|之前|昨天|当时|今天|上次|在|来信|来电|里|中|也|都|还|跟我们|对我们|向我们|跟我|对我"
)
_TOLD = re.compile(
    rf"(?:{_CUSTOMER})(?:{_WHEN}){{0,3}}"
    "(?:说(?!的|这|那|什么|清|明|完|再|话|得|多|了算|也|好|谎|到哪)|反映|提到|讲到|讲的是|描述"
    "|投诉说|投诉称|称|写道|写的是|告诉我们|觉得|感觉|认为|担心|怕|听到)"
)
_TOLD_EN = re.compile(
    "(?:you|customer|guest|caller|client|he|she)(?:were|was|have|has|had)?"
    "(?:told|said|saythat|mentioned|reported|feltthat|wrote|describe)"
)
_TURNS = re.compile("但|可是|可(?=[这那我您]|现在|实际)|不过|然而|其实|我告诉|我跟您|but")
_OTHERS = re.compile(
    "(?:同事|前台|客服|师傅|人员|员工|店员|导游|导购|柜员|管家|保安|经理|领导|司机|网点|门店"
    "|他们|她们|他|她|对方|有人)[^。]{0,8}?(?:说|讲|告诉|回复|答复|回应|表示)"
)
_ONCE = re.compile("我(?:刚才|刚刚|之前|昨天|当时)")
_SORRY = re.compile(
    "[不没](?:应该|该|妥|对|合适|恰当|礼貌)"
    "|[这那](?:样|么|种|句|话|个)?的?(?:说|讲|回答|答复|说法|话|态度)[^。]{0,4}"
    "(?:不对|不妥|不应|不该|伤人)"
    "|不(?:会|能)?这[样么](?:看|想|认为)"
    "|抱歉|对不起|道歉|歉意|批评|纠正|改正|整改|误导|sorry|apolog|shouldnothave|waswrong"
)
_DENIED = re.compile(
    "(?:(?<!是)(?:并|绝)?不是(?:说|想|要|在|为了|让|叫|怪|指)?|并非(?:说|想|要)?|没有(?:说|要|想|任何)?"
    "|绝?不会(?:说|让|因此|因为|对)?"
    "|从?不(?:该|应|应该|能|可以|可|要|得|允许|许|准)(?:再|对|用|向|说|跟|让|出现){0,2}"
    "|绝不(?:说|再)?|而不是|避免(?:说|出现)?|严禁(?:说|使用)?|禁止(?:说|使用)?|杜绝|别说|不再说?"
    "|无意|无须|不必|不敢说?|不说|不用|什么叫|谁说|[不没]能说|没说|怎么能说|怎么会)"
    "(?:您|你|我们?|客户|对方|这件事|这个|这种|这样|这事|这|那|任何|的|是|一句|出|就|都){0,3},?$"
)
_DENIED_EN = re.compile(
    "(?:i?a?m?notsaying|neversay|donotmean|dontmean|notthat|wouldnever|willnever|notbecause"
    "|neversaid)(?:that|it|this){0,2},?$"
)
_SUPPOSED = re.compile(
    "如果|若是?|要是|倘若|假如|万一|即使|即便|哪怕|就算|无论|不管您|if|incase|should"
)
_SO_CALLED = re.compile("^(?:的话|的情况|的时候|的说法|的意思|这[句种](?:话|说法))")


def meant(hit: Hit, folded: Folded) -> bool:
    """Tell whether the words are the agent's own, said and meant."""
    start, end = folded.span(hit.start, hit.end)
    if any(_quoted(start, end, a, b) for a, b in folded.quoted):
        return False
    first, last = folded.sentence_of(hit.start)
    before, after = folded.text[first : hit.start], folded.text[hit.end : last]
    if _DENIED.search(before[-14:]) or _DENIED_EN.search(before[-20:]) or _told(before):
        return False
    if _taken_back(before, folded.text[hit.end : hit.end + 40]):
        return False
    return hit.phrase.even_if or not _supposed(before, after)


def _quoted(start: int, end: int, first: int, last: int) -> bool:
    """In a quotation, or reaching into one; a single word in quotation marks is no quotation."""
    touches = first < end and start < last
    return touches and (last - first > 3 or (first <= start and end <= last))


def _told(before: str) -> bool:
    """The customer's words told back: who speaks is named close before, and nothing turns from
    there to the agent's own words."""
    told = [*_TOLD.finditer(before), *_TOLD_EN.finditer(before)]
    if not told:
        return False
    between = before[told[-1].end() :]
    return between.count(",") <= 2 and not _TURNS.search(between)


def _taken_back(before: str, after: str) -> bool:
    """Somebody else's words, which the agent calls wrong."""
    spoken = _OTHERS.search(before) or _ONCE.search(before)
    return bool(spoken) and bool(_SORRY.search(after) or _SORRY.search(before))


def _supposed(before: str, after: str) -> bool:
    clause = before.rpartition(",")[2]
    return bool(_SUPPOSED.search(clause)) or bool(_SO_CALLED.match(after))
