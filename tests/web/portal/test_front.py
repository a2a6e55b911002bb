"""The open door: which organisations listen, and what they tell before anybody complains."""

import pytest
from django.test import Client

from factories import House, make_outsider, signed_in
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case

from .conftest import words

pytestmark = pytest.mark.django_db


def test_the_only_organisation_is_the_front_page(stranger: Client, house: House) -> None:
    assert stranger.get("/")["Location"] == "/o/yunfan/"


def test_several_organisations_are_a_choice(stranger: Client, house: House) -> None:
    make_outsider()
    page = words(stranger.get("/"))
    assert "云帆服务" in page
    assert "明州旅游局" in page


def test_nobody_open_to_the_public_is_said(stranger: Client, house: House) -> None:
    house.organisation.open_to_public = False
    house.organisation.save()
    assert "现在没有开放的投诉入口" in words(stranger.get("/"))
    assert stranger.get("/o/yunfan/").status_code == 404
    assert stranger.get("/o/yunfan/new/").status_code == 404


def test_a_member_goes_to_the_desk(house: House) -> None:
    assert signed_in(house["甲"]).get("/")["Location"] == "/desk/"


def test_how_to_complain_tells_stages_limits_and_other_ways(stranger: Client, house: House) -> None:
    house.organisation.outside_bodies = "也可以拨打 12315。"
    house.organisation.save()
    page = words(stranger.get("/o/yunfan/how/"))
    for told in (
        "不收任何费用",
        "核对与受理",
        "7 个工作日",
        "令121",
        "退款",
        "也可以拨打 12315。",
        "400-000-0000",
    ):
        assert told in page


def test_every_page_comes_in_three_languages(stranger: Client, house: House) -> None:
    for language, tag in (("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")):
        stranger.cookies["django_language"] = language
        for path in ("", "how/", "new/", "find/"):
            assert f'<html lang="{tag}"' in stranger.get(f"/o/yunfan/{path}").content.decode()


def test_looking_around_leaves_no_session(stranger: Client, house: House) -> None:
    for path in ("", "how/", "new/", "find/"):
        stranger.get(f"/o/yunfan/{path}")
    assert "sessionid" not in stranger.cookies


def test_pages_carry_no_inline_script_or_style(stranger: Client, house: House) -> None:
    for path in ("", "how/", "new/", "find/"):
        page = stranger.get(f"/o/yunfan/{path}").content.decode()
        assert " style=" not in page
        assert "onclick" not in page


def test_who_has_a_case_can_follow_it_when_the_doors_are_closed(
    stranger: Client, house: House, case: Case
) -> None:
    house.organisation.open_to_public = False
    house.organisation.save()
    told = {"number": case.number, "code": code_of(case)}
    page = stranger.post("/o/yunfan/find/", told, follow=True)
    assert page.status_code == 200
    assert case.number in words(page)
