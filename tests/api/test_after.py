"""After the end by program: files put away and disposed of, requests of persons; mail without a
case; what is proved by a file; care for customers and words (CL-2, PL-2, HA-8, HA-10, CO-1)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from endings import REFUND, drafted, put_up
from factories import NOON, House, fresh, kinds
from hands import stroke
from programs import Program, program
from tingsu.cases.actions import archive
from tingsu.cases.models import (
    ArchiveEntry,
    Attachment,
    Case,
    Obligation,
    Performance,
    Signing,
    Surge,
)
from tingsu.channels.mail import arriving, store
from tingsu.channels.models import Mailbox
from tingsu.followup.models import Disposal, PersonRequest


@pytest.fixture
def head(house: House) -> Program:
    """丁's program."""
    return program(house["丁"])


@pytest.fixture
def supervisor(house: House) -> Program:
    """主管's program."""
    return program(house["主管"])


def handed_in(caller: Program, case: Case, name: str, content: bytes) -> str:
    """The id of a file that the caller gave to the case."""
    given = {"files": [SimpleUploadedFile(name, content)]}
    headers = {"Authorization": f"Bearer {caller.secret}"}
    answer = Client().post(f"/api/v1/cases/{case.id}/files", given, headers=headers)
    assert answer.status_code == 200
    return str(Attachment.objects.get(case=case, name=name).id)


def put_away(case: Case, house: House) -> ArchiveEntry:
    """Closed long ago and kept until yesterday."""
    Case.objects.filter(id=case.id).update(state="closed", open=False, closed_at=NOON)
    archive.archive(fresh(case), house.actor("丁"), NOON, place="三号柜")
    ArchiveEntry.objects.update(keep_until=date(2020, 1, 1))
    return ArchiveEntry.objects.get()


def test_files_are_disposed_of_by_two(
    head: Program, supervisor: Program, case: Case, house: House
) -> None:
    entry = put_away(case, house)
    (due,) = supervisor.get("/archive", which="due").json()["files"]
    assert due["id"] == str(entry.id)
    told = {"files": [due["id"]], "reason": "保存期满，已核对"}
    made = supervisor.post("/disposals", told)
    assert (made.status_code, made.json()["items"][0]["number"]) == (200, case.number)
    address = f"/disposals/{made.json()['id']}"
    assert supervisor.post(address, {"approved": True}).json()["code"] == "two_persons"
    assert head.post(address, {"approved": True}).json()["state"] == "approved"
    assert Disposal.objects.get().decided_by_id == house["丁"].id


def test_what_is_kept_longer_is_not_proposed(supervisor: Program, case: Case, house: House) -> None:
    entry = put_away(case, house)
    held = supervisor.post(f"/cases/{case.id}/archive-hold", {"do": "hold", "reason": "有诉讼"})
    assert held.status_code == 200
    told = {"files": [str(entry.id)], "reason": "保存期满"}
    refused = supervisor.post("/disposals", told)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_due")


def test_a_person_asks_for_their_data_and_another_decides(
    handler: Program, head: Program, case: Case
) -> None:
    told = {"party_id": str(case.party_id), "kind": "erase", "checked": "看了身份证"}
    asked = handler.post("/person-requests", told)
    assert asked.status_code == 200
    assert [one["code"] for one in asked.json()["grounds"]] == ["open"]
    assert handler.post("/person-requests", told).json()["code"] == "already"
    address = f"/person-requests/{asked.json()['id']}"
    assert head.post(address, {"approved": True}).json()["code"] == "grounds"
    refused = head.post(address, {"approved": False, "note": "还在办理"})
    assert (refused.json()["state"], PersonRequest.objects.get().note) == ("refused", "还在办理")


def test_a_voucher_is_a_file_of_the_case(handler: Program, case: Case, house: House) -> None:
    owed = Obligation.objects.create(
        case=case, organisation=house.organisation, round=1, source="extra", gives="refund",
        words="退费", fen=100, due_at=NOON, made_at=NOON,
    )  # fmt: skip
    here = f"/cases/{case.id}/owed-perform"
    told = {"obligation_id": str(owed.id), "fen": 100}
    nowhere = {"file_id": "00000000-0000-7000-8000-000000000000"}
    assert [one["field"] for one in handler.post(here, told).json()["errors"]] == ["reference"]
    assert handler.post(here, told | nowhere).json()["errors"][0]["field"] == "file_id"
    voucher = handed_in(handler, case, "凭证.txt", "已付".encode())
    assert handler.post(here, told | {"file_id": voucher}).status_code == 200
    assert str(Performance.objects.get().file_id) == voucher


def test_a_scan_is_a_file_of_the_case_and_a_picture(
    handler: Program, case: Case, house: House
) -> None:
    who = house.actor("甲")
    put_up(case, who, drafted(case, who, REFUND))
    row = Signing.objects.get(role="respondent")
    here, told = f"/cases/{case.id}/sign-paper", {"signing_id": str(row.id), "name": "李经理"}
    words = handed_in(handler, case, "说明.txt", "签了".encode())
    refused = handler.post(here, told | {"file_id": words})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_scan")
    scan = handed_in(handler, case, "签字页.png", stroke())
    assert handler.post(here, told | {"file_id": scan}).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.way, str(row.scan_id)) == ("signed", "paper", scan)


def test_texts_and_names_are_for_those_who_talk_with_customers(
    handler: Program, case: Case, house: House
) -> None:
    who = house.actor("甲")
    drafted(case, who, REFUND, text="王小明 13800001234 得三百元")
    inspector = program(house["督查"])
    here = f"/cases/{case.id}/endings"
    assert "王小明" in handler.get(here).json()["agreements"][0]["text"]
    assert inspector.get(here).json()["agreements"][0]["text"] == ""


def test_care_limits_and_a_pause(handler: Program, case: Case, house: House) -> None:
    here = f"/cases/{case.id}"
    known = handler.get(f"{here}/needs").json()["known"]
    told = {"kinds": [known[0]["code"]], "words": "说慢一点", "consent": "yes"}
    assert handler.post(f"{here}/needs", told).status_code == 200
    assert handler.get(f"{here}/needs").json()["words"] == "说慢一点"
    assert handler.post(f"{here}/limit", {"happened": "骂人"}).status_code == 200
    assert handler.post(f"{here}/break", {"minutes": 10}).status_code == 200
    assert handler.post(f"{here}/break", {"minutes": 11}).status_code == 422
    turn = {"member": str(house["接待"].id)}
    assert handler.post(f"{here}/turn", turn).status_code == 200
    assert kinds(case)[-4:] == ["needs_marked", "abused", "break_taken", "turn_taken"]


def test_the_guard_says_what_hurts_before_it_is_said(handler: Program, case: Case) -> None:
    before = kinds(case)
    said = handler.post(f"/cases/{case.id}/words", {"text": "你自己不会看说明吗", "about": "final"})
    assert said.json()["marks"]
    assert said.json()["findings"]
    assert kinds(case) == before


def test_mail_without_a_case_is_read_and_put_aside(handler: Program, house: House) -> None:
    box = Mailbox.objects.create(
        organisation=house.organisation, address="ts@yunfan.example", kind="smtp",
        starts_on=NOON.date(), created_at=NOON,
    )  # fmt: skip
    store.keep(box, b"From: a@b.example\r\n\r\n", "smtp 127.0.0.1", NOON)
    arriving.sweep(NOON)
    (waits,) = handler.get("/mails").json()["mails"]
    done: Any = handler.post(f"/mails/{waits['id']}", {"do": "aside"})
    assert (done.json()["state"], handler.get("/mails").json()["mails"]) == ("kept", [])


def test_what_suddenly_grows_is_looked_at(supervisor: Program, case: Case, house: House) -> None:
    row = Surge.objects.create(
        organisation=house.organisation, state="new", cases=[str(case.id)], people=4, days=2,
        usual=0.3, words=["电梯"], first_at=NOON, last_at=NOON, found_at=NOON,
    )  # fmt: skip
    assert [one["state"] for one in supervisor.get("/surges").json()["surges"]] == ["new"]
    seen = supervisor.post(f"/surges/{row.id}/seen").json()
    assert (seen["state"], [one["number"] for one in seen["cases"]]) == ("seen", [case.number])
