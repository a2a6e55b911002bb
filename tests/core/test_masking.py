"""A mask shows what its rule says and not one character more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.core.masking import mask_address, mask_email, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王**"),
        ("王先生", "王**"),
        ("王明", "王*"),
        ("欧阳娜娜", "欧阳**"),
        ("歐陽娜", "歐陽*"),
        ("欧阳", "欧*"),
        ("阿依古丽·买买提", "阿**"),
        ("𠮷野家", "𠮷**"),
        ("王", "*"),
        ("John Smith", "J*** S***"),
        ("Anne-Marie O'Neil", "A*** O***"),
        ("12345", "****"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("+86 138-0000-1234", "138****1234"),
        ("１３８００００１２３４", "138****1234"),
        ("0571-87654321", "0571-****4321"),
        ("010 12345678", "010-****5678"),
        ("400-123-4567", "400****4567"),
        ("87654321", "****4321"),
        ("12345", "***45"),
        ("12", "****"),
        ("+44 20 7946 0018", "442****0018"),
        ("没有", "****"),
        ("", ""),
    ],
)
def test_phone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.from_regex(r"[0-9]{3,15}", fullmatch=True))
def test_four_digits_or_more_are_hidden_of_long_numbers(digits: str) -> None:
    shown = re.sub(r"\D", "", mask_phone(digits))
    assert len(shown) <= (2 if len(digits) <= 6 else 8)
    assert digits not in mask_phone(digits)


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("wang@example.com", "w***@example.com"),
        ("w@example.com", "***@example.com"),
        ("no mail", "****"),
        ("", ""),
    ],
)
def test_email(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("浙江省杭州市西湖区文三路123号5幢601室", "浙江省杭州市西湖区****"),
        ("浙江省義烏市稠城街道", "浙江省義烏市****"),
        ("北京市朝阳区建国路8号", "北京市朝阳区****"),
        ("内蒙古自治区锡林郭勒盟东乌珠穆沁旗1号", "内蒙古自治区锡林郭勒盟东乌珠穆沁旗****"),
        ("12 Long Lane, London", "****"),
        ("幸福路8号", "****"),
        ("", ""),
    ],
)
def test_address(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打我13800001234，急", "打我138****1234，急"),
        ("号码１３８ ００００ １２３４。", "号码138****1234。"),
        ("固话0571-87654321转8", "固话0571-****4321转8"),
        ("身份证33010619900101123X", "身份证330****123X"),
        ("身份证330106 19900101 1234", "身份证330****1234"),
        ("老证330106900101123", "老证330****1123"),
        ("卡号6222 0212 3456 7890 128退款", "卡号****0128退款"),
        ("护照E12345678", "护照E****78"),
        ("邮件wang.x@example.com.cn，谢谢", "邮件w***@example.com.cn，谢谢"),
        ("编号TS-20261121-0412，金额1280元", "编号TS-20261121-0412，金额1280元"),
        ("2026-11-21 10:02 等了3个小时", "2026-11-21 10:02 等了3个小时"),
        ("😡没有号码", "😡没有号码"),
    ],
)
def test_text(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_cards_are_told_from_order_numbers() -> None:
    assert mask_text("卡4111 1111 1111 1111") == "卡****1111"
    assert mask_text("订单4111111111111112") == "订单4111111111111112"


def test_names_in_text() -> None:
    masked = mask_text("我是歐陽娜娜，找王明，电话13800001234", ["欧阳娜娜", "王明", "李", ""])
    assert masked == "我是歐陽**，找王*，电话138****1234"


@given(st.text(st.sampled_from("投诉，1 "), max_size=30), st.text(max_size=10))
def test_a_mobile_number_never_shows(before: str, after: str) -> None:
    hidden = "13900005678"
    text = f"{before.rstrip('1 ')}电话{hidden}。{after}"
    assert hidden not in mask_text(text)
