"""Sums of yuan in what people type: figures, units, Chinese numerals (HA-7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.wording.amounts import amounts, largest


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("退您300元", 300),
        ("退您 1,280.50 元", 1280.5),
        ("赔２０００元", 2000),
        ("¥99，周五前到账", 99),
        ("人民币 5000", 5000),
        ("RMB 800 by Friday", 800),
        ("赔3万元", 30000),
        ("赔您 1.5 万", 15000),
        ("退三百块", 300),
        ("赔两千五百元", 2500),
        ("补偿一万二元", 12000),
        ("补偿十五块钱", 15),
        ("补一千零五元", 1005),
        ("赔三千五元", 3500),
        ("贰仟圆整", 2000),
        ("賠三千塊", 3000),
        ("退200元，另赔5000元", 5000),
        ("今天下午三点前回电", 0),
        ("5 个工作日内答复", 0),
        ("跑了 3 万公里，约好检测", 0),
        ("138 0000 1234", 0),
        ("", 0),
    ],
)
def test_sums_are_read_as_people_write_them(text: str, yuan: float) -> None:
    assert largest(text) == round(yuan * 100)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert all(one > 0 for one in amounts(text))


@given(st.integers(1, 9_999_999))
def test_figures_come_back(yuan: int) -> None:
    assert largest(f"退您{yuan}元") == yuan * 100
    assert largest(f"退您{yuan:,}元") == yuan * 100
