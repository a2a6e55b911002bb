"""The calendar in a browser: a year, what is due, a notice from text to moved clocks (HA-14)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases.test_new_calendar import KNOWN, NOTICE
from factories import House, make_case, make_house, make_outsider, signed_in
from tingsu.cases.actions import calendar
from tingsu.cases.models import CalendarNotice, Clock
from tingsu.core.calendar import Calendar
from tingsu.people.rulebook import case_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def head(house: House) -> Client:
    return signed_in(house["丁"])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def worked_off(at: datetime) -> None:
    while calendar.sweep(at):
        pass


def proposed(client: Client, notice: str = NOTICE) -> CalendarNotice:
    answer = client.post(reverse("calendar_new"), {"text": notice})
    assert answer.status_code == 303
    found = CalendarNotice.objects.get()
    worked_off(found.made_at)
    return found


def days_of(house: House) -> Calendar:
    return case_pack(make_case(house)).calendar


def test_a_year_shows_days_off_days_made_up_and_its_source(house: House) -> None:
    page = text(signed_in(house["甲"]).get(reverse("calendar"), {"year": "2026"}))
    assert "10 月 1 日–10 月 7 日" in page
    assert "10 月 10 日上班" in page
    assert "国办发明电〔2025〕7号" in page
    assert "营业时间" in page


def test_a_year_without_a_notice_says_so(house: House) -> None:
    client = signed_in(house["管理员"])  # sees no cases
    assert "还没有公布" in text(client.get(reverse("calendar"), {"year": "2027"}))
    for odd in ("0", "99999", "二〇", "-1"):
        assert client.get(reverse("calendar"), {"year": odd}).status_code == 200


def test_what_is_due_leads_to_the_cases_of_that_day(house: House) -> None:
    case = make_case(house, by="甲", at=datetime.now().astimezone())
    nearest = Clock.objects.filter(case=case).order_by("due_at")[0]
    day = case_pack(case).calendar.day_of(nearest.due_at)
    client = signed_in(house["甲"])
    listed = reverse("calendar_day", args=[day.year, day.month, day.day])
    assert listed in text(client.get(reverse("calendar"), {"year": str(day.year)}))
    shown = text(client.get(listed))
    assert case.number in shown
    assert case_pack(case).clock_label(nearest.rule) in shown
    assert case.number not in text(signed_in(house["乙"]).get(listed, {"queue": "mine"}))
    assert case.number not in text(signed_in(make_outsider()["丁"]).get(listed))


def test_a_day_that_is_none_is_not_there(head: Client) -> None:
    assert head.get(reverse("calendar_day", args=[2026, 2, 30])).status_code == 404


def test_a_year_costs_the_same_whatever_is_due(
    house: House, head: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("calendar")
    head.get(url)
    with django_assert_num_queries(8):
        head.get(url)
    for n in range(12):
        make_case(house, at=datetime.now().astimezone(), phone=f"1390000{n:04}")
    with django_assert_num_queries(8):
        head.get(url)


def test_a_notice_from_text_to_moved_clocks(house: House, head: Client) -> None:
    case = make_case(house, by="甲", pack="general", at=datetime(2026, 12, 28, 2).astimezone())
    notice = proposed(head)
    shown = text(head.get(reverse("calendar_notice", args=[notice.id])))
    assert case.number in shown
    assert "2027-01-07" in shown
    assert "2027-01-09" in shown
    assert head.post(reverse("calendar_apply", args=[notice.id])).status_code == 303
    notice.refresh_from_db()
    progress = head.get(reverse("calendar_progress", args=[notice.id]))
    assert "<progress" in text(progress)
    assert notice.applied_at
    worked_off(notice.applied_at + timedelta(seconds=KNOWN))
    assert head.get(reverse("calendar_progress", args=[notice.id]))["HX-Refresh"] == "true"
    assert "已采用" in text(head.get(reverse("calendar_notice", args=[notice.id])))
    row = Clock.objects.get(case=case, rule="cn.cpl.dept")
    assert str(days_of(house).day_of(row.due_at)) == "2027-01-09"
    story = text(head.get(reverse("case", args=[case.id])))
    assert "放假安排更新，时限重算" in story


def test_a_notice_as_a_file_is_the_same(house: House, head: Client) -> None:
    from io import BytesIO

    file = BytesIO(b"\xef\xbb\xbf" + NOTICE.replace("\n", "\r\n").encode())
    file.name = "2027.toml"
    answer = head.post(reverse("calendar_new"), {"text": "", "file": file})
    assert answer.status_code == 303
    assert CalendarNotice.objects.get().years == [2027]


def test_what_is_wrong_is_said_by_line_and_nothing_typed_is_lost(head: Client) -> None:
    bad = NOTICE.replace('"new_year"', '"neu"')
    answer = head.post(reverse("calendar_new"), {"text": bad})
    assert answer.status_code == 422
    assert "第 7 行" in text(answer)
    assert "name = &quot;neu&quot;" in text(answer)
    assert not CalendarNotice.objects.exists()


def test_the_list_is_filtered_by_clock(house: House, head: Client) -> None:
    make_case(house, by="甲", pack="general", at=datetime(2026, 12, 28, 2).astimezone())
    url = reverse("calendar_notice", args=[proposed(head).id])
    assert text(head.get(url)).count("<tr>") == 3
    assert text(head.get(url, {"rule": "cn.cpl.dept"})).count("<tr>") == 2
    assert text(head.get(url, {"rule": "nonsense", "after": "x"})).count("<tr>") == 3


def test_a_notice_that_was_dropped_says_so(house: House, head: Client) -> None:
    notice = proposed(head)
    head.post(reverse("calendar_drop", args=[notice.id]))
    again = head.post(reverse("calendar_apply", args=[notice.id]), follow=True)
    assert "已经采用或放弃了" in text(again)


def test_notices_of_another_house_are_not_there(head: Client) -> None:
    notice = proposed(head)
    theirs = signed_in(make_outsider()["丁"])
    assert theirs.get(reverse("calendar_notice", args=[notice.id])).status_code == 404
    assert theirs.post(reverse("calendar_apply", args=[notice.id])).status_code == 404
