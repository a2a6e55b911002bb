"""An import from draft to end, stopped, killed, taken by two, and still right (IN-11, PL-7)."""

from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, House, later
from import_files import ROWS, csv_bytes, draft, imported, rows_of, sums
from tingsu.cases.actions.receive import receive_many
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.channels.file import jobs, running, sweep
from tingsu.channels.file.preview import preview
from tingsu.channels.models import ImportJob, ImportMapping, ImportRefusal


def test_forgotten_drafts_go(house: House) -> None:
    job = draft(house, csv_bytes())
    jobs.purge(later(days=8))
    assert not ImportJob.objects.filter(id=job.id).exists()


def test_the_preview_tells_what_each_row_becomes(house: House) -> None:
    imported(house, csv_bytes(ROWS[:1]))
    job = draft(house, csv_bytes([*ROWS[:2], ("X", "2099-01-01", "", "", "", "晚", "")]))
    shown = preview(job, NOON)
    assert [bool(row.intake) for row in shown.rows] == [True, True, False]
    assert [row.repeated for row in shown.rows] == [True, False, False]
    assert shown.rows[2].column == "投诉时间"
    assert shown.examples["标题"] == "电梯又停"
    assert Case.objects.count() == 1


def test_a_mapping_is_remembered_by_its_headings(house: House) -> None:
    file = csv_bytes([("一", "坏了")], ("甲", "乙"))
    job = draft(house, file)
    jobs.choose(job, {"乙": "narrative"}, {"pack": "telecom"})
    jobs.start(job, NOON, name="旧系统")
    file.seek(0)
    looked = jobs.upload(house.organisation, None, "again.csv", file, later(days=1))
    assert looked.recognised == "旧系统"
    assert looked.job.columns == {"甲": "", "乙": "narrative"}
    assert looked.job.options["pack"] == "telecom"
    assert ImportMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"编号": "source_ref"}, "事实经过"),
        ({"标题": "title", "姓名": "title"}, "只能对应一列"),
        ({"内容": "narrative", "投诉时间": "closed_at"}, "收到时间"),
    ],
)
def test_columns_that_make_no_complaint_are_refused(
    house: House, columns: dict[str, str], words: str
) -> None:
    job = draft(house, csv_bytes())
    jobs.choose(job, columns, {})
    with pytest.raises(Invalid) as refused:
        jobs.start(job, NOON)
    assert words in refused.value.words


def test_killed_in_the_middle_it_goes_on_behind_the_last_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 5)
    job = draft(house, rows_of([f"第 {n} 件" for n in range(23)]))
    jobs.start(job, NOON)
    moves = iter([True, False])
    move = running.Run._move

    def dying(self: running.Run, *args: Any) -> None:
        move(self, *args)
        if not next(moves):
            raise KeyboardInterrupt  # what a killed process leaves: an open transaction

    monkeypatch.setattr(running.Run, "_move", dying)
    with pytest.raises(KeyboardInterrupt):
        sweep(NOON)
    monkeypatch.setattr(running.Run, "_move", move)
    job.refresh_from_db()
    assert (job.position, job.made, Case.objects.count()) == (5, 5, 5)

    assert not sweep(NOON + running.LEASE)  # the claim of the dead one still holds
    at = NOON + running.LEASE + timedelta(seconds=1)
    while sweep(at):
        pass
    job.refresh_from_db()
    assert (job.state, sums(job), Case.objects.count()) == ("done", (23, 0, 0), 23)


def test_two_workers_never_take_the_same_batch(house: House) -> None:
    job = draft(house, csv_bytes())
    jobs.start(job, NOON)
    first, second = (running.Run(ImportJob.objects.get(id=job.id)) for _n in range(2))
    first.step(NOON)
    with pytest.raises(running.Lost):
        second.step(NOON)
    first.close()
    second.close()
    assert Case.objects.count() == 3


def test_stopped_and_gone_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    job = draft(house, csv_bytes())
    jobs.start(job, NOON)
    run = running.Run(ImportJob.objects.get(id=job.id))
    run.step(NOON)
    jobs.stop(job, NOON)
    with pytest.raises(running.Lost):
        run.step(NOON)
    run.close()
    assert not sweep(NOON)
    job.refresh_from_db()
    assert (job.state, job.position) == ("stopped", 2)
    jobs.start(job, later(hours=1))
    while sweep(later(hours=1)):
        pass
    job.refresh_from_db()
    assert (job.state, sums(job)) == ("done", (3, 0, 0))


def test_a_row_that_breaks_its_batch_is_alone_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(organisation: Any, intakes: Any, *args: Any, **more: Any) -> Any:
        if any(intake.title == "漏水" for intake in intakes):
            raise ValueError("nobody foresaw this")
        return receive_many(organisation, intakes, *args, **more)

    monkeypatch.setattr(running, "receive_many", breaking)
    job = imported(house, csv_bytes())
    assert sums(job) == (2, 0, 1)
    assert ImportRefusal.objects.get(job=job).row == 3


def test_a_file_that_breaks_off_keeps_what_came_in(house: House) -> None:
    job = draft(house, csv_bytes())
    jobs.start(job, NOON)
    from tingsu.channels.file import store

    store.throw_away(job.stored_as)
    assert sweep(NOON)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "重新上传" in job.failure


def test_when_nothing_can_be_saved_the_rows_are_not_to_blame(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_args: Any, **_more: Any) -> Any:
        raise ValueError("the house is broken")

    monkeypatch.setattr(running, "receive_many", breaking)
    job = imported(house, csv_bytes())
    assert (job.state, sums(job), job.position) == ("failed", (0, 0, 0), 0)
    assert "管理员" in job.failure
