"""Who is who: the acting membership, the branch, and losing it at once (PL-1)."""

import pytest

from factories import House, make_member, make_outsider
from tingsu.people import directory
from tingsu.people.models import Department, Member
from tingsu.people.permission import NotThere, Role

pytestmark = pytest.mark.django_db


def test_a_branch_is_the_department_and_all_below(house: House) -> None:
    cell = Department.objects.create(
        organisation=house.organisation, parent=house.first, name="夜班"
    )
    branch = directory.branch_of(house.organisation.id, house.centre.id)
    assert branch == {house.centre.id, house.first.id, cell.id}
    assert house.who("甲").branch == {house.first.id, cell.id}


def test_departments_come_in_tree_order_with_their_depth(house: House) -> None:
    rows = directory.departments(house.organisation.id)
    assert [(row.name, getattr(row, "depth", None)) for row in rows] == [
        ("客户服务中心", 0),
        ("投诉处理一组", 1),
        ("工程部", 0),
    ]


def test_a_switched_off_member_is_nobody(house: House) -> None:
    user = house["甲"].user
    assert directory.who_is(user.pk)
    Member.objects.filter(id=house["甲"].id).update(active=False)
    assert directory.who_is(user.pk) is None


def test_two_memberships_and_the_chosen_one(house: House) -> None:
    other = make_outsider()
    second = Member.objects.create(
        user=house["甲"].user,
        organisation=other.organisation,
        department=other.centre,
        name="甲",
        roles=[Role.AUDITOR],
    )
    user_id = house["甲"].user_id
    first = directory.who_is(user_id)
    chosen = directory.who_is(user_id, str(other.organisation.id))
    assert first
    assert chosen
    assert (first.member_id, first.houses) == (house["甲"].id, 2)
    assert (chosen.member_id, chosen.roles) == (second.id, frozenset({Role.AUDITOR}))


def test_a_chosen_organisation_that_is_lost_falls_back_to_the_own(house: House) -> None:
    other = make_outsider()
    found = directory.who_is(house["甲"].user_id, other.organisation.id)
    assert found
    assert found.organisation_id == house.organisation.id


def test_members_and_departments_of_others_do_not_exist(house: House) -> None:
    other = make_outsider()
    with pytest.raises(NotThere):
        directory.member(house.organisation.id, other["甲"].id)
    with pytest.raises(NotThere):
        directory.department(house.organisation.id, other.centre.id)


def test_members_by_role_are_active_ones(house: House) -> None:
    make_member(house, "戊", Role.HANDLER, house.second)
    Member.objects.filter(id=house["乙"].id).update(active=False)
    names = {row.name for row in directory.members(house.organisation.id, role=Role.HANDLER)}
    assert names == {"甲", "戊"}
