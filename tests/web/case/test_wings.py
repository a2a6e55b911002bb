"""The wings of a case: tabs in its head, cards beside the timeline, a frame for each own page."""

import re
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, make_case, signed_in
from tingsu.cases.actions import note, task
from tingsu.cases.models import Case
from tingsu.web.case.wings import WINGS


def html(house: House, name: str, url: str) -> Any:
    return signed_in(house[name]).get(url)


def test_every_wing_is_a_tab_and_opens(house: House, own: Case) -> None:
    page = html(house, "甲", f"/cases/{own.id}/").content.decode()
    for wing in WINGS:
        url = f"/cases/{own.id}/{wing.name}/"
        assert (f'href="{url}"' in page) == wing.when(own)
        answer = html(house, "甲", url).content.decode()
        assert own.number in answer
        if not wing.when(own):
            continue
        here = re.search(r'<a class="tab" href="([^"]+)" aria-current="page"', answer)
        assert here
        assert here[1] == url


def test_the_timeline_is_a_tab_too(house: House, own: Case) -> None:
    page = html(house, "甲", f"/cases/{own.id}/").content.decode()
    assert f'<a class="tab" href="/cases/{own.id}/" aria-current="page"' in page


def test_the_wing_of_a_new_case_shows_a_card(house: House, own: Case) -> None:
    page = html(house, "甲", f"/cases/{own.id}/").content.decode()
    side = page[page.index('id="case-side"') :]
    assert "逐项核对" in side


@pytest.mark.parametrize("wing", WINGS, ids=lambda wing: wing.name)
def test_a_unit_that_was_only_asked_sees_no_wing(house: House, own: Case, wing: Any) -> None:
    at = now()
    task.ask(own, house.actor("甲"), at, department=house.second, content="查", due_at=at.replace(
        year=at.year + 1))  # fmt: skip
    assert html(house, "被投诉", f"/cases/{own.id}/").status_code == 200
    assert html(house, "被投诉", f"/cases/{own.id}/{wing.name}/").status_code == 404


def test_a_step_taken_from_a_wing_gives_words_and_no_timeline(house: House, own: Case) -> None:
    note.note(own, house.actor("甲"), now(), text="备注")
    answer = signed_in(house["甲"]).post(
        f"/cases/{own.id}/screen/",
        {"ik": "w1", "version": own.version},
        headers={
            "HX-Request": "true",
            "HX-Target": "step",
            "HX-Current-URL": f"http://testserver/cases/{own.id}/screening/",
        },
    )
    assert "状态已更新" in answer.content.decode()
    assert "case-story" not in answer.content.decode()
    assert "tingsu:done" in answer.headers["HX-Trigger"]


def test_the_check_list_tells_the_fact_behind_an_answer(house: House) -> None:
    case = make_case(house, by="甲", at=now(), respondent_unit="云海物业", request="退电梯费")
    page = html(house, "甲", f"/cases/{case.id}/screening/").content.decode()
    assert "被投诉方：云海物业" in page
    assert "诉求：退电梯费" in page
    assert "还没有附件" in page
