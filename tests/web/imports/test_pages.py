"""The pages of an import, from the file to the result (IN-11)."""

import io
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories import House, later, make_case, make_outsider, signed_in
from import_files import ROWS, csv_bytes
from tingsu.cases.models import Case
from tingsu.channels.file import jobs, sweep
from tingsu.channels.models import ImportJob

BAD = ("B-1", "2099-01-01", "孙七", "13900001111", "", "太晚", "")


@pytest.fixture
def head(house: House) -> Client:
    return signed_in(house["丁"])


def post(client: Client, route: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(route, args=args), data)


def uploaded(client: Client, file: io.BytesIO, name: str = "投诉.csv") -> Any:
    file.name = name
    return post(client, "import_new", file=file)


def draft_of(client: Client, file: io.BytesIO) -> ImportJob:
    answer = uploaded(client, file)
    assert answer.status_code == 303
    return ImportJob.objects.get(id=UUID(answer.url.split("/")[-2]))


def page(client: Client, job: ImportJob) -> str:
    return text_of(client.get(reverse("import_job", args=[job.id])))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def worked_off() -> None:
    while sweep(later(hours=1)):
        pass


def test_a_file_from_upload_to_result(head: Client, house: House) -> None:
    job = draft_of(head, csv_bytes([*ROWS, BAD], encoding="gb18030"))
    draft = page(head, job)
    assert "前 4 行会变成这样" in draft
    assert "2019-04-24 周三 16:03" in draft
    assert "¥1,280.00" in draft
    assert "1 行不能导入" in draft
    assert "GB18030" in draft

    answer = post(head, "import_start", job.id, name="旧系统")
    assert answer.status_code == 303
    running = page(head, job)
    assert "<progress" in running
    assert reverse("import_progress", args=[job.id]) in running
    progress = head.get(reverse("import_progress", args=[job.id]))
    assert "0 / 4" in text_of(progress)

    worked_off()
    over = head.get(reverse("import_progress", args=[job.id]))
    assert over.headers["HX-Refresh"] == "true"
    result = page(head, job)
    assert "这个时间还没到" in result
    assert Case.objects.get(source_ref="A-2").number in result
    told = head.get(reverse("import_refused", args=[job.id]))
    assert told.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = b"".join(told.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[1].startswith("5,投诉时间,这个时间还没到，请核对。,B-1")
    listed = text_of(head.get(reverse("imports")))
    assert "投诉.csv" in listed
    assert "旧系统" in listed


def test_the_next_file_is_recognised(head: Client) -> None:
    job = draft_of(head, csv_bytes([("一", "坏了")], ("甲", "乙")))
    post(head, "import_start", job.id, name="旧系统", **{"column-1": "narrative"})
    answer = uploaded(head, csv_bytes([("二", "又坏了")], ("甲", "乙")))
    shown = text_of(head.get(answer.url))
    assert "认出了以前用过的列对应关系「旧系统」" in shown
    assert "又坏了" in shown


def test_another_choice_shows_another_preview(head: Client, house: House) -> None:
    job = draft_of(head, csv_bytes())
    address = reverse("import_columns", args=[job.id])
    part = head.post(address, {"column-2": "respondent_unit"}, headers={"HX-Request": "true"})
    text = text_of(part)
    assert "<html" not in text
    assert 'id="preview"' in text
    job.refresh_from_db()
    assert job.columns["姓名"] == "respondent_unit"
    whole = head.post(address, {"column-2": "name"})
    assert "<html" in text_of(whole)


def test_columns_that_make_no_complaint_come_back_with_words(head: Client) -> None:
    job = draft_of(head, csv_bytes())
    nothing = {f"column-{n}": "" for n in range(len(job.headers))}
    answer = post(head, "import_start", job.id, **nothing)
    assert answer.status_code == 422
    assert "请指出哪一列是事实经过" in text_of(answer)
    job.refresh_from_db()
    assert job.state == "draft"


def test_open_cases_go_to_the_chosen_department_and_pack(head: Client, house: House) -> None:
    job = draft_of(head, csv_bytes())
    post(head, "import_start", job.id, queue=str(house.second.id), pack="telecom")
    worked_off()
    case = Case.objects.get(source_ref="A-1")
    assert (case.queue, case.pack) == (house.second, "telecom")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"%PDF-1.4", "PDF"),
        (b"<html>", "网页"),
        (b"PK\x03\x04 broken", "打不开"),
        ("编号,内容\n".encode(), "只有表头"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(
    head: Client, content: bytes, words: str
) -> None:
    answer = uploaded(head, io.BytesIO(content))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not ImportJob.objects.exists()


def test_without_a_file_we_ask_for_one(head: Client) -> None:
    answer = post(head, "import_new")
    assert answer.status_code == 422
    assert "请先选择文件" in text_of(answer)


def test_a_file_beyond_the_limit_is_named(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("tingsu.web.imports.uploads", "tingsu.channels.file.readers"):
        monkeypatch.setattr(f"{place}.MOST_BYTES", 1000)
    answer = uploaded(head, csv_bytes(ROWS * 20))
    assert answer.status_code == 422
    assert "最多 0 MB" in text_of(answer)


def test_longer_than_other_uploads_is_fine_here(head: Client, settings: Any) -> None:
    settings.FILE_LIMIT = 100
    assert uploaded(head, csv_bytes()).status_code == 303


def test_without_the_token_nothing_is_taken(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(house["丁"].user, backend=backend)
    assert uploaded(client, csv_bytes()).status_code == 403
    assert not ImportJob.objects.exists()


def test_stop_and_go_on(head: Client) -> None:
    job = draft_of(head, csv_bytes())
    post(head, "import_start", job.id)
    post(head, "import_stop", job.id)
    assert "还有 3 条没有读" in page(head, job)
    post(head, "import_start", job.id)
    worked_off()
    assert Case.objects.count() == 3


def test_dropping_a_draft_deletes_it(head: Client) -> None:
    job = draft_of(head, csv_bytes())
    assert post(head, "import_drop", job.id).status_code == 303
    assert not ImportJob.objects.exists()


def test_starting_twice_is_once(head: Client) -> None:
    job = draft_of(head, csv_bytes())
    post(head, "import_start", job.id)
    assert post(head, "import_start", job.id).status_code == 303
    worked_off()
    assert Case.objects.count() == 3


def test_a_mapping_can_be_forgotten(head: Client, house: House) -> None:
    job = draft_of(head, csv_bytes())
    post(head, "import_start", job.id)
    (mapping,) = jobs.mappings(house.organisation.id)
    post(head, "import_forget", mapping.id)
    assert jobs.mappings(house.organisation.id) == []


@pytest.mark.parametrize("name", ["甲", "接待", "督查", "审计", "被投诉", "培训师"])
def test_only_those_who_may_import(house: House, name: str) -> None:
    assert signed_in(house[name]).get(reverse("imports")).status_code == 403


def test_an_import_of_another_organisation_is_not_there(head: Client) -> None:
    job = draft_of(head, csv_bytes())
    outsider = signed_in(make_outsider()["丁"])
    for route in ("import_job", "import_progress", "import_refused"):
        assert outsider.get(reverse(route, args=[job.id])).status_code == 404
    for route in ("import_start", "import_stop", "import_drop", "import_columns"):
        assert post(outsider, route, job.id).status_code == 404


def test_an_administrator_sees_own_files_but_not_those_of_others(
    head: Client, house: House
) -> None:
    job = draft_of(head, csv_bytes([*ROWS, BAD]))
    admin = signed_in(house["管理员"])
    assert admin.get(reverse("import_job", args=[job.id])).status_code == 403
    post(head, "import_start", job.id)
    worked_off()
    shown = page(admin, job)
    assert "没能导入的行" in shown
    assert reverse("import_refused", args=[job.id]) not in shown
    assert Case.objects.first().title not in shown  # type: ignore[union-attr]
    assert admin.get(reverse("import_refused", args=[job.id])).status_code == 403
    own = draft_of(admin, csv_bytes())
    assert "前 3 行会变成这样" in page(admin, own)


def test_what_is_in_the_file_is_only_text(head: Client) -> None:
    rows = [("<script>alert(1)</script>", "<b>坏了</b>")]
    shown = page(head, draft_of(head, csv_bytes(rows, ("姓名", "内容<i>"))))
    assert "<script>alert" not in shown
    assert "<b>坏了" not in shown
    assert "内容<i>" not in shown


def test_the_list_costs_the_same_for_many(
    head: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        draft_of(head, csv_bytes([(str(number), "坏了")], ("编号", f"内容{number}")))
    head.get(reverse("imports"))
    with django_assert_max_num_queries(10):
        head.get(reverse("imports"))


def test_the_result_shows_the_cases_of_this_import_alone(head: Client, house: House) -> None:
    other = make_case(house)
    job = draft_of(head, csv_bytes())
    post(head, "import_start", job.id)
    worked_off()
    shown = page(head, job)
    assert other.number not in shown
    assert Case.objects.get(source_ref="A-1").number in shown
