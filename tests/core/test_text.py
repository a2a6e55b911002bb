"""Text is found whatever way it was written, and marked exactly where it stands."""

import unicodedata

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core._t2s import SIMPLIFIED, TRADITIONAL
from tingsu.core.text import (
    LONGEST_RUN,
    MOST_RUNS,
    bigrams,
    clean,
    clean_line,
    find_spans,
    normalise,
    query_runs,
    query_tokens,
)

ANY = st.text(max_size=200)
HAN = st.text(st.sampled_from("投诉電梯电停運运业業主A1 ,,。"), max_size=40)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("投訴電梯停運", "投诉电梯停运"),
        ("臺灣 台灣", "台湾 台湾"),
        ("ＴＳ－２０２６", "ts-2026"),
        ("iPhone", "IPHONE"),
        ("café", "CAFE"),
        ("①", "1"),
        ("ﾃ", "テ"),
        ("K", "k"),
        ("Привет Ё", "привет е"),
    ],
)
def test_ways_of_writing_are_one(written: str, same: str) -> None:
    assert normalise(written) == normalise(same)


@pytest.mark.parametrize("char", ["㎡", "½", "ß", "…", "😡", "𠮷", "ﷺ"])
def test_what_would_grow_longer_stays(char: str) -> None:
    assert normalise(char) == char


@given(ANY)
def test_normalise_keeps_the_length_and_is_done_once(text: str) -> None:
    once = normalise(text)
    assert len(once) == len(text)
    assert normalise(once) == once


def test_the_table_is_that_of_opencc() -> None:
    convert = opencc.OpenCC("t2s").convert
    table = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    assert len(table) == len(TRADITIONAL) > 4000
    for code in (*range(0x2E80, 0xD800), *range(0xF900, 0xFB00), *range(0x20000, 0x33480)):
        char = chr(code)
        plain = convert(char)
        assert table.get(char, char) == convert(plain), char


@given(st.text(st.sampled_from(TRADITIONAL), min_size=1))
def test_traditional_ends_as_simplified(text: str) -> None:
    assert not set(normalise(text)) & set(TRADITIONAL)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("。，!", []),
        ("梯", ["梯"]),
        ("电梯", ["电梯", "梯"]),
        ("電梯停運3次", ["电梯", "梯停", "停运", "运3", "3次", "次"]),
        ("TS-0412", ["ts", "s", "04", "41", "12", "2"]),
        ("投\u200b诉", ["投诉", "诉"]),
        ("e\u0301t", ["et", "t"]),
    ],
)
def test_bigrams(text: str, tokens: list[str]) -> None:
    assert bigrams(text) == tokens


@given(ANY)
def test_every_character_of_a_run_begins_a_token(text: str) -> None:
    seen = [c for c in normalise(text) if c.isalnum()]
    assert [token[0] for token in bigrams(text)] == seen


def test_query_tokens() -> None:
    assert query_tokens("電梯停 3") == [["电梯", "梯停"], ["3"]]
    assert query_tokens(" ?! ") == []


def test_endless_queries_are_cut() -> None:
    assert query_runs("梯" * 500) == ["梯" * LONGEST_RUN]
    assert len(query_runs(" ".join(map(str, range(100))))) == MOST_RUNS


def test_spans_mark_the_original() -> None:
    text = "業主投訴:電梯停運。电梯ELEVATOR"
    assert [text[a:b] for a, b in find_spans(text, "电梯 Elev")] == ["電梯", "电梯ELEV"]
    assert find_spans(text, "") == []
    assert find_spans("哈哈哈", "哈哈") == [(0, 3)]
    assert find_spans("投\u200b诉了", "投诉") == [(0, 3)]
    assert find_spans("停运电梯停", "电梯 梯停") == [(2, 5)]


@given(HAN, st.data())
def test_what_is_in_a_run_is_found_and_marked(text: str, data: st.DataObject) -> None:
    runs = [run for run in query_runs(text) if run]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    part = run[start : data.draw(st.integers(start + 1, len(run)))]
    marked = [normalise(text[a:b]) for a, b in find_spans(text, part)]
    assert marked
    assert all(part in piece for piece in marked)


@given(ANY, ANY)
def test_spans_are_in_order_and_apart(text: str, query: str) -> None:
    spans = find_spans(text, query)
    flat = [place for span in spans for place in span]
    assert flat == sorted(set(flat))
    assert all(0 <= place <= len(text) for place in flat)


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("退\x00款\x07\x1b[31m", "退款[31m"),
        ("abc\u202efdp.exe", "abcfdp.exe"),
        ("\ufeff你好", "你好"),
        ("坏\ud800的", "坏的"),
        ("\tA\nB ", "\tA\nB "),
        ("👨‍👩‍👧 😡 🏴\U000e0067\U000e0062\U000e007f 𠮷野家", None),
        ("שלום مرحبا", None),
        ("看\U000e0041\U000e0042不见", "看不见"),
    ],
)
def test_clean(dirty: str, tidy: str | None) -> None:
    assert clean(dirty) == (dirty if tidy is None else tidy)


@given(ANY)
def test_cleaned_text_can_be_stored_anywhere(text: str) -> None:
    tidy = clean(text)
    assert clean(tidy) == tidy
    assert "\x00" not in tidy
    assert tidy.encode().decode() == tidy
    assert not [c for c in tidy if unicodedata.category(c) == "Cc" and c not in "\t\n"]


def test_one_line() -> None:
    assert clean_line("  王\n小\u202e明 \t") == "王 小明"
