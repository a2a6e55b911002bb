"""A unit that was asked sees the question and the facts, and nobody's personal data (PL-1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, signed_in
from tingsu.cases.actions import note, task
from tingsu.cases.models import Case, Task


@pytest.fixture
def asked(house: House, own: Case) -> Case:
    """甲 has asked the department of 乙 and of the respondent's member."""
    Case.objects.filter(id=own.id).update(title="王小明说电梯停了三次", product="三号楼电梯")
    own.refresh_from_db()
    by = house.actor("甲")
    note.note(own, by, now(), text="只给自己人看的话")
    task.ask(
        own, by, now(), department=house.second, due_at=now() + timedelta(days=2),
        content="王小明（13800001234）说电梯停了三次，请查维保记录",
    )  # fmt: skip
    task.ask(
        own, by, now(), department=house.centre, due_at=now() + timedelta(days=2),
        content="问别的部门的事",
    )  # fmt: skip
    return own


@pytest.mark.parametrize("name", ["被投诉", "乙"])
def test_what_is_asked_and_nothing_else(house: House, asked: Case, name: str) -> None:
    html = signed_in(house[name]).get(f"/cases/{asked.id}/").content.decode()
    assert "请查维保记录" in html
    assert "三号楼电梯" in html
    for hidden in ("王小明", "13800001234", "只给自己人看的话", "问别的部门的事", "/look/"):
        assert hidden not in html


@pytest.mark.parametrize("htmx", ["", "step"])
def test_the_answer_reaches_the_owner(house: House, asked: Case, post: Any, htmx: str) -> None:
    row = Task.objects.get(case=asked, department=house.second)
    answer = post(asked, "task_answer", by="被投诉", htmx=htmx, row=row.id, text="门机过热")
    assert answer.status_code == (200 if htmx else 303)
    row.refresh_from_db()
    assert row.answer == "门机过热"
    html = signed_in(house["甲"]).get(f"/cases/{asked.id}/").content.decode()
    assert "门机过热" in html


def test_an_empty_answer_is_refused_on_a_page_without_personal_data(
    house: House, asked: Case, post: Any
) -> None:
    row = Task.objects.get(case=asked, department=house.second)
    answer = post(asked, "task_answer", by="被投诉", row=row.id, text="")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "task_answer_text_error" in html
    assert "王小明" not in html


@pytest.mark.parametrize("page", ["register", "sheet", "note", "contact"])
def test_the_rest_is_closed(house: House, asked: Case, page: str) -> None:
    answer = signed_in(house["被投诉"]).get(f"/cases/{asked.id}/{page}/")
    assert answer.status_code in (403, 404)
