"""Times, money and words as people write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.channels.file import values

ZONE = "Asia/Shanghai"
AFTERNOON = datetime(2019, 4, 24, 8, 3, tzinfo=UTC)  # 16:03 in Shanghai
MIDNIGHT = datetime(2019, 4, 23, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2019-04-24 16:03",
        "2019-04-24 16:03:00",
        "2019-04-24T16:03:00+08:00",
        "2019-04-24T08:03:00Z",
        "2019/4/24 16:03",
        "2019.4.24 16:03:00.000",
        "2019年4月24日 16:03",
        "2019年4月24日16时03分",
        "2019年4月24日 下午4:03",
        "2019年4月24日星期三 下午4点3分",
        "2019-04-24 (周三) 16:03",
        "２０１９－０４－２４　１６：０３",
        "04/24/2019 04:03:00 PM",
        "24/04/2019 16:03",
        "201904241603",
        "20190424160300",
        "民国108年4月24日 16:03",
        "43579.66875",
        "1556092980",
        "1556092980000",
    ],
)
def test_an_instant_in_many_writings(text: str) -> None:
    assert values.instant(text, ZONE) == AFTERNOON


@pytest.mark.parametrize("text", ["2019-04-24", "2019年4月24日", "20190424", "43579", "4/24/2019"])
def test_a_date_alone_is_its_beginning_or_its_end(text: str) -> None:
    assert values.instant(text, ZONE) == MIDNIGHT
    assert values.instant(text, ZONE, end_of_day=True) > AFTERNOON


def test_day_first_where_the_file_says_so() -> None:
    assert values.instant("03/04/2019", ZONE, day_first=True).month == 4
    assert values.instant("03/04/2019", ZONE, day_first=False).month == 3


@pytest.mark.parametrize(
    "text", ["昨天", "2019-13-01", "2019-02-30", "25:00", "2019-04-24 99:00", "abc", "12", "1/2"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="看不懂"):
        values.instant(text, ZONE)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_refusal(text: str) -> None:
    try:
        found = values.instant(text, ZONE)
    except ValueError:
        return
    assert found.tzinfo is UTC


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_every_day_is_read_in_each_writing(day: date) -> None:
    written = (f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}")
    assert len({values.instant(text, "UTC") for text in written}) == 1


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("¥1,280.00", 128_000),
        ("￥1，280", 128_000),
        ("1280元", 128_000),
        ("人民币 1280 元整", 128_000),
        ("1.2万", 1_200_000),
        ("0.5", 50),
        ("RMB 12", 1200),
        ("-3", -300),
    ],
)
def test_money(text: str, fen: int) -> None:
    assert values.fen(text) == fen


@pytest.mark.parametrize("text", ["很多", "1.234", "nan", "inf", "1e400", "1-2"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        values.fen(text)


def test_a_rounded_phone_number_is_refused() -> None:
    with pytest.raises(ValueError, match="科学计数法"):
        values.number_text("1.38E+10")
    assert values.number_text(" 13800001234 ") == "13800001234"


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("channel", "热线", "phone"),
        ("channel", "Walk-in", "visit"),
        ("channel", "微信", "messenger"),
        ("channel", "Postal mail", "letter"),
        ("sex", "女士", "female"),
        ("severity", "重大", "major"),
        ("nature", "咨询", "communicative"),
        ("anger", "3", "3"),
    ],
)
def test_words_become_codes(name: str, word: str, code: str) -> None:
    assert values.code(name, word) == code


def test_an_unknown_word_is_refused_with_what_can_be_written() -> None:
    with pytest.raises(ValueError, match="可以写：电话、来访"):
        values.code("channel", "鸽子")
