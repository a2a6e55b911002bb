"""Touches nothing: words in a complaint that are meant for a machine rather than for us.

They are shown, never obeyed and never removed: a customer may write what they like, and a language
model is told that all of it is data. Rules: docs/rules/language-model.md.
"""

import re
from itertools import islice

from tingsu.core.text import normalise

_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要?理会|不用管)[^。！？!?\n]{0,6}(?:以上|之前|前面|上面|先前|规则|指令|提示)[^。！？!?\n,，]{0,8}"
    r"|(?:你现在|从现在(?:开始|起)你|从现在(?:开始|起),?请?你)(?:就?是|扮演|必须)[^。！？!?\n,，]{0,16}"
    r"|你是(?:一个|一名|一位)?[^。！？!?\n,，]{0,8}(?:机器人|模型|助手|ai)"
    r"|(?:系统|你的?|隐藏的?|完整)[^。！？!?\n]{0,4}(?:提示词|prompt|指令)"
    r"|(?:提示词|prompt)[^。！？!?\n]{0,4}(?:是什么|给我|指令)"
    r"|\b(?:eval|exec)\s?\(|__import__"
    r"|(?:ignore|disregard|forget)\s+(?:all\s+)?(?:the\s+|your\s+|any\s+)?(?:previous|above|prior|earlier)\s+\w+"
    r"|system\s+prompt|you\s+are\s+now\s+\w+|<\|?im_start|\[/?inst\]|<</?sys>>"
)
MOST = 3


def orders(text: str) -> list[str]:
    """The first of them, as they stand in the text."""
    found = islice(_ORDERS.finditer(normalise(text)), MOST)
    return [text[match.start() : match.end()].strip() for match in found]
