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


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("李先生您好，……", ["李先生"]),
        ("您好！李女士，……", ["李女士"]),
        ("尊敬的李小明先生：", ["李小明先生"]),
        ("您好，\n李先生，……", ["李先生"]),
        ("王先生您好，我请张女士给您打电话。", []),
        ("王小明先生：您好", []),
        ("您好，我是客服李女士。", []),
    ],
)
def test_who_is_addressed_is_the_customer(text: str, wrong: list[str]) -> None:
    found = [one for one in check(text, (), KNOWN) if one.code == "name"]
    assert [one.what for one in found] == wrong
    assert [text[a:b] for one in found for a, b in one.spans] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("您的订单 A20261120-77 已退款。", []),
        ("您的订单号：A20261120-78 已退款。", ["A20261120-78"]),
        ("合同编号HT-2026-9 到期。", ["HT-2026-9"]),
        ("合同HT-2026-1 到期，订单 20 元。", []),
        ("单号 TS-20261121-0413。", ["TS-20261121-0413"]),
    ],
)
def test_numbers_are_those_of_the_case(text: str, wrong: list[str]) -> None:
    known = Known(number="TS-20261121-0412", orders=("A20261120-77", "HT-2026-1"))
    found = [one for one in check(text, (), known) if one.code == "number"]
    assert [one.what for one in found] == wrong
    assert all(one.right for one in found)


def test_a_case_without_an_order_says_nothing_of_orders() -> None:
    assert "number" not in codes("您的订单 A20261120-78 已退款。")


@pytest.mark.parametrize(
    ("text", "request_", "left"),
    [
        ("钱今天退还到您的卡里。", "退款", []),
        ("今天给您致歉，并补偿两百元。", "1. 赔礼道歉；2. 赔偿损失", []),
        ("师傅明天上门检修。", "维修空调；退款", ["退款"]),
        ("我们已批评该员工。", "处罚导游", []),
    ],
)
def test_a_request_is_answered_in_other_words(text: str, request_: str, left: list[str]) -> None:
    assert unanswered(text, request_) == left


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
