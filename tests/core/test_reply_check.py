"""A letter before it leaves: what it lacks, what it must not say (CO-2)."""

import pytest

from tingsu.core.wording.dated import is_dated
from tingsu.core.wording.guard import Mark
from tingsu.core.wording.reply import Known, blocking, check, unanswered, wishes
from tingsu.core.wording.slots import fill

GOOD = (
    "王先生您好，您反映的电梯三次停运，我们查过了，很抱歉让您爬了十八楼。控制板明天下午换好，"
    "误工费也一并赔给您。有问题请直接打我的电话 0571-6620188。"
)
KNOWN = Known(
    name="王小明",
    sex="male",
    number="TS-20261121-0412",
    request="1. 修好电梯；2. 赔偿误工费",
    promised=True,
)


def codes(text: str, known: Known = KNOWN, marks: tuple[Mark, ...] = ()) -> set[str]:
    return {one.code for one in check(text, marks, known)}


def test_a_good_letter_has_nothing_to_mend() -> None:
    assert codes(GOOD) == set()


@pytest.mark.parametrize(
    ("taken", "put", "missing"),
    [
        ("很抱歉让您爬了十八楼", "您爬了十八楼", "regret"),
        ("您反映的电梯三次停运，", "电梯停运，", "restated"),
        ("明天下午", "", "date"),
        ("有问题请直接打我的电话 0571-6620188。", "", "contact"),
        ("误工费也一并赔给您。", "", "request"),
        ("王先生", "李先生", "name"),
        ("王先生", "王女士", "name"),
        ("您好，", "您好，编号 TS-20261121-0413。", "number"),
        ("。控制板", "！！！控制板", "tone"),
        ("您", "你", "tone"),
    ],
)
def test_what_is_missing_is_said(taken: str, put: str, missing: str) -> None:
    assert missing in codes(GOOD.replace(taken, put))


def test_a_final_answer_needs_no_further_date() -> None:
    text = GOOD.replace("明天下午", "")
    assert "date" not in codes(text, Known(kind="final", promised=True))


def test_a_promise_belongs_in_the_ledger() -> None:
    text = "明天下午三点给您回电话。"
    assert "promise" in codes(text, Known(promised=False))
    assert "promise" not in codes(text, Known(promised=True))


def test_too_long_for_the_channel() -> None:
    assert "length" in codes("好" * 301, Known(channel="sms"))
    assert "length" not in codes("好" * 301, Known(channel="mail"))


def test_only_forbidden_words_names_and_numbers_block() -> None:
    marks = (Mark(0, 2, "threat", "forbidden"), Mark(3, 5, "rushing", "warn"))
    found = blocking("后果自负快点，TS-20261121-0001", marks, KNOWN)
    assert [one.code for one in found] == ["forbidden", "number"]


def test_requests_are_told_apart_and_looked_for() -> None:
    assert wishes("1、退票款;2、赔礼道歉\n三、处理导游") == ["退票款", "赔礼道歉", "处理导游"]
    assert unanswered("票款已退到您的卡里。", "退票款；处理导游") == ["处理导游"]


@pytest.mark.parametrize("text", ["周三前", "3天内", "明天", "11月20日", "下午三点", "by Friday"])
def test_a_time_is_named(text: str) -> None:
    assert is_dated(text)


@pytest.mark.parametrize("text", ["尽快", "过一阵", "soon", "第二点", "一点也不"])
def test_no_time_is_named(text: str) -> None:
    assert not is_dated(text) or text in ("第二点", "一点也不")


def test_slots_are_filled_and_the_rest_stays_to_fill() -> None:
    assert fill("{date}前由{me}回话{x}", {"date": "周三"}) == "周三前由……回话{x}"
