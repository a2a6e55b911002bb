"""The file of a case, the archive, disposals, requests of persons, as pages (CL-2, PL-2)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from factories import House, fresh, kinds, make_case, signed_in
from followup.conftest import STORIES, put_away
from tingsu.cases.models import ArchiveEntry, Case
from tingsu.followup import sweeping
from tingsu.followup.models import Disposal, Dossier, PersonRequest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield


@pytest.fixture
def case(house: House) -> Case:
    return put_away(make_case(house, by="甲", **STORIES), house)


@pytest.fixture
def over(case: Case) -> ArchiveEntry:
    """Its line, with the term over."""
    ArchiveEntry.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    return ArchiveEntry.objects.get()


def page(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def sent(browser: Client, url: str, **data: Any) -> Any:
    return browser.post(url, data)


def test_a_copy_is_made_and_taken(house: House, case: Case) -> None:
    jia = signed_in(house["甲"])
    url = f"/cases/{case.id}/file/"
    assert "制作案卷" in page(jia, url)
    assert sent(jia, f"{url}make/").status_code == 303
    row = Dossier.objects.get()
    assert "正在制作" in page(jia, url)
    assert "hx-get" in page(jia, f"{url}{row.id}/progress/")
    sweeping.sweep(timezone.now())
    row.refresh_from_db()
    assert row.state == "ready"
    assert "ZIP" in page(jia, f"{url}{row.id}/progress/")
    for what, head in (("pdf", b"%PDF"), ("zip", b"PK")):
        answer: Any = jia.get(f"{url}{row.id}/{what}/")
        assert b"".join(answer.streaming_content).startswith(head)
        assert answer.headers["Cache-Control"] == "no-store"
    assert kinds(case)[-2:] == ["dossier_taken", "dossier_taken"]
    assert "下载案卷" in page(jia, f"/cases/{case.id}/")


def test_the_timeline_is_told_in_the_words_of_the_page(house: House, case: Case) -> None:
    sent(signed_in(house["甲"]), f"/cases/{case.id}/file/make/")
    assert "接收投诉" in Dossier.objects.get().told


def test_who_may_not_see_persons_gets_the_masked_copy(house: House, case: Case) -> None:
    auditor = signed_in(house["审计"])
    sent(auditor, f"/cases/{case.id}/file/make/")
    row = Dossier.objects.get()
    assert row.masked
    assert "王小明" not in row.told
    sent(signed_in(house["甲"]), f"/cases/{case.id}/file/make/")
    full = Dossier.objects.get(masked=False)
    assert auditor.get(f"/cases/{case.id}/file/{full.id}/pdf/").status_code == 404
    assert str(full.id) not in page(auditor, f"/cases/{case.id}/file/")


def test_place_hold_and_lift(house: House, case: Case) -> None:
    ding, url = signed_in(house["丁"]), f"/cases/{case.id}/kept/"
    odd = sent(ding, url, do="hold", text=" ")
    assert odd.status_code == 422
    assert "请写明为什么暂缓销毁" in odd.content.decode()
    assert sent(ding, url, do="hold", text="客户已起诉").status_code == 303
    assert sent(ding, url, do="place", text="库房 7 号架").status_code == 303
    shown = page(ding, f"/cases/{case.id}/file/")
    assert "客户已起诉" in shown
    assert "库房 7 号架" in shown
    assert "客户已起诉" in page(ding, "/archive/?list=held")
    assert sent(ding, url, do="lift", text="已判决").status_code == 303
    assert ArchiveEntry.objects.get().held_at is None


def test_the_register_shows_until_when(house: House, case: Case) -> None:
    shown = page(signed_in(house["丁"]), "/archive/")
    assert case.number in shown
    assert "2029-09-21" in shown
    assert case.number not in page(signed_in(house["丁"]), "/archive/?q=ZZZ")


def test_the_register_asks_the_same_for_one_and_for_many(
    house: House, case: Case, django_assert_max_num_queries: Any
) -> None:
    ding = signed_in(house["丁"])
    for _n in range(4):
        put_away(make_case(house, by="甲"), house)
    page(ding, "/archive/")
    with django_assert_max_num_queries(14):
        page(ding, "/archive/")


def test_archiving_writes_the_register(house: House) -> None:
    from tingsu.cases.actions import close, move
    from tingsu.core.lifecycle import Move

    case = make_case(house, by="甲")
    now = timezone.now()
    move.move(case, house.actor("甲"), now, to=Move.ACCEPT)
    close.close(case, house.actor("甲"), now, verdict="founded", reason="已修")
    answer = sent(signed_in(house["丁"]), f"/cases/{case.id}/archive/", shelf="A 柜",
                  version=fresh(case).version)  # fmt: skip
    assert answer.status_code in (200, 204, 303)
    assert ArchiveEntry.objects.get(case=case).place == "A 柜"


def test_disposal_from_the_list_to_the_record(house: House, over: ArchiveEntry) -> None:
    boss, ding = signed_in(house["主管"]), signed_in(house["丁"])
    odd = sent(boss, "/archive/disposals/new/", entry=str(over.id), reason="")
    assert odd.status_code == 422
    assert "请写明依据和核对情况" in odd.content.decode()
    assert "checked" in odd.content.decode()
    sent(boss, "/archive/disposals/new/", entry=str(over.id), reason="保存期满，已核对")
    row = Disposal.objects.get()
    url = f"/archive/disposals/{row.id}/"
    assert "请另一位来批" in page(boss, url)
    assert sent(boss, f"{url}decide/", do="approve").status_code == 422
    assert sent(ding, f"{url}decide/", do="refuse").status_code == 422
    assert sent(ding, f"{url}decide/", do="approve").status_code == 303
    while sweeping.sweep(timezone.now()):
        pass
    shown = page(signed_in(house["审计"]), url)
    assert over.number in shown
    assert "主管" in shown
    assert "丁" in shown
    assert over.number in page(ding, "/archive/?list=gone")


def test_a_case_that_is_gone_shows_only_that(house: House, over: ArchiveEntry) -> None:
    test_disposal_from_the_list_to_the_record(house, over)
    jia, url = signed_in(house["甲"]), f"/cases/{over.case_id}/"
    shown = page(jia, url)
    assert "王小明" not in shown
    assert "案卷已销毁" in shown
    assert "只留统计所需" in page(jia, f"{url}file/")
    assert jia.get(f"{url}documents/").status_code == 404
    assert sent(jia, f"{url}note/", text="再写一句").status_code in (404, 409, 422)
    assert page(jia, "/cases/?queue=ended")


def test_no_file_of_another_branch(house: House, over: ArchiveEntry) -> None:
    """丙's head sees nothing of ours."""
    from factories import make_outsider

    other = signed_in(make_outsider()["丁"])
    assert over.number not in page(other, "/archive/?list=due")
    answer = sent(other, "/archive/disposals/new/", entry=str(over.id), reason="x")
    assert answer.status_code == 422
    assert not Disposal.objects.exists()


def test_a_person_asks_to_be_erased(house: House, case: Case) -> None:
    desk, ding = signed_in(house["接待"]), signed_in(house["丁"])
    assert case.party
    url = f"/parties/{case.party_id}/request/"
    assert "要删除或查阅自己的信息" in page(desk, f"/parties/{case.party_id}/")
    odd = sent(desk, url, kind="erase", words="请删掉我的电话")
    assert odd.status_code == 422
    assert "请删掉我的电话" in odd.content.decode()
    sent(desk, url, kind="erase", checked="到场出示身份证")
    row = PersonRequest.objects.get()
    one = f"/people/requests/{row.id}/"
    assert "请另一位来决定" in page(desk, one)
    assert one in page(ding, "/people/requests/")
    assert sent(ding, f"{one}decide/", do="approve").status_code == 303
    sweeping.sweep(timezone.now())
    assert "王小明" not in page(desk, one)
    assert fresh(case).anonymised_at


def test_what_stands_in_the_way_is_named(house: House) -> None:
    case = make_case(house, by="甲")
    desk, ding = signed_in(house["接待"]), signed_in(house["丁"])
    sent(desk, f"/parties/{case.party_id}/request/", kind="erase", checked="回拨")
    row = PersonRequest.objects.get()
    shown = page(ding, f"/people/requests/{row.id}/")
    assert f"{case.number} 还在办理" in shown
    assert "同意删除" not in shown
    assert sent(ding, f"/people/requests/{row.id}/decide/", do="refuse").status_code == 303
    assert f"{case.number} 还在办理" in page(ding, f"/people/requests/{row.id}/")


def test_a_person_gets_a_copy(house: House, case: Case) -> None:
    import io
    import json
    import zipfile

    desk, ding = signed_in(house["接待"]), signed_in(house["丁"])
    sent(desk, f"/parties/{case.party_id}/request/", kind="export", checked="回拨")
    row = PersonRequest.objects.get()
    sent(ding, f"/people/requests/{row.id}/decide/", do="approve")
    sweeping.sweep(timezone.now())
    answer: Any = ding.get(f"/people/requests/{row.id}/copy/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        told = json.loads(archive.read("person.json"))
        readable = archive.read("person.html").decode()
    assert told["person"]["name"] == "王小明"
    assert told["cases"][0]["number"] == case.number
    assert "王小明" in readable
    assert "脾气" not in json.dumps(told, ensure_ascii=False)
    assert kinds(case)[-1] == "dossier_taken"
    sweeping.sweep(timezone.now() + timedelta(days=8))
    row.refresh_from_db()
    assert row.stored_as == ""
