"""Members, departments and the organisation over HTTP (PL-1)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories import House, make_case, make_member, make_outsider, signed_in
from tingsu.cases.models import Case
from tingsu.people.models import Department, Member, Organisation
from tingsu.people.permission import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(house: House) -> Client:
    """A browser of the administrator."""
    return signed_in(house["管理员"])


def _typed(house: House, **changes: Any) -> dict[str, Any]:
    return {
        "username": "xiaowu",
        "name": "吴小五",
        "department": str(house.first.id),
        "roles": ["handler"],
        "post": "客户经理",
    } | changes


def test_a_member_is_added_and_signs_in_with_the_password_shown_once(
    house: House, admin: Client
) -> None:
    page = admin.post(reverse("member_new"), _typed(house))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    found = re.search(r"data-first-password>([a-z0-9-]+)<", page.content.decode())
    assert found
    member = Member.objects.get(name="吴小五")
    again = admin.get(reverse("member", args=[member.id]))
    assert found[1] not in again.content.decode()
    other = Client()
    answer = other.post(reverse("account_login"), {"login": "xiaowu", "password": found[1]})
    assert answer.status_code == 302
    assert other.get(reverse("cases"))["Location"] == reverse("account_change_password")


def test_what_was_typed_stays_when_something_is_wrong(house: House, admin: Client) -> None:
    page = admin.post(reverse("member_new"), _typed(house, username="有 空格", roles=["handler"]))
    text = page.content.decode()
    assert page.status_code == 422
    assert "中间不留空格" in text
    assert 'value="吴小五"' in text
    assert re.search(r'value="handler" checked', text)


def test_every_role_is_explained(admin: Client) -> None:
    text = admin.get(reverse("member_new")).content.decode()
    assert text.count('name="roles"') == len(Role)
    assert "看不到投诉内容" in text


def test_roles_change_and_count_at_once(house: House, admin: Client) -> None:
    handler = signed_in(house["甲"])
    assert handler.get(reverse("members")).status_code == 403
    typed = _typed(house, name="甲", roles=["handler", "administrator"])
    answer = admin.post(reverse("member", args=[house["甲"].id]), typed)
    assert answer.status_code == 303
    assert handler.get(reverse("members")).status_code == 200


def test_an_owner_of_open_cases_is_not_switched_off(house: House, admin: Client) -> None:
    case = make_case(house, by="甲")
    address = reverse("member_off", args=[house["甲"].id])
    page = admin.get(address)
    text = page.content.decode()
    assert case.number in text
    assert case.title not in text  # an administrator reads no complaints
    assert "主管" in text
    assert admin.post(address).status_code == 422
    assert Member.objects.get(id=house["甲"].id).active
    Case.objects.filter(id=case.id).update(owner=house["乙"])
    assert admin.post(address).status_code == 303


def test_switched_off_means_out_at_once(house: House, admin: Client) -> None:
    handler = signed_in(house["甲"])
    assert handler.get(reverse("account")).status_code == 200
    admin.post(reverse("member_off", args=[house["甲"].id]))
    gone = handler.get(reverse("switch"))
    assert (gone.status_code, gone["Location"].split("?")[0]) == (302, reverse("account_login"))
    admin.post(reverse("member_on", args=[house["甲"].id]))
    assert Member.objects.get(id=house["甲"].id).active


def test_nobody_switches_off_themself(house: House, admin: Client) -> None:
    page = admin.post(reverse("member_off", args=[house["管理员"].id]))
    assert page.status_code == 422
    assert "不能停用自己" in page.content.decode()


@pytest.mark.parametrize(
    "route", ["member", "member_off", "member_on", "member_password", "member_factor"]
)
def test_members_of_another_organisation_are_not_there(
    house: House, admin: Client, route: str
) -> None:
    other = make_outsider()
    assert admin.post(reverse(route, args=[other["甲"].id])).status_code == 404


def test_a_new_password_ends_the_sessions_of_its_owner(house: House, admin: Client) -> None:
    handler = signed_in(house["甲"])
    page = admin.post(reverse("member_password", args=[house["甲"].id]))
    assert "data-first-password" in page.content.decode()
    assert handler.get(reverse("switch")).status_code == 302
    own = admin.post(reverse("member_password", args=[house["管理员"].id]))
    assert own.status_code == 422


def test_the_list_asks_the_same_questions_for_ten_and_for_sixty(
    house: House, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(50):
        make_member(house, f"同事{at}", Role.HANDLER, house.second)
    with django_assert_max_num_queries(10):
        page = admin.get(reverse("members"))
    assert "同事49" in page.content.decode()


def test_departments_grow_move_and_close(house: House, admin: Client) -> None:
    typed = {"name": "夜班", "parent": str(house.centre.id), "order": "1"}
    assert admin.post(reverse("department_new"), typed).status_code == 303
    night = Department.objects.get(name="夜班")
    moved = typed | {"parent": str(house.second.id), "name": "晚班"}
    assert admin.post(reverse("department", args=[night.id]), moved).status_code == 303
    night.refresh_from_db()
    assert (night.name, night.parent_id) == ("晚班", house.second.id)
    circle = {"name": "工程部", "parent": str(night.id), "order": "0"}
    page = admin.post(reverse("department", args=[house.second.id]), circle)
    assert page.status_code == 422
    assert admin.post(reverse("department_off", args=[night.id])).status_code == 303
    assert "晚班" in admin.get(reverse("departments")).content.decode()
    assert admin.post(reverse("department_on", args=[night.id])).status_code == 303


def test_a_department_where_cases_wait_stays_open(house: House, admin: Client) -> None:
    lonely = Department.objects.create(organisation=house.organisation, name="夜班")
    case = make_case(house, queue=lonely)
    page = admin.post(reverse("department_off", args=[lonely.id]))
    assert page.status_code == 422
    assert case.number in page.content.decode()
    assert Department.objects.get(id=lonely.id).active


def test_the_organisation_says_whom_to_call(house: House, admin: Client) -> None:
    typed = {
        "name": "云帆服务集团",
        "contact_department": "客户关系部",
        "contact_person": "林青",
        "contact_phone": "400-111-2222",
        "outside_bodies": "12345 政务服务便民热线\n消费者协会 12315",
        "packs": ["property", "general"],
        "pack": "property",
    }
    assert admin.post(reverse("settings"), typed).status_code == 303
    found = Organisation.objects.get(id=house.organisation.id)
    assert (found.contact_person, found.open_to_public) == ("林青", False)
    assert found.packs == ["general", "property"]
    empty = admin.post(reverse("settings"), typed | {"contact_phone": " "})
    assert empty.status_code == 422
    assert "林青" in empty.content.decode()


def test_bad_bytes_are_no_trouble(house: House, admin: Client) -> None:
    typed = _typed(house, name="吴\x00小\u202e五", post="\ud83d".encode("utf-16", "surrogatepass"))
    assert admin.post(reverse("member_new"), typed).status_code in (200, 422)
    broken = admin.post(
        reverse("department_new"), {"name": "x" * 5000, "parent": "x", "order": "é"}
    )
    assert broken.status_code == 422


def test_a_person_of_two_organisations_switches(house: House) -> None:
    other = make_outsider()
    Member.objects.create(
        user=house["甲"].user,
        organisation=other.organisation,
        department=other.centre,
        name="甲",
        roles=["auditor"],
    )
    client = signed_in(house["甲"])
    assert "明州旅游局" in client.get(reverse("switch")).content.decode()
    assert client.get(reverse("looks")).status_code == 403
    answer = client.post(reverse("switch"), {"to": str(other.organisation.id)})
    assert answer.status_code == 303
    assert client.get(reverse("looks")).status_code == 200
    third = Organisation.objects.create(slug="x", name="别家")
    assert client.post(reverse("switch"), {"to": str(third.id)}).status_code == 404
    assert client.post(reverse("switch"), {"to": "x"}).status_code == 404
