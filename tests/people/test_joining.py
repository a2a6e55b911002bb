"""One account in two organisations, when the person agrees (PL-1, PL-3)."""

from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, House, make_outsider
from tingsu.people import admin, joining
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.models import HouseChange, Member
from tingsu.people.permission import Forbidden, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(house: House) -> House:
    """The organisation that 丙 comes from."""
    return make_outsider()


def _typed(house: House, other: House, **changes: Any) -> dict[str, Any]:
    user = other["甲"].user
    code, _until = joining.join_code(user, NOON)
    return {
        "username": user.username,
        "code": code,
        "name": "丙",
        "department": str(house.first.id),
        "roles": ["handler"],
    } | changes


def _refused(house: House, typed: dict[str, Any], at: Any = NOON) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        admin.join_member(house.who("管理员"), typed, at)
    return refusal.value.fields


def test_who_agrees_works_in_both_and_keeps_the_account(house: House, other: House) -> None:
    user = other["甲"].user
    typed = _typed(house, other, username=user.username.upper())
    member = admin.join_member(house.who("管理员"), typed, NOON)
    assert (member.user_id, member.organisation_id) == (user.id, house.organisation.id)
    assert other["甲"].user.memberships.count() == 2
    change = HouseChange.objects.get(organisation=house.organisation)
    assert (change.kind, change.subject) == ("member_joined", "丙")
    with pytest.raises(Refusal):
        admin.new_password(house.who("管理员"), member, NOON)


@pytest.mark.parametrize(
    ("minutes", "good"), [(0, True), (9.9, True), (10, True), (19.9, True), (20, False)]
)
def test_a_code_is_good_for_ten_minutes_and_the_ten_after(
    house: House, other: House, minutes: float, good: bool
) -> None:
    user = other["甲"].user
    code, until = joining.join_code(user, NOON)
    assert joining.is_join_code(user, code, NOON + timedelta(minutes=minutes)) is good
    assert until == NOON + timedelta(minutes=20)


def test_a_code_may_be_typed_as_it_was_heard(house: House, other: House) -> None:
    user = other["甲"].user
    code, _until = joining.join_code(user, NOON)
    assert joining.is_join_code(user, f" {code.replace('-', ' ').upper()} ", NOON)
    assert not joining.is_join_code(user, "", NOON)
    assert not joining.is_join_code(house["乙"].user, code, NOON)


def test_a_code_is_used_once(house: House, other: House) -> None:
    typed = _typed(house, other)
    member = admin.join_member(house.who("管理员"), typed, NOON)
    assert "code" in _refused(house, typed)
    member.active = False
    member.save()
    assert "code" in _refused(house, typed)
    again = _typed(house, other)
    assert "恢复" in _refused(house, again)["username"]


def test_a_changed_password_ends_the_code(house: House, other: House) -> None:
    user = other["甲"].user
    code, _until = joining.join_code(user, NOON)
    user.set_password("雨后的操场-2026")
    assert not joining.is_join_code(user, code, NOON)


def test_a_wrong_name_and_a_wrong_code_are_answered_alike(house: House, other: House) -> None:
    unknown = _refused(house, _typed(house, other, username="nobody"))
    wrong = _refused(house, _typed(house, other, code="aaaa-aaaa"))
    assert unknown == wrong
    assert list(wrong) == ["code"]
    assert not Member.objects.filter(organisation=house.organisation, name="丙").exists()


def test_an_account_that_is_off_does_not_join(house: House, other: House) -> None:
    typed = _typed(house, other)
    user = other["甲"].user
    user.is_active = False
    user.save()
    assert list(_refused(house, typed)) == ["code"]


def test_what_else_is_missing_is_said_too(house: House, other: House) -> None:
    typed = _typed(house, other, roles=[], department="", code="")
    assert set(_refused(house, typed)) == {"code", "roles", "department"}


def test_only_administrators_add(house: House, other: House) -> None:
    with pytest.raises(Forbidden):
        admin.join_member(house.who("丁"), _typed(house, other), NOON)
    assert Role.HEAD in house.who("丁").roles
