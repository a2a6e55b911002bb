"""The public's own trial: public rules alone, no account, nothing kept (HA-8)."""

from typing import Any

import pytest
from django.test import Client

from factories import House
from tingsu.cases.models import Calculation, Event
from tingsu.web import limits

HTMX = {"HX-Request": "true"}
FRAUD = {"s": "cpl.fraud", "f.price": "9900"}


def text(response: Any) -> str:
    shown: str = response.content.decode()
    return shown


@pytest.mark.django_db
def test_everybody_may_try(client: Client) -> None:
    assert "旅游" in text(client.get("/try/"))
    shown = text(client.post("/try/retail/", FRAUD, headers=HTMX))
    assert "¥29,700.00" in shown
    assert not Calculation.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_what_is_typed_stays_out_of_caches_and_comes_back(client: Client) -> None:
    response = client.post("/try/retail/", FRAUD)
    assert response["Cache-Control"] == "no-store"
    assert 'value="9900"' in text(response)


@pytest.mark.django_db
def test_rules_of_the_house_are_not_public(client: Client) -> None:
    shown = text(client.get("/try/property/"))
    assert "报修没有修、没有修好" in shown
    assert "言语、态度伤了人" not in shown
    assert "¥" not in text(client.post("/try/property/", {"s": "moral.hurt"}, headers=HTMX))


@pytest.mark.django_db
@pytest.mark.parametrize("pack", ["nothing", "acts", "calendars"])
def test_an_unknown_industry_is_not_there(client: Client, pack: str) -> None:
    assert client.get(f"/try/{pack}/").status_code == 404


@pytest.mark.django_db
def test_grounds_for_less_are_told(client: Client) -> None:
    shown = text(client.post("/try/auto/", {"s": "car.repair"}, headers=HTMX))
    assert "可能少赔或不赔" in shown
    assert "不可抗力造成" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"s": ["x", "cpl.fraud"], "f.price": "-1", "f.nothing": "1", "c": "x", "set": "y"},
        {"s": "cpl.fraud", "f.price": "9" * 500},
        {"s": "cpl.fraud", "f.price": "\0"},
        {"s": "cpl.quality", "f.wish": "<script>"},
    ],
)
def test_odd_input_is_answered(client: Client, typed: dict[str, Any]) -> None:
    response = client.post("/try/retail/", typed)
    assert response.status_code == 200
    assert "<script>" not in text(response).replace('<script type="module"', "").replace(
        "<script src", ""
    )


@pytest.mark.django_db
def test_too_many_trials_are_asked_to_wait(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_LIMITS = True
    monkeypatch.setattr(limits, "TRY", limits.Limit("try-test", 1, 600))
    assert "¥29,700.00" in text(client.post("/try/retail/", FRAUD, headers=HTMX))
    assert "算得太勤了" in text(client.post("/try/retail/", FRAUD, headers=HTMX))
    assert client.post("/try/retail/", FRAUD).status_code == 429


def test_the_portal_leads_there(house: House, client: Client) -> None:
    assert 'href="/try/"' in text(client.get(f"/o/{house.organisation.slug}/"))
