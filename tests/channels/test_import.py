"""An import as its worker does it: once, whole, and again without harm (IN-11)."""

import io
from datetime import UTC, datetime

import pytest

from factories import House, later
from import_files import HEADERS, ROWS, csv_bytes, imported, rows_of, sums
from tingsu.cases.models import Case, Event, Letter
from tingsu.cases.verify import verify_case
from tingsu.channels.file import jobs, sweep
from tingsu.channels.file.refused import refused_csv
from tingsu.channels.models import ImportRefusal


def test_rows_become_cases_with_their_times_and_people(house: House) -> None:
    job = imported(house, csv_bytes())
    assert (job.state, job.total, sums(job)) == ("done", 3, (3, 0, 0))
    case = Case.objects.get(source_ref="A-1")
    assert case.received_at == datetime(2019, 4, 24, 8, 3, tzinfo=UTC)
    assert case.number.startswith("TS-20190424-")
    assert (case.title, case.narrative, case.amount) == ("电梯又停", "没人接。", 128_000)
    assert case.party is not None
    assert (case.party.name, case.party.phone) == ("王小明", "13800001234")
    assert (case.queue, case.owner, case.open) == (house.centre, None, True)
    assert case.next_at is not None
    assert case.received_by == house["丁"]
    assert verify_case(case) is None


def test_nobody_is_written_to_about_old_records(house: House) -> None:
    imported(house, csv_bytes())
    assert not Letter.objects.exists()


def test_again_makes_nothing_twice(house: House) -> None:
    imported(house, csv_bytes())
    assert sums(imported(house, csv_bytes(encoding="gb18030", delimiter=";"))) == (0, 3, 0)
    turned = csv_bytes([row[::-1] for row in ROWS], HEADERS[::-1])
    assert sums(imported(house, turned)) == (0, 3, 0)
    assert Case.objects.count() == 3


def test_a_column_mapped_later_makes_no_second_case(house: House) -> None:
    imported(house, csv_bytes([row[:6] for row in ROWS], HEADERS[:6]))
    assert sums(imported(house, csv_bytes())) == (0, 3, 0)


def test_the_same_row_twice_in_a_file_is_one_case(house: House) -> None:
    assert sums(imported(house, csv_bytes([*ROWS, ROWS[0]]))) == (3, 1, 0)


def test_what_differs_is_another_case(house: House) -> None:
    rows = [("王", "1", "漏水"), ("李", "1", "漏水")]
    file = csv_bytes(
        [(name, "2019-04-24", said) for name, _n, said in rows], ("姓名", "时间", "内容")
    )
    assert sums(imported(house, file)) == (2, 0, 0)


def test_each_organisation_for_itself(house: House) -> None:
    from factories import make_outsider

    imported(house, csv_bytes())
    assert sums(imported(make_outsider(), csv_bytes())) == (3, 0, 0)


def test_bad_rows_are_named_and_good_ones_go_in(house: House) -> None:
    rows = [
        *ROWS,
        ("B-1", "1970-01-01", "", "", "", "太早", ""),
        ("B-2", "2099-01-01", "", "", "", "太晚", ""),
        ("B-3", "不知道", "", "", "", "没时间", ""),
        ("B-4", "2019-04-24", "", "1.38E+10", "", "坏号码", ""),
        ("B-5", "2019-04-24", "", "", "", "", ""),
        ("B-6", "2019-04-24", "", "", "", "坏金额", "很多"),
        ("B-7", "2019-04-24", "字" * 61, "", "", "长名字", ""),
    ]
    job = imported(house, csv_bytes(rows))
    assert sums(job) == (3, 0, 7)
    told = {row.row: (row.column, row.reason) for row in ImportRefusal.objects.filter(job=job)}
    assert told[5][0] == "投诉时间"
    assert "1990" in told[5][1]
    assert "还没到" in told[6][1]
    assert "看不懂这个时间" in told[7][1]
    assert told[8][0] == "电话"
    assert told[9][0] == "内容"
    assert told[10][0] == "金额"
    assert told[11][0] == "姓名"


def test_the_refused_file_has_row_column_reason_and_the_columns(house: House) -> None:
    bad = ("=cmd|' /C calc'!A0", "2099-01-01", "王", "+8613800001234", "", "太晚", "-3")
    job = imported(house, csv_bytes([ROWS[0], bad]))
    text = b"".join(refused_csv(job)).decode("utf-8-sig")
    head, row = text.splitlines()
    assert head == "行号,列,原因,编号,投诉时间,姓名,电话,标题,内容,金额"
    assert row.startswith("3,投诉时间,这个时间还没到，请核对。,'=cmd|")
    assert ",+8613800001234,,太晚,-3" in row


def test_refusals_hold_no_personal_data(house: House) -> None:
    imported(house, csv_bytes([("A", "2019-04-24", "王" * 61, "13812345678", "", "话", "")]))
    refusal = ImportRefusal.objects.get()
    assert "王王" not in refusal.reason
    assert "138" not in refusal.reason


def test_the_file_goes_when_it_is_not_needed(house: House) -> None:
    clean = imported(house, csv_bytes())
    assert clean.stored_as == ""
    bad = imported(house, csv_bytes([("C", "2099-01-01", "", "", "", "晚", "")]))
    assert bad.stored_as
    jobs.purge(later(days=29))
    assert list(refused_csv(bad))
    jobs.purge(later(days=31))
    bad.refresh_from_db()
    with pytest.raises(FileNotFoundError):
        refused_csv(bad)


def test_answered_records_are_closed_with_their_reply(house: House) -> None:
    reply = {"reply": "已修好。", "replied_at": "2019-05-09 09:49:10"}
    job = imported(house, rows_of(["路灯坏了"], **reply))
    assert sums(job) == (1, 0, 0)
    case = Case.objects.get()
    assert (case.state, case.open, case.outcome) == ("closed", False, "imported")
    assert case.closed_at == datetime(2019, 5, 9, 1, 49, 10, tzinfo=UTC)
    replied = Event.objects.get(case=case, kind="replied")
    assert (replied.text, replied.at, replied.public) == ("已修好。", case.closed_at, True)


def test_an_answer_without_its_time_is_kept_and_the_case_stays_open(house: House) -> None:
    imported(house, rows_of(["路灯坏了"], reply="已修好。"))
    case = Case.objects.get()
    assert case.open
    assert Event.objects.get(case=case, kind="replied").text == "已修好。"
    assert verify_case(case) is None


def test_a_record_closed_before_it_began_is_refused(house: House) -> None:
    job = imported(house, rows_of(["路灯坏了"], replied_at="2019-01-01 00:00"))
    assert sums(job) == (0, 0, 1)
    assert "早于" in ImportRefusal.objects.get(job=job).reason


def test_a_channel_that_asks_for_more_says_it_is_not_known(house: House) -> None:
    imported(house, csv_bytes([("来访", "电梯坏了")], ("渠道", "内容")))
    case = Case.objects.get()
    assert case.channel == "visit"
    received = Event.objects.get(case=case, kind="received")
    assert received.data["facts"]["room"] == "旧记录没有写明"


def test_pack_and_category_by_their_names(house: House) -> None:
    from tingsu.packs import load

    pack = load("property")
    code = next(c for c in pack.categories if "." in c)
    rows = [(pack.label(), pack.category_label(code), "坏了"), ("物业", "没有的类别", "坏了")]
    job = imported(house, csv_bytes(rows, ("行业", "类别", "内容")))
    assert sums(job)[0] == 1
    case = Case.objects.get()
    assert (case.pack, case.category) == ("property", code)


def test_a_long_title_is_kept_whole(house: House) -> None:
    title = "电梯" * 150
    imported(house, csv_bytes([(title, "经过")], ("标题", "内容")))
    case = Case.objects.get()
    assert case.narrative == f"{title}\n\n经过"
    assert len(case.title) <= 40


def test_remarks_are_kept_as_they_are(house: House) -> None:
    imported(house, csv_bytes([("坏了", "老客户")], ("内容", "备注")))
    assert Event.objects.get(kind="received").data["facts"]["备注"] == "老客户"


def test_the_refused_file_corrected_brings_the_rest(house: House) -> None:
    bad = ("B", "2099-01-01", "孙七", "13900001111", "", "太晚", "")
    job = imported(house, csv_bytes([*ROWS, bad]))
    told = b"".join(refused_csv(job)).decode("utf-8-sig").replace("2099", "2019")
    looked = jobs.upload(
        house.organisation, None, "refused.csv", io.BytesIO(told.encode()), later(days=1)
    )
    assert looked.recognised == "投诉"
    jobs.start(looked.job, later(days=1))
    while sweep(later(days=1)):
        pass
    looked.job.refresh_from_db()
    assert sums(looked.job) == (1, 0, 0)
    assert Case.objects.get(source_ref="B").party.name == "孙七"  # type: ignore[union-attr]
