"""Surges on the desk of those who lead, and the page with the complaints behind one (IM-3)."""

import pytest

from factories import NOON, House, make_case, make_house, signed_in
from tingsu.cases.models import Surge

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def row(house: House) -> Surge:
    cases = [make_case(house, by="甲", narrative=f"伊景园捆绑销售车位 {n}") for n in range(3)]
    return Surge.objects.create(
        organisation=house.organisation, state="new", cases=[str(case.id) for case in cases],
        people=12, days=3, usual=1.2, words=["伊景园"], place="滨河路", product="车位",
        first_at=NOON, last_at=NOON, found_at=NOON,
    )  # fmt: skip


def test_it_stands_on_the_desk_of_those_who_lead(house: House, row: Surge) -> None:
    for name, sees in (("主管", True), ("丁", True), ("甲", False)):
        page = signed_in(house[name]).get("/desk/").content.decode()
        assert ("3 天里 12 人说同一件事" in page) == sees
        assert ("<q>伊景园</q>" in page) == sees


def test_the_page_says_why_and_shows_the_complaints(house: House, row: Surge) -> None:
    page = signed_in(house["丁"]).get(f"/surges/{row.id}/").content.decode()
    assert "滨河路" in page
    assert "平常是 1.2 人" in page
    assert page.count("data-row") >= 3
    for key in row.cases:
        assert key in page


def test_looked_at_it_leaves_the_desk_and_stays_in_the_list(house: House, row: Surge) -> None:
    browser = signed_in(house["主管"])
    assert browser.post(f"/surges/{row.id}/seen/").status_code == 302
    assert "12 人说同一件事" not in browser.get("/desk/").content.decode()
    page = browser.get("/surges/").content.decode()
    assert "12 人说同一件事" in page
    assert "主管" in page
    row.refresh_from_db()
    assert (row.state, row.seen_people) == ("seen", 12)


def test_without_any_the_list_says_so(house: House) -> None:
    assert "现在没有苗头" in signed_in(house["丁"]).get("/surges/").content.decode()
