"""Touches nothing: whether a sentence names a day, an hour or a length of time."""

import re

from tingsu.core.text import normalise

_DATED = re.compile(
    r"\d\s*(?:月|日|号|点|时|分|个?工作日|个?小时|个?钟头|天|周|:\d)"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}|\b\d{1,2}(?::\d\d)?\s*(?:am|pm)"
    r"|[今明后当次]天|今晚|[今明]早|明晚|[今次当即]日|上午|下午|中午|傍晚|月底|年底|下班前|年内"
    r"|(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天末]|下周|本周|[上中下]旬"
    r"|[一二两三四五六七八九十半]\s*个?(?:工作日|小时|钟头|天|日|号|点|分钟|周|星期|月)"
    r"|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december)"
    r"|(?:\d+|one|two|three|four|five)\s*(?:business |working )?(?:hour|day|minute|week)"
)


def is_dated(text: str) -> bool:
    """Tell whether a time is named."""
    return bool(_DATED.search(normalise(text)))
