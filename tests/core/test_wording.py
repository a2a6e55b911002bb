"""The guard over a lexicon given to it: ways of writing, who says it, what is meant (CO-1)."""

import pytest

from tingsu.core.wording.guard import Guard
from tingsu.core.wording.lexicon import BadPhrase, Kind, Lexicon, Phrase, parse

WORDS = {"zh-hans": "x", "zh-hant": "x", "en": "x"}
NOT_MINE = Phrase("mine", "not_my_job", ("不 归 {we} 管",))
POLICE = Phrase("police", "threat", ("我 就 报警",), even_if=True)
SOON = Phrase("soon", "empty_promise", ("尽快 … 答复",), undated=True)
REFUSED = Phrase("refused", "absolute_no", ("绝对 不行",), unless=("但可以",))
ENGLISH = Phrase("english", "not_my_job", ("not my job",))
GUARD = Guard(
    Lexicon(
        {
            name: Kind(name, "warn", WORDS, WORDS, WORDS)
            for name in ("not_my_job", "threat", "empty_promise", "absolute_no")
        },
        {"we": ("我们", "我")},
        (NOT_MINE, POLICE, SOON, REFUSED, ENGLISH),
    )
)


def seen(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in GUARD.marks(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("您好，这件事不归我管。", "不归我管"),
        ("這件事不歸我們管。", "不歸我們管"),
        ("这事 不 归 我 管 哦", "不 归 我 管"),
        ("不，归。我！管", "不，归。我！管"),
        ("不😀归🙃我管", "不😀归🙃我管"),
        ("不1归2我3管", "不1归2我3管"),
        ("不龟我管", "不龟我管"),
        ("不归wo管", "不归wo管"),
        ("这不归我guan", "不归我guan"),
        ("不\u200b归\u200b我管", "不\u200b归\u200b我管"),
        ("不归我管，真不归我管", "不归我管"),
        ("Sorry, that is Not My Job!", "Not My Job"),
    ],
)
def test_found_however_it_is_written(text: str, words: str) -> None:
    assert seen(text)[0] == words


@pytest.mark.parametrize(
    "text",
    [
        "我不是说这不归我管。",
        "您说前台告诉您不归我管，对不起。",
        "客户反映：不归我管，没人理。",
        "同事跟您说“这件事不归我管”，我道歉。",
        "同事说不归我管，这样回答不对。",
        "如果不归我管，我会帮您找到人。",
        "不归我管的话，我帮您转过去。",
        "不。归我管的都办好了。",
        'You told us he said "not my job".',
    ],
)
def test_not_meant(text: str) -> None:
    assert seen(text) == []


def test_a_threat_hurts_after_if_too() -> None:
    assert seen("如果您再来，我就报警。") == ["我就报警"]


def test_the_customers_words_end_where_the_agents_begin() -> None:
    assert seen("您说没人管，但这不归我管。") == ["不归我管"]


def test_a_day_makes_a_promise_whole() -> None:
    assert seen("我们会尽快给您答复。") == ["尽快给您答复"]
    assert seen("我们会尽快，明天下午给您答复。") == []


def test_an_exception_in_the_same_sentence() -> None:
    assert seen("绝对不行，但可以换。") == []
    assert seen("绝对不行。换但可以。") == ["绝对不行"]


@pytest.mark.parametrize("bad", ["", "…", "好? ?", "不 {nobody}", "好||坏"])
def test_what_cannot_be_read_is_said(bad: str) -> None:
    with pytest.raises(BadPhrase):
        parse(bad, {"we": ("我",)})


def test_any_text_is_taken() -> None:
    for text in ("", "\0", "。。。", "“", "不" * 9000, "𠮷" * 50, "\ud83d"):
        GUARD.marks(text)
