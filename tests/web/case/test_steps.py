"""Every step over HTTP: taken, refused with the text kept, stale, sent twice, not allowed."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.timezone import now

from factories import House, make_case, make_outsider, signed_in
from tingsu.cases.actions import assign, facts, promise, task, watch
from tingsu.cases.models import Attachment, Case, Clock, Letter, Link, Promise, Task, WatchEntry
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


def test_take(house: House, case: Case, post: Any) -> None:
    assert post(case, "take").status_code == 303
    case.refresh_from_db()
    assert case.owner_id == house["甲"].id
    again = post(case, "take", by="丁", htmx="step", ik="f" * 32)
    assert again.status_code == 422
    assert "已有承办人" in again.content.decode()


def test_given_away_leads_to_the_desk(house: House, own: Case, post: Any) -> None:
    assign.assign(own, house.actor("丁"), now(), to=house["主管"])
    Case.objects.filter(id=own.id).update(received_by=None)
    answer = post(own, "assign", by="主管", to=f"m:{house['乙'].id}")
    assert answer.status_code == 303
    assert answer["Location"] == "/desk/"
    own.refresh_from_db()
    assert own.owner_id == house["乙"].id


def test_promise_kept_moved_broken(house: House, own: Case, post: Any) -> None:
    rows = []
    for n in range(3):
        promise.promise(own, house.actor("甲"), now(), content=f"回电{n}", due_at=now())
        rows.append(Promise.objects.get(case=own, content=f"回电{n}"))
    post(own, "promise_keep", row=rows[0].id)
    post(own, "promise_move", row=rows[1].id, reason="客户改时间", due_at=in_days(2))
    assert post(own, "promise_broken", row=rows[2].id, reason="").status_code == 422
    post(own, "promise_broken", row=rows[2].id, reason="忘了")
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["kept", "moved", "broken"]
    late = post(own, "promise_keep", htmx="step", row=rows[0].id, ik="d" * 32)
    assert late.status_code == 422
    assert "已经有结果" in late.content.decode()
    assert post(own, "promise_keep", row="nonsense").status_code == 422


def test_task_asked_answered_returned_accepted(house: House, own: Case, post: Any) -> None:
    post(own, "task", content="查记录", department=house.second.id, due_at=in_days(2))
    row = Task.objects.get(case=own)
    assert post(own, "task_answer", by="乙", row=row.id, text="查过了").status_code == 303
    post(own, "task_return", row=row.id, reason="缺时间", due_at=in_days(1))
    row.refresh_from_db()
    assert (row.state, row.returned) == ("open", 1)
    post(own, "task_answer", by="被投诉", row=row.id, text="15:40 到 16:01")
    post(own, "task_accept", row=row.id)
    row.refresh_from_db()
    assert (row.state, row.answer) == ("accepted", "15:40 到 16:01")


def test_task_is_answered_by_those_who_were_asked(house: House, own: Case, post: Any) -> None:
    for department in (house.second, house.centre):
        task.ask(
            own, house.actor("甲"), now(), department=department, content="查",
            due_at=now() + timedelta(days=1),
        )  # fmt: skip
    others = Task.objects.get(case=own, department=house.centre)
    answer = post(own, "task_answer", by="被投诉", row=others.id, text="代答")
    assert answer.status_code == 404
    others.refresh_from_db()
    assert others.state == "open"


def test_reply_waits_can_be_taken_back_and_comes_back(house: House, own: Case, post: Any) -> None:
    sent = post(own, "reply", htmx="body-reply", text="写错了的信", version=own.version)
    assert 'data-undo="' in sent.content.decode()
    letter = Letter.objects.get(case=own, kind="interim")
    back = post(own, "take_back", htmx="step", row=letter.id)
    html = back.content.decode()
    assert '<div id="body-reply"' in html
    assert "写错了的信</textarea>" in html
    assert "tingsu:compose" in back["HX-Trigger"]
    assert 'data-undo="' not in html
    letter.refresh_from_db()
    assert letter.state == "taken_back"


def test_taken_back_without_scripts(house: House, own: Case, post: Any) -> None:
    post(own, "reply", text="写错了的信", version=own.version)
    letter = Letter.objects.get(case=own, kind="interim")
    back = post(own, "take_back", row=letter.id)
    html = signed_in(house["甲"]).get(back["Location"]).content.decode()
    assert "写错了的信</textarea>" in html


def test_too_late_to_take_back(own: Case, post: Any) -> None:
    post(own, "reply", text="已经走了", version=own.version)
    letter = Letter.objects.get(case=own, kind="interim")
    Letter.objects.filter(id=letter.id).update(state="sent", sent_at=now())
    answer = post(own, "take_back", htmx="step", row=letter.id)
    assert answer.status_code == 422
    assert "来不及撤回" in answer.content.decode()


def test_closing_says_what_is_missing_and_where(house: House, own: Case, post: Any) -> None:
    stand(own, "investigating")
    promise.promise(own, house.actor("甲"), now(), content="回电", due_at=now())
    row = Promise.objects.get(case=own)
    form = signed_in(house["甲"]).get(f"/cases/{own.id}/close/").content.decode()
    assert f"/cases/{own.id}/#promise-{row.id}" in form
    refused = post(own, "close", verdict="founded", reason="办好了")
    assert refused.status_code == 422
    assert "还没兑现的承诺" in refused.content.decode()
    post(own, "promise_keep", row=row.id)
    post(own, "close", verdict="founded", reason="办好了")
    own.refresh_from_db()
    assert (own.state, own.verdict) == ("closed", "founded")
    post(own, "archive", by="丁", reason="材料齐全")
    post(own, "reopen", by="丁", reason="客户又来")
    own.refresh_from_db()
    assert (own.state, own.round) == ("accepted", 2)


def test_link_unlink_merge_unmerge_tell_apart(house: House, own: Case, post: Any) -> None:
    other = make_case(house, at=now())
    url = f"/cases/{own.id}/"
    assert "可能是同一件事" in signed_in(house["甲"]).get(url).content.decode()
    post(own, "link", other=other.number.lower(), kind="repeat")
    assert Link.objects.get(case=own, undone_at=None).kind == "repeat"
    post(own, "unlink", other=other.number)
    assert not Link.objects.filter(undone_at=None).exists()
    post(own, "tell_apart", other=other.number)
    assert "可能是同一件事" not in signed_in(house["甲"]).get(url).content.decode()
    post(own, "merge", other=other.number, reason="同一件", version=own.version + 9)
    own.refresh_from_db()
    assert own.merged_into_id == other.id
    html = signed_in(house["甲"]).get(url).content.decode()
    assert f'href="/cases/{other.id}/"' in html
    post(own, "unmerge", reason="不是一件")
    own.refresh_from_db()
    assert own.open


def test_watch_needs_two_persons(house: House, own: Case, post: Any) -> None:
    watch.propose(
        own, house.actor("丁"), timezone.localtime(now()), kind="other", reason="多次骚扰",
        expires_on=(now() + timedelta(days=20)).date(),
    )  # fmt: skip
    row = WatchEntry.objects.get()
    same = post(own, "watch_approve", by="丁", row=row.id)
    assert same.status_code == 422
    assert "另一位批准" in same.content.decode()
    WatchEntry.objects.filter(id=row.id).update(proposed_by=house["甲"])
    post(own, "watch_approve", by="丁", row=row.id, ik="e" * 32)
    row.refresh_from_db()
    assert row.approved_by_id == house["丁"].id
    html = signed_in(house["甲"]).get(f"/cases/{own.id}/").content.decode()
    assert "多次骚扰" in html
    post(own, "watch_end", by="丁", row=row.id, reason="已改正")
    row.refresh_from_db()
    assert row.ended_at


def test_clock_is_paused_for_a_cause_and_resumed(house: House, own: Case, post: Any) -> None:
    row = Clock.objects.filter(case=own).first()
    assert row
    refused = post(own, "pause", row=row.id, cause="天气不好")
    assert refused.status_code == 422
    explanation = row.explanation
    explanation["rule"]["pauses"] = ["testing"]
    Clock.objects.filter(id=row.id).update(explanation=explanation)
    html = signed_in(house["甲"]).get(f"/cases/{own.id}/").content.decode()
    assert "暂停：鉴定、检测" in html
    assert post(own, "pause", row=row.id, cause="testing").status_code == 303
    row.refresh_from_db()
    assert row.state == "paused"
    post(own, "resume", row=row.id)
    row.refresh_from_db()
    assert row.state == "running"


def test_files_are_kept_and_only_downloaded(house: House, own: Case, post: Any) -> None:
    post(own, "note", text="见附件", files=SimpleUploadedFile("电梯.png", PNG))
    row = Attachment.objects.get(case=own)
    url = f"/cases/{own.id}/files/{row.id}/"
    answer = signed_in(house["甲"]).get(url)
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/png"
    assert signed_in(house["乙"]).get(url).status_code == 404
    bad = post(own, "attach", files=SimpleUploadedFile("a.exe", b"MZ" + b"0" * 9))
    assert bad.status_code == 422
    assert "可以运行的程序" in bad.content.decode()
    assert post(own, "attach").status_code == 422
    shown = post(own, "attach", files=SimpleUploadedFile("b.png", PNG + b"1"), public="on")
    assert shown.status_code == 303
    assert Attachment.objects.get(name="b.png").public


def test_a_missing_blob_is_a_kind_page_for_that_file_alone(
    house: House, own: Case, post: Any
) -> None:
    post(own, "note", text="见附件", files=SimpleUploadedFile("电梯.png", PNG + b"gone"))
    row = Attachment.objects.get(case=own)
    Attachment.objects.filter(id=row.id).update(stored_as="no/where")
    browser = signed_in(house["甲"])
    answer = browser.get(f"/cases/{own.id}/files/{row.id}/")
    assert answer.status_code == 404
    assert "文件不在了" in answer.content.decode()
    assert "电梯.png" in browser.get(f"/cases/{own.id}/").content.decode()


def test_facts_without_a_change_are_refused_kindly(own: Case, post: Any) -> None:
    same = {"title": own.title, "narrative": own.narrative.replace("\n", "\r\n")}
    answer = post(own, "facts", nature=own.nature, severity=own.severity, **same)
    assert answer.status_code == 422
    assert "没有改动" in answer.content.decode()


def test_contact_details_are_replaced_without_being_shown(
    house: House, own: Case, post: Any
) -> None:
    form = signed_in(house["甲"]).get(f"/cases/{own.id}/party/").content.decode()
    assert "13800001234" not in form
    post(own, "party", name="王小明", clear="phone")
    own.refresh_from_db()
    assert own.party
    assert own.party.phone == ""


def test_a_merged_case_sends_contacts_to_the_main_one(house: House, own: Case, post: Any) -> None:
    main = make_case(house, at=now())
    post(own, "merge", other=main.number)
    assert post(own, "contact", text="又来电").status_code == 303
    assert "contact" in kinds(main)
