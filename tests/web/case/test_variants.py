"""Local rules and circumstances in the browser: on a case, and for the whole organisation."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from factories import House, make_case, signed_in
from tingsu.cases.models import Case, Clock
from tingsu.people.models import HouseChange, Organisation


def test_a_case_gets_its_own_rule_and_tells_it(house: House, post: Any) -> None:
    case = make_case(house, by="甲", at=now(), channel="phone", pack="telecom")
    browser = signed_in(house["甲"])
    form = browser.get(f"/cases/{case.id}/facts/").content.decode()
    assert "农村" in form
    kept = {n: getattr(case, n) for n in ("title", "narrative", "nature", "severity")}
    assert post(case, "facts", **kept, variants=["chongqing"]).status_code == 303
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert "电信 · 重庆" in page
    assert "适用的地方规定或情形" in page  # in the timeline
    rules = Clock.objects.filter(case=case, state="running").values_list("rule", flat=True)
    assert "cn.telecom.cq" in rules
    assert "cn.telecom.operator" not in rules


def test_a_pack_without_variants_asks_nothing(house: House) -> None:
    case = make_case(house, by="甲", at=now(), channel="phone", pack="general")
    form = signed_in(house["甲"]).get(f"/cases/{case.id}/facts/").content.decode()
    assert "适用的地方规定" not in form


def test_the_administrator_chooses_the_place_once(house: House) -> None:
    browser = signed_in(house["管理员"])
    page = browser.get(reverse("settings")).content.decode()
    assert "物业 · 杭州" in page
    assert "电信 · 农村" not in page  # of one case, never of all
    typed = {
        "name": "云帆服务", "contact_department": "客户服务中心", "contact_person": "苏敏",
        "contact_phone": "400-000-0000", "packs": ["property", "telecom"], "pack": "property",
        "variants": ["property.hangzhou", "telecom.rural", "made.up"],
    }  # fmt: skip
    assert browser.post(reverse("settings"), typed).status_code == 303
    assert Organisation.objects.get(slug="yunfan").variants == ["property.hangzhou"]
    change = HouseChange.objects.get(kind="organisation_changed")
    assert change.data["variants"] == [[], ["property.hangzhou"]]


def test_a_circumstance_is_ticked_while_the_complaint_is_written_down(house: House) -> None:
    browser = signed_in(house["甲"])
    page = browser.get("/new/call/").content.decode()
    assert "电信 · 农村" in page
    assert "电信 · 重庆" not in page  # the house keeps that, or does not
    typed = {
        "narrative": "村里宽带断了", "pack": "telecom", "ik": "d" * 32, "taken_by": "me",
        "variants": ["telecom:rural"],
    }  # fmt: skip
    assert browser.post("/new/call/", typed).status_code in (200, 303)
    assert Case.objects.get(pack="telecom").variants == ["rural"]
