"""The method on the case page: where the talk is, ticks, hiding it, and whom a trainer holds."""

from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, make_case, signed_in
from tingsu.cases.actions import contact, remedy
from tingsu.cases.models import Case
from tingsu.cases.remedies import Asking
from tingsu.cases.remedy_kept import Gift
from tingsu.people.models import Member, Organisation


@pytest.fixture
def own(house: House) -> Case:
    """A case that 甲 owns."""
    return make_case(house, by="甲", at=now(), channel="phone", pack="telecom")


def html(house: House, case: Case, name: str = "甲") -> str:
    page: str = signed_in(house[name]).get(f"/cases/{case.id}/").content.decode()
    return page


def post(house: House, case: Case, step: str, name: str = "甲", **told: Any) -> Any:
    url = f"/cases/{case.id}/{step}/"
    return signed_in(house[name]).post(url, {"ik": f"{step}-{len(told)}", **told})


def test_the_stage_of_now_says_what_to_do_and_ask(house: House, own: Case) -> None:
    page = html(house, own)
    assert "电信七步" in page
    assert page.count('aria-current="step"') == 1
    by, heard = house.actor("甲"), "听完，为掉线致歉"
    contact.contact(own, by, now(), channel="phone", direction="out", text=heard)
    page = html(house, own)
    assert "请告诉我是哪个号码、什么时候发生的？" in page  # the question of the next stage
    assert "还没记：发生时间" in page


def test_a_tick_is_asked_for_in_words_and_shown(house: House, own: Case) -> None:
    refused = post(house, own, "guide-tick", row="sympathise", text="")
    assert refused.status_code == 422
    assert "请写一句怎么做的" in refused.content.decode()
    assert (
        post(house, own, "guide-tick", row="sympathise", text="说了<b>理解</b>").status_code == 303
    )
    page = html(house, own)
    assert "说了&lt;b&gt;理解&lt;/b&gt;" in page
    assert "方法打勾" in page  # in the timeline
    post(house, own, "guide-untick", row="sympathise")
    assert "取消打勾" in html(house, own)
    assert post(house, own, "guide-tick", row="<script>", text="x").status_code == 422


def test_who_jumps_ahead_is_told_kindly(house: House, own: Case) -> None:
    gift = [Gift("gift", 1000, "一点心意")]
    remedy.propose(own, house.actor("甲"), now(), asking=Asking(), gifts=gift)
    assert "事情已经走到" not in html(house, own)  # seven steps have no stage of offering
    Case.objects.filter(id=own.id).update(anger=4)
    page = html(house, own)
    assert "事情已经走到「给出办法」，心情这边还差「充分道歉」" in page


def test_it_can_be_hidden_and_shown_again(house: House, own: Case) -> None:
    browser = signed_in(house["甲"])
    answer = browser.post("/guide/hide/", {"hidden": "1", "back": f"/cases/{own.id}/"})
    assert answer["Location"] == f"/cases/{own.id}/"
    page = html(house, own)
    assert "电信七步" not in page
    assert "显示方法" in page
    assert "电信七步" in html(house, own, "丁")  # the own screen alone
    browser.post("/guide/hide/", {"hidden": "0", "back": "https://example.com/"})
    assert "电信七步" in html(house, own)


def test_a_foreign_way_back_leads_to_the_desk(house: House) -> None:
    answer = signed_in(house["甲"]).post("/guide/hide/", {"back": "https://example.com/"})
    assert answer["Location"] == "/desk/"


def test_a_trainer_holds_beginners_to_it(house: House, own: Case) -> None:
    trainer = signed_in(house["培训师"])
    assert "乙" in trainer.get("/coach/guide/").content.decode()
    trainer.post("/coach/guide/", {"binds": "1", "beginner": [str(house["甲"].id), "nonsense"]})
    assert Organisation.objects.get(id=house.organisation.id).guide_binds
    assert Member.objects.get(id=house["甲"].id).beginner
    assert not Member.objects.get(id=house["乙"].id).beginner
    post(house, own, "accept")
    refused = post(house, own, "execute")
    assert refused.status_code == 422
    assert "先处理心情，再处理事情：还差「表示歉意」" in refused.content.decode()
    answer = post(house, own, "reply", text="已经修好了。", kind="final")
    assert answer.status_code == 422
    assert "已经修好了。" in answer.content.decode()  # nothing typed is lost
    assert "带教期" in html(house, own)
    signed_in(house["甲"]).post("/guide/hide/", {"hidden": "1"})
    assert "电信七步" in html(house, own)  # a beginner keeps it on the screen


def test_no_method_on_a_case_that_is_over(house: House, own: Case) -> None:
    Case.objects.filter(id=own.id).update(open=False, state="withdrawn", next_at=None)
    assert "先心情，后事情" not in html(house, own)
