"""`tingsu setup` makes a house that a newcomer can sign in to, and refuses what is taken."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_case, make_house, signed_in
from tingsu.cli import main
from tingsu.people.directory import intake_department
from tingsu.people.models import HouseChange, Member, Organisation, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGSU_LANG", "zh_CN")


def _setup(*more: str, slug: str = "yunfan", user: str = "linan") -> int:
    words = ["--organisation", "云帆服务", "--slug", slug, "--administrator", user]
    return main(["setup", *words, *more])


def test_the_administrator_signs_in_with_what_was_printed_and_chooses_an_own_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _setup("--name", "林安") == 0
    password = re.findall(r"\b\w{4}-\w{4}-\w{4}\b", capsys.readouterr().out)
    assert len(password) == 1
    browser = Client()
    typed = {"login": "linan", "password": password[0]}
    assert browser.post(reverse("account_login"), typed).status_code == 302
    assert browser.get(reverse("members"))["Location"] == reverse("account_change_password")
    own = "雨后的操场-2026"
    changed = {"oldpassword": password[0], "password1": own, "password2": own}
    assert browser.post(reverse("account_change_password"), changed).status_code == 302
    assert "林安" in browser.get(reverse("members")).content.decode()


def test_complaints_find_the_new_house() -> None:
    assert _setup("--kind", "authority", "--pack", "tourism") == 0
    house = Organisation.objects.get()
    assert (house.kind, house.pack, house.packs) == ("authority", "tourism", ["tourism"])
    assert intake_department(house.id).name == "客户服务中心"
    assert Client().get("/o/yunfan/").status_code == 200
    assert HouseChange.objects.get().kind == "organisation_founded"


@pytest.mark.parametrize(
    ("changes", "more", "words"),
    [
        ({"slug": "YUNFAN"}, (), "--slug: 这个网址名已有机构在用"),
        ({"slug": "云帆"}, (), "--slug: 网址名只能用英文字母"),
        ({"slug": ""}, (), "--slug: 请填写网址名"),
        ({"user": "Taken"}, (), "--administrator: 这个用户名已有人用"),
        ({"user": "有 空格"}, (), "--administrator: 用户名只能用"),
        ({}, ("--pack", "nosuch"), "general 通用、auto 汽车"),
    ],
)
def test_what_will_not_do_is_said_at_its_option_and_nothing_is_made(
    changes: dict[str, str],
    more: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_house("yunfan")
    User.objects.create(username="taken")
    members = Member.objects.count()
    assert _setup(*more, **{"slug": "mingzhou", **changes}) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert (Organisation.objects.count(), Member.objects.count()) == (1, members)


def test_the_second_house_sees_nothing_of_the_first() -> None:
    case = make_case(make_house())
    assert _setup(slug="mingzhou") == 0
    User.objects.filter(username="linan").update(first_password=False)
    Member.objects.filter(user__username="linan").update(roles=["head"])
    browser = signed_in(Member.objects.get(user__username="linan"))
    assert browser.get(reverse("case", args=[case.id])).status_code == 404
