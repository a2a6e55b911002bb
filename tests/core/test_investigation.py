"""Who keeps away from a complaint, what it is made of, what its findings amount to (HA-4, SC-4)."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.investigation import (
    MOST_ISSUES,
    Fault,
    Finding,
    Liable,
    Tie,
    Ties,
    checked,
    names,
    split_issues,
    tie_of,
    turns,
    unanswered,
    verdict,
    wrong_with,
)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (Ties(), None),
        (Ties("前台李娜"), Tie.NAMED),
        (Ties("李 娜（客房部）"), Tie.NAMED),
        (Ties("李娜、王强", namesakes={1}), None),
        (Ties("王强"), None),
        (Ties(involved={1}), Tie.INVOLVED),
        (Ties(recused={1}), Tie.RECUSED),
        (Ties("李娜", involved={1}, namesakes={1}), Tie.INVOLVED),
        (Ties(involved={2}, recused={3}), None),
    ],
)
def test_who_keeps_away(ties: Ties, expected: Tie | None) -> None:
    assert tie_of(1, "李娜", ties) is expected


def test_one_character_names_nobody() -> None:
    assert not names("李师傅", "李")
    assert not names("李师傅", "")
    assert not names("", "李娜")


@pytest.mark.parametrize(
    ("texts", "issues"),
    [
        (("",), []),
        (("谢谢。",), []),
        (("退还门票180元，并赔偿同额违约金；导游书面道歉。谢谢",),
         ["退还门票180元", "赔偿同额违约金", "导游书面道歉"]),
        (("1、退还押金 2、赔偿误工费（3天）",), ["退还押金", "赔偿误工费（3天）"]),
        (("（1）更换发动机 (2)赔偿损失 12.50 元",), ["更换发动机", "赔偿损失 12.50 元"]),
        (("第一，修好电梯\n第二，公开道歉",), ["修好电梯", "公开道歉"]),
        (("", "电梯停了三次。电话没人接。"), ["电梯停了三次", "电话没人接"]),
        (("修好电梯", "电梯停了三次。"), ["修好电梯"]),
        (("修好电梯。修好电梯。",), ["修好电梯"]),
    ],
)  # fmt: skip
def test_a_request_is_split_by_its_sentences(texts: Sequence[str], issues: list[str]) -> None:
    assert split_issues(*texts) == issues


@given(st.text(max_size=2_000))
def test_whatever_was_written_the_issues_are_few_and_say_something(text: str) -> None:
    found = split_issues(text)
    assert len(found) <= MOST_ISSUES
    assert all(one.strip() == one and one for one in found)
    assert len(set(found)) == len(found)


F, P, U, D = Finding.FOUNDED, Finding.PARTLY, Finding.UNFOUNDED, Finding.UNDECIDED


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], None),
        ([F, ""], None),
        ([F], F),
        ([F, F], F),
        ([F, U], P),
        ([F, D], P),
        ([P], P),
        ([P, U, D], P),
        ([U, U], U),
        ([U, D], D),
        ([D], D),
    ],
)
def test_what_the_findings_amount_to(findings: list[str], expected: Finding | None) -> None:
    assert verdict(findings) is expected


@pytest.mark.parametrize(
    ("finding", "faults", "liable", "wrong"),
    [
        ("founded", [Fault.MISTAKE], [Liable.COMPANY], {}),
        ("partly", [Fault.SERVICE, Fault.NEGLIGENCE], [Liable.STAFF, Liable.THIRD], {}),
        ("unfounded", [], [], {}),
        ("unfounded", [], [Liable.USE], {}),
        ("undecided", [], [Liable.NOBODY], {}),
        ("", [], [], {"finding": "missing"}),
        ("guilty", [], [], {"finding": "missing"}),
        ("founded", [], [], {"faults": "missing", "liable": "missing"}),
        ("founded", ["bad"], [Liable.COMPANY], {"faults": "missing"}),
        ("unfounded", [Fault.INTENT], [], {"faults": "not_founded"}),
        ("unfounded", [], [Liable.STAFF], {"liable": "not_founded"}),
        ("undecided", [], [Liable.NOBODY, Liable.THIRD], {"liable": "nobody_alone"}),
        ("undecided", [], ["moon"], {"liable": "missing"}),
    ],
)
def test_what_is_wrong_with_a_finding(
    finding: str, faults: list[str], liable: list[str], wrong: dict[str, str]
) -> None:
    assert wrong_with(finding, faults, liable, "依据证据 1") == wrong


def test_a_finding_has_a_reason() -> None:
    assert wrong_with("undecided", [], [], " ") == {"reason": "missing"}


def test_questions_and_answers_are_read_from_lines() -> None:
    text = "问：当天谁在场？\n答：我和小李。\n后来张师傅也来了。\n\n问:几点到的\nA: 10:30"
    assert turns(text) == [
        ("当天谁在场？", "我和小李。\n后来张师傅也来了。"),
        ("几点到的", "10:30"),
    ]
    assert turns("他自己说的话") == [("", "他自己说的话")]
    assert turns(" \n") == []
    assert unanswered(turns("问：一？\n问：二？\n答：是")) == ["一？"]


@given(st.text(max_size=500))
def test_nothing_that_was_said_is_lost(text: str) -> None:
    said = "".join("".join(pair) for pair in turns(text))
    assert all(sign in text or sign == "\n" for sign in said)


def test_what_was_checked_has_what_was_seen() -> None:
    assert checked("监控：14:20 停梯\n\n维保记录") == [("监控", "14:20 停梯"), ("维保记录", "")]
