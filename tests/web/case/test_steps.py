"""Every step over HTTP: taken, refused with the text kept, stale, sent twice, not allowed."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from django.utils import timezone
from django.utils.timezone import now

from factories import House, fresh, make_case, make_outsider, signed_in
from tingsu.cases.actions import facts
from tingsu.cases.models import Case, Letter
from tingsu.web.case.steps import ALL

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def picker(at: datetime) -> str:
    """An instant as a date picker sends it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def in_days(days: float) -> str:
    return picker(now() + timedelta(days=days))


def kinds(case: Case) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def stand(case: Case, state: str, **more: Any) -> Case:
    """Put the case where a step begins."""
    Case.objects.filter(id=case.id).update(state=state, **more)
    case.refresh_from_db()
    return case


class Trial(NamedTuple):
    """A step, who takes it, where it begins, what is sent, and the entry or the field of error."""

    step: str
    by: str
    begins: str
    data: dict[str, Any]
    then: str


# The happy way of each.
HAPPY: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("note", "甲", "", {"text": "记一笔"}, "note"),
    ("contact", "甲", "", {"text": "回电", "direction": "out", "channel": "phone",
                          "reached": "yes", "mood": "2"}, "contact"),
    ("restate", "甲", "", {"text": "您是说电梯停了", "confirmed": "yes"}, "restated"),
    ("promise", "甲", "", {"content": "明天回电", "due_at": in_days(1)}, "promised"),
    ("reply", "甲", "", {"text": "我们已经安排", "kind": "interim"}, "replied"),
    ("reply", "甲", "investigating", {"text": "修好了", "kind": "final"}, "moved"),
    ("escalate", "甲", "", {"to": "主管", "reason": "客户要见领导"}, "escalated"),
    ("assign", "丁", "", {"to": "m:甲", "reason": "请接着办"}, "assigned"),
    ("assign", "丁", "", {"to": "d:second"}, "assigned"),
    ("instruct", "丁", "", {"text": "三天内办结"}, "instructed"),
    ("screen", "甲", "", {}, "moved"),
    ("accept", "甲", "", {}, "moved"),
    ("complete", "甲", "", {"missing": "发票", "due_at": in_days(5)}, "moved"),
    ("investigate", "甲", "accepted", {"reason": "查维保"}, "moved"),
    ("negotiate", "甲", "investigating", {}, "moved"),
    ("mediate", "甲", "investigating", {}, "moved"),
    ("decide", "甲", "investigating", {}, "moved"),
    ("execute", "甲", "negotiating", {}, "moved"),
    ("ask_confirm", "甲", "executing", {}, "moved"),
    ("confirm", "甲", "confirming", {"agreed": "yes", "rating": "5"}, "customer_confirmed"),
    ("confirm", "甲", "confirming", {"agreed": "no", "text": "还在响"}, "moved"),
    ("close", "甲", "investigating", {"verdict": "founded", "reason": "三次联系不上"}, "closed"),
    ("withdraw", "甲", "", {"reason": "客户来电撤回"}, "moved"),
    ("refer", "丁", "", {"unit": "东湖街道", "due_at": in_days(9)}, "moved"),
    ("refuse", "丁", "", {"reason": "不归物业管"}, "moved"),
    ("transfer", "丁", "", {"unit": "住建局", "reason": "归他们管"}, "moved"),
    ("cancel", "丁", "", {"reason": "法院已受理"}, "moved"),
    ("facts", "甲", "", {"severity": "major", "product": "电梯"}, "facts_changed"),
    ("party", "甲", "", {"name": "王大明", "phone": "13911112222"}, "facts_changed"),
    ("watch", "甲", "", {"kind": "harassment", "reason": "多次辱骂",
                        "expires_on": in_days(30)[:10]}, "watch_proposed"),
]  # fmt: skip


def resolved(house: House, data: dict[str, Any]) -> dict[str, Any]:
    """Ids for names."""
    found = dict(data)
    to = str(found.get("to", ""))
    if to == "d:second":
        found["to"] = f"d:{house.second.id}"
    elif to:
        found["to"] = to.replace("甲", str(house["甲"].id)).replace("主管", str(house["主管"].id))
    return found


@pytest.mark.parametrize("way", ["plain", "htmx"])
@pytest.mark.parametrize("trial", [Trial(*row) for row in HAPPY], ids=lambda trial: trial.step)
def test_step_is_taken(house: House, own: Case, post: Any, way: str, trial: Trial) -> None:
    if trial.begins:
        stand(own, trial.begins)
    data = resolved(house, trial.data)
    if trial.step == "facts":
        data = {"title": own.title, "narrative": own.narrative, "nature": own.nature} | data
    htmx = "step" if way == "htmx" else ""
    answer = post(own, trial.step, by=trial.by, htmx=htmx, version=own.version, **data)
    assert trial.then in kinds(own)
    if way == "plain":
        assert answer.status_code == 303
        assert answer["Location"] == f"/cases/{own.id}/"
    else:
        assert answer.status_code == 200
        assert b'id="case-story"' in answer.content
        assert "tingsu:done" in answer["HX-Trigger"]


EMPTY: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("note", "甲", "", {"text": " "}, "text"),
    ("contact", "甲", "", {"text": ""}, "text"),
    ("restate", "甲", "", {"text": "", "confirmed": "yes"}, "text"),
    ("promise", "甲", "", {"content": "回电", "due_at": "2020-01-01T10:00"}, "due_at"),
    ("promise", "甲", "", {"content": "回电", "due_at": "明天"}, "due_at"),
    ("reply", "甲", "", {"text": ""}, "text"),
    ("task", "甲", "", {"content": "查", "department": ""}, "department"),
    ("escalate", "甲", "", {"to": "", "reason": "要快"}, "to"),
    ("assign", "丁", "", {"to": "", "reason": "请办"}, "to"),
    ("complete", "甲", "", {"missing": "发票", "due_at": ""}, "due_at"),
    ("confirm", "甲", "confirming", {"agreed": "no", "text": ""}, "text"),
    ("withdraw", "甲", "", {"reason": ""}, "reason"),
    ("transfer", "丁", "", {"unit": "", "reason": "归他们管"}, "unit"),
    ("close", "甲", "investigating", {"reason": "就这样"}, "verdict"),
    ("watch", "甲", "", {"kind": "other", "reason": "多次", "expires_on": "2020-01-01"},
     "expires_on"),
    ("merge", "甲", "", {"other": "TS-19990101-0001", "reason": "像是同一件"}, "other"),
]  # fmt: skip


@pytest.mark.parametrize("way", ["plain", "htmx"])
@pytest.mark.parametrize(
    "trial", [Trial(*row) for row in EMPTY], ids=lambda trial: f"{trial.step}-{trial.then}"
)
def test_refusal_stands_at_its_field_and_keeps_the_text(
    own: Case, post: Any, way: str, trial: Trial
) -> None:
    if trial.begins:
        stand(own, trial.begins)
    before = kinds(own)
    htmx = "step" if way == "htmx" else ""
    answer = post(own, trial.step, by=trial.by, htmx=htmx, **trial.data)
    assert answer.status_code == 422
    assert kinds(own) == before
    html = answer.content.decode()
    assert f"{trial.step}_{trial.then}_error" in html
    assert all(value in html for value in trial.data.values() if value.strip())
    assert ("<html" in html) == (way == "plain")


def test_composer_gets_its_own_part_back(own: Case, post: Any) -> None:
    refused = post(own, "note", htmx="body-note", text="").content.decode()
    assert "note_text_error" in refused
    assert "dialog-head" not in refused
    taken = post(own, "note", htmx="body-note", text="第一条").content.decode()
    assert "第一条" in taken  # in the story
    assert 'name="text"' in taken  # and an empty form


def test_a_fresh_form_has_a_fresh_key(own: Case, post: Any) -> None:
    """Else the second note of the afternoon would count as a double click on the first."""
    html = post(own, "note", htmx="body-note", text="一", ik="a" * 32).content.decode()
    assert "a" * 32 not in html


@pytest.mark.parametrize("way", ["", "step"])
def test_sent_twice_is_done_once(own: Case, post: Any, way: str) -> None:
    for _n in range(2):
        answer = post(own, "note", htmx=way, text="只有一次", ik="b" * 32)
        assert answer.status_code in (200, 303)
    assert kinds(own).count("note") == 1


@pytest.mark.parametrize("way", ["", "body-reply"])
def test_the_second_writer_is_told_and_loses_nothing(
    house: House, own: Case, post: Any, way: str
) -> None:
    seen = own.version
    facts.change(own, house.actor("丁"), now(), values={"product": "电梯"})
    answer = post(own, "reply", htmx=way, text="写了很久的回复", version=seen, ik="c" * 32)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "又有新的变化" in html
    assert "更正事实" in html
    assert "丁" in html
    assert "写了很久的回复" in html
    own.refresh_from_db()
    assert f'name="version" value="{own.version}"' in html
    again = post(own, "reply", htmx=way, text="写了很久的回复", version=own.version, ik="c" * 32)
    assert again.status_code in (200, 303)
    assert Letter.objects.get(case=own, kind="interim").body == "写了很久的回复"


def test_a_note_never_goes_stale(house: House, own: Case, post: Any) -> None:
    seen = own.version
    facts.change(own, house.actor("丁"), now(), values={"product": "电梯"})
    assert post(own, "note", text="还是要记", version=seen).status_code == 303


@pytest.mark.parametrize("step", ALL, ids=lambda step: step.name)
def test_every_step_has_its_right_and_its_page(house: House, own: Case, step: Any) -> None:
    outsider = signed_in(make_outsider()["丁"])
    url = f"/cases/{own.id}/{step.name.replace('_', '-')}/"
    assert outsider.get(url).status_code == 404
    assert outsider.post(url, {"text": "x"}).status_code == 404
    assert signed_in(house["管理员"]).post(url, {"text": "x"}).status_code == 403
    asked = signed_in(house["丁"]).get(url)
    assert asked.status_code == 200
    assert f'action="{url}"' in asked.content.decode()
    part = signed_in(house["丁"]).get(url, headers={"HX-Request": "true", "HX-Target": "step"})
    assert "<html" not in part.content.decode()
    before = kinds(own)
    refused = signed_in(house["审计"]).post(url, {"text": "x"})
    assert refused.status_code == 403
    assert kinds(own) == before


def test_reception_records_but_does_not_handle(own: Case, post: Any) -> None:
    assert post(own, "contact", by="接待", text="客户来电催问").status_code == 303
    assert post(own, "promise", by="接待", content="x", due_at=in_days(1)).status_code == 403


def test_a_likely_category_is_taken_by_one_press(house: House) -> None:
    case = make_case(house, by="甲", narrative="电梯一周停了三次，老人被关在电梯里没人应")
    client = signed_in(house["甲"])
    page = client.get(f"/cases/{case.id}/").content.decode()
    assert 'name="row" value="facility.lift"' in page
    url = f"/cases/{case.id}/category/"
    assert client.post(url, {"row": "facility.lift", "ik": "1" * 32}).status_code in (302, 303)
    assert fresh(case).category == "facility.lift"
    assert "facts_changed" in kinds(case)
    assert 'value="facility.lift"' not in client.get(f"/cases/{case.id}/").content.decode()


def test_a_made_up_category_is_refused(house: House) -> None:
    case = make_case(house, by="甲")
    answer = signed_in(house["甲"]).post(f"/cases/{case.id}/category/", {"row": "nonsense"})
    assert answer.status_code == 422
    assert fresh(case).category == ""
