"""Files are disposed of by two persons; figures stay, words go, the chain holds (CL-2, PL-2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from factories import NOON, House, fresh, later, make_case
from followup.conftest import STORIES, entry, make_full, put_away
from mail_letters import written
from tingsu.cases import erasing, search
from tingsu.cases.actions import archive, assign, attach, close, link, note
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import ArchiveEntry, Attachment, Case, CaseMark, Event, Leftover, Party
from tingsu.cases.verify import verify_case
from tingsu.channels.mail import store
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.followup import sweeping
from tingsu.followup.actions import dispose
from tingsu.followup.models import Disposal
from tingsu.people.actor import CUSTOMER

pytestmark = pytest.mark.django_db
OVER = datetime(2029, 10, 8, 3, tzinfo=UTC)  # the term is over
NAMES = ("王小明", "13800001234", "小刘", "DD-20260901-77", "文三路", "脾气急", "没有回音")


def disposed(case: Case, house: House, at: datetime = OVER) -> Disposal:
    """Proposed by 主管, approved by 丁, done by the worker."""
    row = dispose.propose([entry(case)], house.actor("主管"), at, reason="保存期满")
    dispose.decide(row, house.actor("丁"), at, approved=True)
    while sweeping.sweep(at):
        pass
    row.refresh_from_db()
    return row


def everything_said() -> str:
    """Every word of every row in the database, sealed ones opened as far as they open."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        if model._meta.app_label in ("cases", "channels", "followup"):
            for row in model._default_manager.values_list():
                found += [value for value in row if isinstance(value, str | dict | list)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_search")
        found += [value for row in cursor.fetchall() for value in row if isinstance(value, str)]
    return repr(found)


def test_nothing_that_names_a_person_is_left(filed: Case, house: House) -> None:
    before = everything_said()
    assert all(word in before for word in ("王小明", "DD-20260901-77", "没有回音"))
    row = disposed(filed, house)
    assert (row.state, row.total, row.done) == ("done", 1, 1)
    left = everything_said()
    assert [word for word in NAMES if word in left] == []
    assert all(getattr(party, name) == "" for party in Party.objects.all()
               for name in ("name", "phone", "email", "address"))  # fmt: skip


def test_figures_stay(filed: Case, house: House) -> None:
    Case.objects.filter(id=filed.id).update(amount=12_800, rating=4, category="staff.rude")
    disposed(filed, house)
    now = fresh(filed)
    assert (now.pack, now.category, now.amount, now.rating) == ("property", "staff.rude", 12_800, 4)
    assert (now.verdict, now.state, now.received_at) == ("founded", "archived", NOON)
    assert (now.closed_at, now.owner_id, now.channel) == (filed.closed_at, house["甲"].id, "web")
    assert [one.kind for one in Event.objects.filter(case=filed).order_by("seq")][
        -1
    ] == "anonymised"


def test_the_chain_still_verifies(filed: Case, house: House) -> None:
    disposed(filed, house)
    assert verify_case(fresh(filed)) is None


def test_an_erased_entry_takes_no_new_words(filed: Case, house: House) -> None:
    from django.db import DatabaseError

    disposed(filed, house)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(case=filed, seq=1).update(data={"channel": "phone"})


def test_half_an_erasure_is_refused(filed: Case) -> None:
    """Without its salt nobody could tell whether the data were altered."""
    from django.db import DatabaseError

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(case=filed, seq=1).update(text="", text_salt=b"")


def test_search_and_marks_forget(filed: Case, house: House) -> None:
    assert search.find(house.organisation.id, "身份证")
    disposed(filed, house)
    assert not search.find(house.organisation.id, "身份证")
    assert not search.find(house.organisation.id, "王小明")
    assert not CaseMark.objects.filter(about=filed.id).exists()


def test_files_go_unless_somebody_else_holds_them(filed: Case, house: House) -> None:
    """The same bytes are kept once for all who gave them."""
    import io

    own = Attachment.objects.get(case=filed).stored_as
    shared = make_case(house, by="甲", name="李四", phone="13900009999")
    given = attach.Given("同样的.txt", 9, io.BytesIO("王小明的身份证".encode()))
    attach.attach(shared, CUSTOMER, NOON, files=[given])
    disposed(filed, house)
    sweeping.sweep(OVER + timedelta(days=2))
    assert default_storage.exists(own)
    Attachment.objects.filter(case=shared).update(stored_as="")
    erasing.leave([own], OVER)
    sweeping.sweep(OVER + timedelta(days=2))
    assert not default_storage.exists(own)
    assert not Leftover.objects.exists()


def test_bytes_that_are_brought_again_stay(filed: Case, house: House) -> None:
    import io

    path = Attachment.objects.get(case=filed).stored_as
    disposed(filed, house)
    assert Leftover.objects.filter(path=path).exists()
    other = make_case(house, by="甲", name="李四", phone="13900009999")
    given = attach.Given("同样的.txt", 9, io.BytesIO("王小明的身份证".encode()))
    attach.attach(other, CUSTOMER, OVER, files=[given])
    assert not Leftover.objects.filter(path=path).exists()
    sweeping.sweep(OVER + timedelta(days=2))
    assert default_storage.exists(path)


def test_mails_go_as_they_came(filed: Case, house: House) -> None:
    box = Mailbox.objects.create(
        organisation=house.organisation, address="ts@yunfan.example", kind="smtp",
        starts_on=NOON.date(), created_at=NOON,
    )  # fmt: skip
    kept = store.keep(box, written("王小明来信").as_bytes(), "smtp", NOON)
    assert kept
    ReceivedMail.objects.filter(id=kept.id).update(case_id=filed.id, state="taken")
    disposed(filed, house)
    assert bytes(ReceivedMail.objects.get().raw_sealed) == b""


def test_what_was_merged_into_it_goes_too(house: House) -> None:
    main, second = make_full(house), make_case(house, by="甲", **STORIES)
    link.merge(second, house.actor("甲"), NOON, into=main)
    filed = put_away(fresh(main), house)
    disposed(filed, house)
    assert fresh(second).anonymised_at
    assert "王小明" not in everything_said()


def test_a_person_with_another_case_stays(filed: Case, house: House) -> None:
    other = make_case(house, by="甲")
    disposed(filed, house)
    assert fresh(other).party
    assert fresh(other).party.name == "王小明"  # type: ignore[union-attr]


def test_nothing_is_written_on_it_any_more(filed: Case, house: House) -> None:
    disposed(filed, house)
    acts: list[Callable[[], object]] = [
        lambda: note.note(fresh(filed), house.actor("甲"), OVER, text="再写一句"),
        lambda: close.reopen(fresh(filed), house.actor("丁"), OVER, reason="再办"),
        lambda: archive.hold(fresh(filed), house.actor("丁"), OVER, reason="再留"),
    ]
    for act in acts:
        with pytest.raises(Refusal):
            act()


def test_two_persons(filed: Case, house: House) -> None:
    row = dispose.propose([entry(filed)], house.actor("主管"), OVER, reason="保存期满")
    with pytest.raises(Refusal) as refused:
        dispose.decide(row, house.actor("主管"), OVER, approved=True)
    assert refused.value.code == "two_persons"
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(id=row.id).update(state="approved", decided_by=house["主管"])
    with pytest.raises(Invalid):
        dispose.decide(row, house.actor("丁"), OVER, approved=False)
    dispose.decide(row, house.actor("丁"), OVER, approved=False, note="还要用")
    assert not sweeping.sweep(OVER)
    assert not fresh(filed).anonymised_at


def test_only_what_is_due_and_not_held(filed: Case, house: House) -> None:
    with pytest.raises(Refusal) as refused:
        dispose.propose([entry(filed)], house.actor("主管"), later(days=30), reason="太早")
    assert refused.value.code == "not_due"
    archive.hold(filed, house.actor("丁"), later(days=10), reason="客户已起诉")
    with pytest.raises(Refusal):
        dispose.propose([entry(filed)], house.actor("主管"), OVER, reason="还被留着")


def test_a_hold_that_comes_between_leaves_the_file_alone(filed: Case, house: House) -> None:
    row = dispose.propose([entry(filed)], house.actor("主管"), OVER, reason="保存期满")
    dispose.decide(row, house.actor("丁"), OVER, approved=True)
    archive.hold(filed, house.actor("丁"), OVER, reason="客户已起诉")
    sweeping.sweep(OVER)
    row.refresh_from_db()
    assert (row.state, row.done) == ("done", 0)
    assert "客户已起诉" in row.items.get().kept
    assert not fresh(filed).anonymised_at


def test_the_record_stays(filed: Case, house: House) -> None:
    version, chain = filed.version, bytes(filed.head_hash).hex()
    row = disposed(filed, house)
    item = row.items.get()
    assert (item.number, item.entries, item.files, item.chain) == (filed.number, version, 1, chain)
    assert (row.proposed_by_id, row.decided_by_id) == (house["主管"].id, house["丁"].id)
    assert ArchiveEntry.objects.get().state == "disposed"


def test_no_file_is_in_two_proposals(filed: Case, house: House) -> None:
    dispose.propose([entry(filed)], house.actor("主管"), OVER, reason="保存期满")
    with pytest.raises(Refusal) as refused:
        dispose.propose([entry(filed)], house.actor("丁"), OVER, reason="保存期满")
    assert refused.value.code == "taken"


def test_every_table_of_a_case_is_reached() -> None:
    """A table that hangs on a case and is not reached would keep what was said."""
    from django.apps import apps

    reached = {model for model, _way in erasing.tables()} | set(erasing.OWN_WAY)
    hanging = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Case
    }
    assert hanging <= reached


def test_what_is_kept_of_a_table_exists() -> None:
    from django.apps import apps

    known: set[str] = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    assert known >= erasing.KEPT


def test_codes_of_the_owner_stay_readable(filed: Case, house: House) -> None:
    """Entries that carry codes alone are left: times between states are made from them."""
    assign.assign(fresh(make_case(house, by="甲")), house.actor("丁"), NOON, to=house["主管"])
    disposed(filed, house)
    kept: list[Any] = [one.data for one in Event.objects.filter(case=filed) if one.data]
    codes = {"move": "accept", "from": "received", "to": "accepted"}
    assert any(codes.items() <= data.items() for data in kept)
