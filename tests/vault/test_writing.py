"""However a number or an address is written down, it is looked up in one writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.vault import email_key, phone_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("13800001234", "+8613800001234"),
        ("138 0000 1234", "+8613800001234"),
        ("138-0000-1234", "+8613800001234"),
        ("１３８００００１２３４", "+8613800001234"),
        ("+86 138 0000 1234", "+8613800001234"),
        ("(+86)138-0000-1234", "+8613800001234"),
        ("86 13800001234", "+8613800001234"),
        ("008613800001234", "+8613800001234"),
        ("tel:+86-138-0000-1234", "+8613800001234"),
        ("0571-87654321", "+8657187654321"),
        ("(0571) 8765 4321", "+8657187654321"),
        ("010 12345678", "+861012345678"),
        ("0571-87654321转801", "+8657187654321;ext=801"),
        ("0571-87654321 轉 801", "+8657187654321;ext=801"),
        ("0571-87654321 ext. 801", "+8657187654321;ext=801"),
        ("0571-87654321-分机801", "+8657187654321;ext=801"),
        ("400-123-4567", "+864001234567"),
        ("800 123 4567", "+868001234567"),
        ("12345", "12345"),
        ("12315", "12315"),
        ("95588", "95588"),
        ("110", "110"),
        ("8801", "8801"),
        ("87654321", "87654321"),
        ("1380000123", "1380000123"),
        ("+852 2123 4567", "+85221234567"),
        ("00852-2123-4567", "+85221234567"),
        ("+44 20 7946 0018", "+442079460018"),
        ("", None),
        ("12", None),
        ("没有电话", None),
        ("1" * 16, None),
    ],
)
def test_phone(written: str, key: str | None) -> None:
    assert phone_key(written) == key


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(" -.()", max_size=3))
def test_separators_do_not_matter(digits: str, gap: str) -> None:
    assert phone_key(digits[:3] + gap + digits[3:7] + gap + digits[7:]) == f"+86{digits}"


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    assert phone_key(text) is None or phone_key(text) != ""
    assert email_key(text) is None or "@" in str(email_key(text))


@given(st.text(st.sampled_from("0123456789+- 转"), max_size=24))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = phone_key(text)
    if key is not None:
        assert phone_key(key) == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Wang@Example.COM", "wang@example.com"),
        (" <wang@example.com> ", "wang@example.com"),
        ("mailto:wang@example.com", "wang@example.com"),
        ("ｗａｎｇ＠example．com", "wang@example.com"),
        ("wang@例子.中国", "wang@xn--fsqu00a.xn--fiqs8s"),
        ("a@b@example.com", "a@b@example.com"),
        ("wang", None),
        ("@example.com", None),
        ("wang@", None),
        ("two words@example.com", None),
    ],
)
def test_email(written: str, key: str | None) -> None:
    assert email_key(written) == key
