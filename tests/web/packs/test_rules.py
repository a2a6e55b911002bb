"""The rules of a pack in the browser: read, changed by two, taken away and brought back (PL-5)."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from factories import House, make_outsider, signed_in
from tingsu.packs import load
from tingsu.packs.parts import PARTS
from tingsu.people.models import RuleChange
from tingsu.people.rulebook import pack_of

SILENCE = "/rules/property/pack/silence/change/?entry="


@pytest.fixture
def head(house: House) -> Client:
    return signed_in(house["丁"])


@pytest.fixture
def admin(house: House) -> Client:
    return signed_in(house["管理员"])


def in_days(days: int) -> date:
    return localdate() + timedelta(days=days)


def ask(client: Client, since: date | None = None, **more: str) -> RuleChange:
    """Propose a silence of three working days, from a week ahead."""
    since = since or in_days(7)
    told = {"n": "3", "unit": "wd", "since": str(since), "reason": "人手不够", "source": "公司发文"}
    answer = client.post(SILENCE, told | more)
    assert answer.status_code == 303, answer.text
    return RuleChange.objects.latest("id")


@pytest.mark.parametrize("part", [part.file.removesuffix(".toml") for part in PARTS])
def test_everyone_signed_in_reads_every_part(house: House, part: str) -> None:
    client = signed_in(house["甲"])
    assert client.get(f"/rules/telecom/{part}/").status_code == 200


def test_a_clock_says_what_applies_since_when_and_by_which_source(house: House) -> None:
    page = signed_in(house["甲"]).get("/rules/general/clocks/").text
    assert "收到投诉起，7 个工作日内" in page
    assert "令121 第15条" in page
    assert "2026-04-15 周三 起" in page
    assert "还有 1 个时期" in page
    assert "待核" in page
    assert "/change/" not in page  # a handler only reads


def test_the_calendar_marks_the_years_that_nobody_knows_yet(house: House) -> None:
    client = signed_in(house["甲"])
    known = client.get("/rules/general/calendar/?year=2026").text
    assert "2026-10-01 周四 – 2026-10-07 周三" in known
    assert "2026-10-10 周六" in known  # worked instead
    assert "暂定" not in known
    assert "暂定" in client.get("/rules/general/calendar/?year=2030").text


def test_a_pack_of_others_is_not_there(house: House) -> None:
    assert signed_in(house["甲"]).get("/rules/bank/clocks/").status_code == 404
    change = ask(signed_in(house["丁"]))
    stranger = signed_in(make_outsider()["丁"])
    assert stranger.get(f"/rules/property/changes/{change.id}/").status_code == 404


def test_a_change_is_proposed_by_one_and_signed_by_another(
    house: House, head: Client, admin: Client
) -> None:
    change = ask(head, in_days(0))
    url = f"/rules/property/changes/{change.id}/"
    assert pack_of(house.organisation.id, "property").silence.n == 1
    own = head.post(f"{url}sign/")
    assert own.status_code == 422
    assert "提出的人不能自己签批" in own.text
    page = admin.get(url).text
    assert "人手不够" in page
    assert "公司发文" in page
    assert admin.post(f"{url}sign/").status_code == 303
    assert pack_of(house.organisation.id, "property").silence.n == 3
    assert "本机构修改" in head.get("/rules/property/pack/").text
    assert admin.post(f"{url}sign/").status_code == 422  # once is enough


def test_the_difference_is_shown_in_words_and_as_written(head: Client) -> None:
    change = ask(head)
    page = head.get(f"/rules/property/changes/{change.id}/").text
    assert "<td>1 个工作日</td><td>3 个工作日</td>" in page
    assert "[[silence]]" in page
    assert f"since = {in_days(7)}" in page
    assert f"since = {load('property').silences[0].since}" in page  # what it was


def test_a_signed_change_can_be_revoked_before_its_day_alone(
    house: House, head: Client, admin: Client
) -> None:
    for since, status, state in ((in_days(7), 303, "revoked"), (in_days(0), 422, "signed")):
        change = ask(head, since)
        url = f"/rules/property/changes/{change.id}/"
        admin.post(f"{url}sign/")
        assert head.post(f"{url}revoke/", {"note": "太早"}).status_code == status
        change.refresh_from_db()
        assert change.state == state


def test_a_refused_change_keeps_its_reason_and_never_holds(
    house: House, head: Client, admin: Client
) -> None:
    change = ask(head, in_days(0))
    url = f"/rules/property/changes/{change.id}/"
    assert admin.post(f"{url}refuse/", {"note": ""}).status_code == 422
    assert admin.post(f"{url}refuse/", {"note": "客户等不了"}).status_code == 303
    assert "客户等不了" in head.get(url).text
    assert admin.post(f"{url}sign/").status_code == 422
    assert pack_of(house.organisation.id, "property").silence.n == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("since", "2020-01-01", "不能早于今天"),
        ("since", "", "从哪天起"),
        ("reason", "", "为什么改"),
        ("source", "", "写明出处"),
        ("n", "很久", "写一个整数"),
        ("n", "0", "大于零的整数"),
        ("n", "1", "没有改动"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    head: Client, field: str, value: str, words: str
) -> None:
    told = {"n": "3", "unit": "wd", "since": str(in_days(7)), "reason": "忙", "source": "发文"}
    answer = head.post(SILENCE, told | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert not RuleChange.objects.exists()


def test_a_new_category_needs_its_group(head: Client) -> None:
    told = {
        "since": str(in_days(7)),
        "reason": "新业务",
        "source": "公司发文",
        "label:zh-hans": "充电桩",
    }
    url = "/rules/property/taxonomy/category/change/"
    answer = head.post(url, told | {"code": "charging.fee"})
    assert answer.status_code == 422
    assert "charging" in answer.text
    assert head.post(url, told | {"code": "charging"}).status_code == 303


def test_an_amount_is_typed_in_yuan(house: House, head: Client, admin: Client) -> None:
    url = "/rules/property/handling/goodwill/change/?entry=handler"
    assert 'value="200.00"' in head.get(url).text
    told = {"fen": "350.50", "since": str(in_days(0)), "reason": "常见", "source": "公司发文"}
    head.post(url, told)
    change = RuleChange.objects.get()
    assert "fen = 35050" in change.texts["handling.toml"]


def test_only_heads_and_administrators_change(house: House) -> None:
    assert signed_in(house["主管"]).get(SILENCE).status_code == 403


def test_what_is_taken_away_comes_back_unchanged(head: Client) -> None:
    answer = head.get("/rules/bank/export/")
    assert answer.status_code == 404
    answer = head.get("/rules/telecom/export/")
    assert "telecom/clocks.toml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    told = {"since": str(in_days(7)), "reason": "试", "source": "试"}
    again = SimpleUploadedFile("telecom.zip", answer.content)
    back = head.post("/rules/telecom/import/", told | {"file": again})
    assert back.status_code == 422
    assert "没有改动" in back.text


def test_a_file_that_was_changed_outside_becomes_a_proposal(head: Client) -> None:
    answer = head.get("/rules/telecom/export/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    text = archive.read("telecom/handling.toml").decode().replace("fen = 20000", "fen = 30000")
    upload = SimpleUploadedFile("handling.toml", text.encode())
    told = {"since": str(in_days(7)), "reason": "试", "source": "公司发文", "file": upload}
    back = head.post("/rules/telecom/import/", told)
    assert back.status_code == 302
    change = RuleChange.objects.get()
    assert change.texts["handling.toml"].count("[[goodwill]]") == 1
    assert f"since = {in_days(7)}" in change.texts["handling.toml"]


def test_a_bad_file_is_told_line_by_line(head: Client) -> None:
    upload = SimpleUploadedFile("handling.toml", b'[[goodwill]]\nrole = "boss"\n')
    told = {"since": str(in_days(7)), "reason": "试", "source": "试", "file": upload}
    back = head.post("/rules/telecom/import/", told)
    assert back.status_code == 422
    assert "handling.toml:2" in back.text
    assert "没有这个角色：boss" in back.text
    noise = SimpleUploadedFile("x.zip", b"PK no")
    assert head.post("/rules/telecom/import/", told | {"file": noise}).status_code == 422
