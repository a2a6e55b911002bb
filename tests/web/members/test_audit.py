"""The auditor sees who looked, who changed what, and whether the chains are whole (PL-2, CL-4)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from factories import House, later, make_case, make_outsider, signed_in
from tingsu.cases.actions.look import look
from tingsu.cases.models import Case
from tingsu.cases.queries import audit
from tingsu.people.permission import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(house: House) -> Client:
    """A browser of the auditor."""
    return signed_in(house["审计"])


def test_looks_are_listed_newest_first_with_masked_names(house: House, auditor: Client) -> None:
    case = make_case(house)
    for at in range(3):
        look(case, house.actor("甲"), later(minutes=at), fields=("phone",), reason=f"第{at}次")
    text = auditor.get(reverse("looks")).content.decode()
    assert [text.index(f"第{at}次") for at in (2, 1, 0)] == sorted(
        text.index(f"第{at}次") for at in (2, 1, 0)
    )
    assert case.number in text
    assert "王小明" not in text
    assert "13800001234" not in text


def test_looks_come_in_pages(
    house: House, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    case = make_case(house)
    for at in range(3):
        look(case, house.actor("甲"), later(minutes=at), fields=("phone",), reason=f"第{at}次")
    first = auditor.get(reverse("looks")).content.decode()
    assert "第0次" not in first
    older = re.search(r'href="([^"]+before=[^"]+)"', first)
    assert older
    assert "第0次" in auditor.get(older[1]).content.decode()
    assert auditor.get(reverse("looks"), {"before": "nonsense"}).status_code == 200


def test_another_organisation_is_another_world(house: House, auditor: Client) -> None:
    other = make_outsider()
    look(make_case(other), other.actor("甲"), later(), fields=("phone",), reason="别家的事")
    assert "别家的事" not in auditor.get(reverse("looks")).content.decode()


def test_changes_of_the_house_are_listed(house: House, auditor: Client) -> None:
    admin = signed_in(house["管理员"])
    typed = {
        "name": "甲",
        "department": str(house.second.id),
        "roles": ["handler", "supervisor"],
        "phone": "13900005678",
    }
    admin.post(reverse("member", args=[house["甲"].id]), typed)
    text = auditor.get(reverse("changes")).content.decode()
    assert "修改成员" in text
    assert "承办人、主管" in text
    assert "13900005678" not in text


def test_whole_chains_are_told_page_by_page(
    house: House, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit.check_chains, "__kwdefaults__", {"after": None, "size": 2})
    for _ in range(3):
        make_case(house)
    assert "核对 3 件投诉" in auditor.get(reverse("verify")).content.decode()
    first = auditor.post(reverse("verify"), {"total": "3"}).content.decode()
    carried = dict(re.findall(r'name="(after|cases|events|total)" value="([^"]+)"', first))
    assert (carried["cases"], carried["total"]) == ("2", "3")
    last = auditor.post(reverse("verify"), carried, HTTP_HX_REQUEST="true").content.decode()
    assert 'data-verify="whole"' in last
    assert "核对了 3 件投诉" in last
    assert "<html" not in last


def test_the_first_broken_link_is_named(house: House, auditor: Client) -> None:
    make_case(house)
    broken = make_case(house)
    Case.objects.filter(id=broken.id).update(head_hash=b"\0" * 32)
    text = auditor.post(reverse("verify"), {"total": "2"}).content.decode()
    assert 'data-verify="broken"' in text
    assert broken.number in text


def test_carried_sums_that_somebody_made_up_do_no_harm(house: House, auditor: Client) -> None:
    nonsense = {"after": "x", "cases": "-1", "events": "9" * 400, "total": "１"}
    assert auditor.post(reverse("verify"), nonsense).status_code == 200


def test_the_queries_ask_for_the_right_themselves(house: House) -> None:
    with pytest.raises(Forbidden):
        audit.looked(house.who("丁"))
    with pytest.raises(Forbidden):
        audit.check_chains(house.who("管理员"))


def test_checking_a_page_is_bounded_work(house: House) -> None:
    for _ in range(3):
        make_case(house)
    with connection.execute_wrapper(_only_reading):
        found = audit.check_chains(house.who("审计"), size=2)
    assert (found.cases, found.following is not None) == (2, True)


def _only_reading(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    assert sql.lstrip().upper().startswith("SELECT")
    return execute(sql, params, many, context)
