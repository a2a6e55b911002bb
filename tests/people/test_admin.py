"""Members, departments and the organisation are changed by administrators, and recorded."""

from typing import Any

import pytest

from factories import NOON, House, make_member, make_outsider
from tingsu.people import admin, directory, structure
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.models import Department, HouseChange, Member, User
from tingsu.people.permission import Forbidden, Role

pytestmark = pytest.mark.django_db
PACKS = ("general", "property", "telecom")


def _typed(house: House, **changes: Any) -> dict[str, Any]:
    return {
        "username": "xiaowu",
        "name": "吴小五",
        "department": str(house.first.id),
        "roles": ["handler"],
        "email": "",
        "post": "",
        "phone": "",
    } | changes


def _department(**changes: Any) -> dict[str, Any]:
    return {"name": "夜班", "parent": "", "phone": "", "order": "0", "intake": False} | changes


def test_a_new_member_gets_a_first_password_and_a_record(house: House) -> None:
    who = house.who("管理员")
    member, password = admin.add_member(who, _typed(house, email="wu@example.cn"), NOON)
    assert member.user.check_password(password)
    assert member.user.first_password
    assert len(password) == 14
    change = HouseChange.objects.get()
    assert (change.kind, change.subject, change.member_id) == (
        "member_added",
        "吴小五",
        who.member_id,
    )
    assert password not in str(change.data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "有 空格"),
        ("username", "甲" * 151),
        ("name", " \x00 "),
        ("name", "长" * 61),
        ("department", ""),
        ("department", "not-an-id"),
        ("roles", []),
        ("roles", ["king"]),
        ("email", "nobody@"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(house: House, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        admin.add_member(house.who("管理员"), _typed(house, **{field: value}), NOON)
    assert list(refusal.value.fields) == [field]
    assert not User.objects.filter(username="xiaowu").exists()


def test_user_name_and_mail_are_unique_however_they_are_written(house: House) -> None:
    who = house.who("管理员")
    admin.add_member(who, _typed(house, email="wu@example.cn"), NOON)
    for clash in ({"username": "XiaoWu"}, {"username": "b", "email": "WU@example.cn"}):
        with pytest.raises(Invalid):
            admin.add_member(who, _typed(house, **clash), NOON)


def test_a_department_of_another_organisation_cannot_be_chosen(house: House) -> None:
    other = make_outsider()
    with pytest.raises(Invalid) as refusal:
        admin.add_member(house.who("管理员"), _typed(house, department=str(other.centre.id)), NOON)
    assert "department" in refusal.value.fields


@pytest.mark.parametrize("name", ["甲", "丁", "主管", "审计"])
def test_only_administrators_change_the_house(house: House, name: str) -> None:
    who, member = house.who(name), house["乙"]
    with pytest.raises(Forbidden):
        admin.add_member(who, _typed(house), NOON)
    with pytest.raises(Forbidden):
        admin.change_member(who, member, _typed(house), NOON)
    with pytest.raises(Forbidden):
        admin.switch_off(who, member, NOON, waiting=0)
    with pytest.raises(Forbidden):
        admin.new_password(who, member, NOON)
    with pytest.raises(Forbidden):
        structure.add_department(who, _department(), NOON)
    with pytest.raises(Forbidden):
        structure.change_organisation(who, {}, PACKS, NOON)


def test_a_change_names_the_fields_but_no_private_values(house: House) -> None:
    typed = _typed(house, name="甲", roles=["handler", "supervisor"], phone="13800001234")
    admin.change_member(house.who("管理员"), house["甲"], typed, NOON)
    data = HouseChange.objects.get().data
    assert data["roles"] == [["handler"], ["handler", "supervisor"]]
    assert data["phone"] == ["", ""]


def test_the_last_administrator_stays(house: House) -> None:
    who, itself = house.who("管理员"), house["管理员"]
    with pytest.raises(Refusal):
        admin.switch_off(who, itself, NOON, waiting=0)
    with pytest.raises(Invalid) as refusal:
        admin.change_member(who, itself, _typed(house, roles=["handler"]), NOON)
    assert "roles" in refusal.value.fields
    make_member(house, "戊", Role.ADMINISTRATOR, house.centre)
    admin.change_member(who, itself, _typed(house, roles=["handler"]), NOON)
    assert Member.objects.get(id=itself.id).roles == ["handler"]


def test_another_administrator_can_be_switched_off_but_not_the_last(house: House) -> None:
    second = make_member(house, "戊", Role.ADMINISTRATOR, house.centre)
    admin.switch_off(house.who("管理员"), second, NOON, waiting=0)
    second.refresh_from_db()
    assert not second.active
    with pytest.raises(Refusal):
        admin.switch_off(directory.as_who(second), house["管理员"], NOON, waiting=0)


def test_nobody_leaves_with_open_cases(house: House) -> None:
    with pytest.raises(Refusal):
        admin.switch_off(house.who("管理员"), house["甲"], NOON, waiting=1)
    assert Member.objects.get(id=house["甲"].id).active


def test_off_closes_the_account_and_on_opens_it(house: House) -> None:
    who, member = house.who("管理员"), house["甲"]
    admin.switch_off(who, member, NOON, waiting=0)
    assert not User.objects.get(id=member.user_id).is_active
    admin.switch_on(who, member, NOON)
    assert User.objects.get(id=member.user_id).is_active


def test_an_account_of_two_organisations_is_not_ours_alone(house: House) -> None:
    other = make_outsider()
    Member.objects.create(
        user=house["甲"].user,
        organisation=other.organisation,
        department=other.centre,
        name="甲",
        roles=["head"],
    )
    who = house.who("管理员")
    with pytest.raises(Refusal):
        admin.new_password(who, house["甲"], NOON)
    with pytest.raises(Refusal):
        admin.drop_second_factor(who, house["甲"], NOON)
    with pytest.raises(Invalid) as refusal:
        admin.change_member(who, house["甲"], _typed(house, email="mine@example.cn"), NOON)
    assert "email" in refusal.value.fields
    admin.switch_off(who, house["甲"], NOON, waiting=0)
    assert User.objects.get(id=house["甲"].user_id).is_active  # still works over there


def test_a_new_password_replaces_the_old_one(house: House) -> None:
    password = admin.new_password(house.who("管理员"), house["甲"], NOON)
    user = User.objects.get(id=house["甲"].user_id)
    assert user.check_password(password)
    assert user.first_password


def test_a_department_never_moves_below_itself(house: House) -> None:
    who = house.who("管理员")
    for below in (house.first, house.centre):
        typed = _department(name="客户服务中心", parent=str(below.id), intake=True)
        with pytest.raises(Invalid) as refusal:
            structure.change_department(who, house.centre, typed, NOON)
        assert "parent" in refusal.value.fields
    moved = _department(name="投诉处理一组", parent=str(house.second.id))
    structure.change_department(who, house.first, moved, NOON)
    assert Department.objects.get(id=house.first.id).parent_id == house.second.id


def test_one_name_once_on_every_level(house: House) -> None:
    who = house.who("管理员")
    for name, parent in (("工程部", ""), ("投诉处理一组", str(house.centre.id))):
        with pytest.raises(Invalid) as refusal:
            structure.add_department(who, _department(name=name, parent=parent), NOON)
        assert "name" in refusal.value.fields
    structure.add_department(who, _department(name="工程部", parent=str(house.centre.id)), NOON)


@pytest.mark.parametrize("order", ["-1", "1000", "九", "１", "9" * 5000])
def test_the_order_is_a_small_number(house: House, order: str) -> None:
    with pytest.raises(Invalid) as refusal:
        structure.add_department(house.who("管理员"), _department(order=order), NOON)
    assert "order" in refusal.value.fields


def test_new_complaints_arrive_in_exactly_one_department(house: House) -> None:
    who = house.who("管理员")
    with pytest.raises(Invalid) as refusal:
        structure.change_department(who, house.centre, _department(name="客户服务中心"), NOON)
    assert "intake" in refusal.value.fields
    structure.change_department(who, house.second, _department(name="工程部", intake=True), NOON)
    assert directory.intake_department(house.organisation.id).id == house.second.id
    assert Department.objects.filter(intake=True).count() == 1


def test_a_department_closes_when_nothing_is_left_in_it(house: House) -> None:
    who = house.who("管理员")
    night = structure.add_department(who, _department(), NOON)
    with pytest.raises(Refusal, match="waiting"):
        structure.switch_off_department(who, night, NOON, waiting=2)
    with pytest.raises(Refusal, match="members"):
        structure.switch_off_department(who, house.first, NOON, waiting=0)
    member = make_member(house, "戊", Role.HANDLER, night)
    Member.objects.filter(id=member.id).update(active=False)
    structure.switch_off_department(who, night, NOON, waiting=0)
    assert not Department.objects.get(id=night.id).active
    with pytest.raises(Refusal, match="department"):
        admin.switch_on(who, Member.objects.get(id=member.id), NOON)
    structure.switch_on_department(who, night, NOON)
    assert Department.objects.get(id=night.id).active


def test_the_contact_of_every_acknowledgement_is_never_empty(house: House) -> None:
    typed = {"name": "云帆", "packs": ["telecom"], "pack": "property"}
    with pytest.raises(Invalid) as refusal:
        structure.change_organisation(house.who("管理员"), typed, PACKS, NOON)
    assert set(refusal.value.fields) == {
        "contact_department",
        "contact_person",
        "contact_phone",
        "pack",
    }
