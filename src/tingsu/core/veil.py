"""Touches nothing: personal data of a text exchanged for signs, and signs for what they stand for.

What leaves the house (to a language model) carries 〔姓名1〕 in place of a name; what comes back
gets it again. The same value has the same sign throughout. Rules: docs/rules/language-model.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from tingsu.core.masking import sensitive
from tingsu.core.text import Span, normalise, runs

# Kinds of values as they are called in signs. A model reads them, so they are words.
KINDS = {
    "name": "姓名",
    "phone": "电话",
    "email": "邮箱",
    "id": "证件",
    "passport": "证件",
    "card": "卡号",
    "plate": "车牌",
    "address": "地址",
    "account": "账号",
    "number": "号码",
}

_WORDS = "|".join(dict.fromkeys(KINDS.values()))
_SIGN = re.compile(rf"[〔\[【](?P<kind>{_WORDS})(?P<number>\d{{1,3}})[〕\]】]")

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊"
    "兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐沿梅莫庄辛管祝左涂谷祁耿牟卜詹"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|慕容|令狐|司徒|夏侯|端木|独孤"
_NAME = rf"(?:{_DOUBLE}|[{_SURNAMES}])"
_TITLES = "先生|女士|小姐|太太|师傅|经理|主任|老师|医生|护士|同志|队长|店长|科长|局长|工程师"
_PLACE = "路|街|大道|巷|胡同|村|镇|乡|小区|花园|苑|府|里|大厦|公寓"
_HOUSE = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[a-z]\d?)"
_ROOM = rf"{_HOUSE}\s?(?:号楼|号院|号|弄|栋|幢|座|单元|层|楼|室|房|户)"
# Days are no numbers of anything: met first, they are stepped over.
_DAY = r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}"
_FOUND = re.compile(
    rf"(?P<day>{_DAY})"
    r"|(?P<plate>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z]"
    r"[· ]?[a-z0-9]{4,5}[a-z0-9挂学警港澳])(?![a-z0-9])"
    rf"|(?P<address>(?:[\u4e00-\u9fff]{{2,8}}?(?:{_PLACE})\s?)?{_ROOM}(?:[\s\-之]?{_ROOM})+(?:\s?\d{{2,4}}(?!\d))?"
    rf"|[\u4e00-\u9fff]{{2,6}}?(?:{_PLACE})\s?\d{{1,5}}\s?[号弄]"
    r"|\d{3,4}\s?[室房])"
    r"|(?:微信号?|qq号?|账号|支付宝)[是为:\s]{0,3}(?P<account>[a-z0-9][-_a-z0-9@.]{4,30})"
    rf"|(?:我叫|本人叫?|名叫|叫做|姓名[是为:]?|联系人[是为:]?|户主[是为:]?)\s?(?P<name>{_NAME}[\u4e00-\u9fff]{{1,2}})"
    rf"|我[是姓]\s?(?P<self>{_NAME}[\u4e00-\u9fff]{{0,2}})(?=[,，。.、;!\s]|$)"
    rf"|(?P<titled>{_NAME}[\u4e00-\u9fff]{{0,2}}?)(?={_TITLES})"
    r"|(?P<spelt>[零〇一二三四五六七八九幺]{7,})"
    r"|(?P<number>(?<![a-z\d.,])(?:[a-z]{1,6}-?)?\d(?:[ -]?\d){6,})"
)
_AS = {"self": "name", "titled": "name", "spelt": "number"}


class Veil:
    """Signs of one conversation: cover texts with it, then uncover what comes back."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        """known: kind and value of what the case says of its people, looked for everywhere."""
        self._known = [(kind, found) for kind, value in known if (found := _anywhere(value))]
        self._signs: dict[tuple[str, str], str] = {}
        self._meant: dict[str, str] = {}

    def cover(self, text: str) -> str:
        """The text with signs in place of what tells who it was."""
        # A customer who writes such a sign gets no say in what stands there later.
        text = _SIGN.sub(r"（\g<kind>\g<number>）", text)
        pieces, reached = [], 0
        for (start, end), kind in sorted(self._places(text), key=_first_and_longest):
            if start >= reached:
                pieces += [text[reached:start], self._sign(kind, text[start:end])]
                reached = end
        return "".join([*pieces, text[reached:]])

    def uncover(self, text: str) -> str:
        """The text with the values back; a sign that was never given stays as it is."""
        return _SIGN.sub(
            lambda found: self._meant.get(f"〔{found['kind']}{found['number']}〕", found[0]), text
        )

    @property
    def meant(self) -> Mapping[str, str]:
        """Each sign with its value."""
        return self._meant

    def _places(self, text: str) -> Iterator[tuple[Span, str]]:
        spelt = normalise(text)
        for kind, value in self._known:
            for match in value.finditer(spelt):
                yield match.span(), kind
        yield from sensitive(text)
        for match in _FOUND.finditer(spelt):
            group = match.lastgroup or ""
            if group != "day":
                yield match.span(group), _AS.get(group, group)

    def _sign(self, kind: str, value: str) -> str:
        word = KINDS[kind]
        key = word, "".join(runs(normalise(value)))
        if key not in self._signs:
            number = sum(1 for named, _value in self._signs if named == word) + 1
            self._signs[key] = f"〔{word}{number}〕"
            self._meant[self._signs[key]] = value
        return self._signs[key]


def _anywhere(value: str) -> re.Pattern[str] | None:
    """A value however it is spaced; one character alone would be found everywhere."""
    letters = "".join(runs(normalise(value)))
    return re.compile(r"[\W_]*".join(map(re.escape, letters))) if len(letters) > 1 else None


def _first_and_longest(place: tuple[Span, str]) -> tuple[int, int]:
    (start, end), _kind = place
    return start, -end
