"""Steps with something of their own: take, promises, tasks, letters, the end, ties, files."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.timezone import now

from factories import House, make_case, signed_in
from tingsu.cases.actions import assign, promise, task, watch
from tingsu.cases.models import Attachment, Case, Clock, Letter, Link, Promise, Task, WatchEntry

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


@pytest.mark.parametrize(("pack", "same"), [("hotel", True), ("auto", False), ("general", True)])
def test_another_trade_is_another_matter(house: House, pack: str, same: bool) -> None:
    own = make_case(house, by="甲", at=now(), pack="hotel")
    make_case(house, at=now(), pack=pack)
    page = signed_in(house["甲"]).get(f"/cases/{own.id}/").content.decode()
    assert ("可能是同一件事" in page) is same


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
