"""Sealed values open only where and with what they were sealed; indexes tell nothing but equal."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.vault import Vault, VaultError

ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
OLD, NEW = b"an old secret of some length", b"a new secret of some length."
OLD_VAULT, NEW_VAULT = Vault([OLD]), Vault([NEW])
ROTATED = Vault([NEW, OLD])

NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=2, max_size=6)


@given(st.text(), st.uuids(), st.text(max_size=20))
def test_what_is_sealed_opens(value: str, row: UUID, field: str) -> None:
    assert OLD_VAULT.open(OLD_VAULT.seal(value, row, field), row, field) == value


def test_the_value_cannot_be_read_and_no_two_sealings_are_alike() -> None:
    first, second = (OLD_VAULT.seal("王小明 13800001234", ROW, "name") for _ in range(2))
    assert "王小明".encode() not in first
    assert b"1380000" not in first
    assert first != second
    assert len(first) == 30 + len("王小明 13800001234".encode())


@given(st.text(), st.data())
def test_a_changed_byte_is_noticed(value: str, data: st.DataObject) -> None:
    sealed = bytearray(OLD_VAULT.seal(value, ROW, "name"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(VaultError):
        OLD_VAULT.open(bytes(sealed), ROW, "name")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 29, b"plain text in the column, long"])
def test_rubbish_is_no_sealed_value(sealed: bytes) -> None:
    with pytest.raises(VaultError):
        OLD_VAULT.open(sealed, ROW, "name")


def test_a_value_moved_elsewhere_does_not_open() -> None:
    sealed = OLD_VAULT.seal("13800001234", ROW, "phone")
    for row, field in ((OTHER_ROW, "phone"), (ROW, "email")):
        with pytest.raises(VaultError):
            OLD_VAULT.open(sealed, row, field)


def test_another_key_does_not_open_and_says_nothing_of_the_value() -> None:
    with pytest.raises(VaultError) as caught:
        NEW_VAULT.open(OLD_VAULT.seal("13800001234", ROW, "phone"), ROW, "phone")
    assert "1380" not in str(caught.value)


def test_rotation() -> None:
    old = OLD_VAULT.seal("王小明", ROW, "name")
    assert ROTATED.open(old, ROW, "name") == "王小明"
    assert not ROTATED.is_current(old)
    new = ROTATED.seal("王小明", ROW, "name")
    assert ROTATED.is_current(new)
    assert NEW_VAULT.open(new, ROW, "name") == "王小明"


def test_keys_that_share_a_number_both_open() -> None:
    wanted = OLD_VAULT.seal("", ROW, "f")[1]
    secrets = (f"secret number {n:06}".encode() for n in range(100_000))
    twin = next(s for s in secrets if Vault([s]).seal("", ROW, "f")[1] == wanted)
    ring = Vault([twin, OLD])
    assert ring.open(OLD_VAULT.seal("王", ROW, "f"), ROW, "f") == "王"
    assert ring.open(ring.seal("李", ROW, "f"), ROW, "f") == "李"


@pytest.mark.parametrize("secrets", [[], [b"short"], [OLD, b""]])
def test_a_ring_without_good_secrets_is_refused(secrets: list[bytes]) -> None:
    with pytest.raises(VaultError):
        Vault(secrets)


def test_the_ring_shows_no_secret() -> None:
    assert "secret" not in repr(OLD_VAULT)
    assert repr(OLD_VAULT._keys).count("old") == 0


def test_one_number_has_one_index() -> None:

    ways = ("13800001234", "+86 138 0000 1234", "1 3 8 0000-1234")
    found = {OLD_VAULT.phone_index(way) for way in ways}
    assert len(found) == 1
    assert len(found.pop()) == 32
    assert OLD_VAULT.phone_index("") == OLD_VAULT.email_index("no mail") == ""
    assert OLD_VAULT.phone_lookups("?") == OLD_VAULT.email_lookups("?") == []


def test_indexes_differ_by_key_kind_and_value() -> None:
    indexes = {
        OLD_VAULT.phone_index("13800001234"),
        OLD_VAULT.phone_index("13800001235"),
        NEW_VAULT.phone_index("13800001234"),
        OLD_VAULT.email_index("a@example.com"),
    }
    assert len(indexes) == 4


def test_lookups_reach_what_older_keys_indexed() -> None:
    assert OLD_VAULT.phone_index("12345") in ROTATED.phone_lookups("12345")
    assert ROTATED.phone_index("12345") in ROTATED.phone_lookups("12345")
    assert OLD_VAULT.email_index("A@Example.com") in ROTATED.email_lookups("a@example.com")


def _found(vault: Vault, stored: list[str], part: str) -> bool:
    return any(set(group) <= set(stored) for group in vault.name_queries(part))


@given(NAMES, st.data())
def test_any_two_neighbours_find_the_name(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 2))
    part = name[start : data.draw(st.integers(start + 2, len(name)))]
    assert _found(OLD_VAULT, OLD_VAULT.name_tokens(name), part)


@pytest.mark.parametrize(
    ("name", "part", "found"),
    [
        ("王小明", "王", True),
        ("王小明", "小明", True),
        ("歐陽娜", "欧阳", True),
        ("欧阳娜", "歐陽娜", True),
        ("John Smith", "smith", True),
        ("王小明", "明", False),
        ("王小明", "李小", False),
        ("王小明", "。", False),
        ("买买提·艾力", "艾力", True),
    ],
)
def test_names(name: str, part: str, found: bool) -> None:
    assert _found(OLD_VAULT, OLD_VAULT.name_tokens(name), part) is found
    assert _found(ROTATED, OLD_VAULT.name_tokens(name), part) is found


def test_name_tokens_hold_no_name() -> None:
    tokens = OLD_VAULT.name_tokens("王小明")
    assert len(tokens) == 3
    assert all(len(token) == 11 and token.isascii() for token in tokens)
    assert not set(tokens) & set(NEW_VAULT.name_tokens("王小明"))
    assert OLD_VAULT.name_tokens("") == []
