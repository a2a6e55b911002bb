"""What a member can be good at is chosen by name, not typed as a code (HA-13)."""

import pytest
from django.test import Client

from factories import House, make_house, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house["管理员"])


def send(client: Client, house: House, **more: object) -> int:
    member = house["甲"]
    told = {
        "name": "甲",
        "department": str(member.department_id),
        "roles": member.roles,
        "room": "20",
    }
    return client.post(f"/house/members/{member.id}/", told | more).status_code


def test_trades_and_languages_are_chosen_by_name(client: Client, house: House) -> None:
    member = house["甲"]
    page = client.get(f"/house/members/{member.id}/").content.decode()
    assert "粤语" in page
    pack = house.organisation.packs[0]
    assert f'value="{pack}"' in page
    assert send(client, house, skills=[pack], languages=["en", "yue"]) in (302, 303)
    member.refresh_from_db()
    assert (member.skills, member.languages) == ([pack], ["en", "yue"])
    assert send(client, house, languages=["en"]) in (302, 303)
    member.refresh_from_db()
    assert (member.skills, member.languages) == ([], ["en"])


def test_a_code_of_before_stays_until_it_is_taken_off(client: Client, house: House) -> None:
    member = house["甲"]
    type(member).objects.filter(id=member.id).update(skills=["lifts"], languages=["tlh"])
    assert "lifts" in client.get(f"/house/members/{member.id}/").content.decode()
    assert send(client, house, skills=["lifts"], languages=["tlh"]) in (302, 303)
    member.refresh_from_db()
    assert (member.skills, member.languages) == (["lifts"], ["tlh"])
