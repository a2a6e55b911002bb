"""Steps that need more than a right: signatures, files, papers, remedies, first review."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import House, fresh, kinds, make_case
from programs import Program, program
from tingsu.cases.models import Attachment, Case, Document, Look


def seen(caller: Program, case: Case) -> str:
    """The version that the caller sees."""
    return str(caller.get(f"/cases/{case.id}")["ETag"])


def test_files_go_in_and_come_out(handler: Program, case: Case) -> None:
    sent = {"files": [SimpleUploadedFile("电梯.txt", "停了".encode())], "public": "true"}
    answer = handler.client.post(
        f"/api/v1/cases/{case.id}/files",
        sent,
        headers={"Authorization": f"Bearer {handler.secret}"},
    )
    assert answer.status_code == 200, answer.content
    row = Attachment.objects.get()
    listed = handler.get(f"/cases/{case.id}/files").json()["files"]
    assert [(one["name"], one["public"]) for one in listed] == [("电梯.txt", True)]
    got = handler.get(f"/cases/{case.id}/files/{row.id}")
    assert b"".join(got.streaming_content) == "停了".encode()
    assert got["Content-Type"] == "application/octet-stream"


def test_a_paper_is_made_issued_and_fetched_with_a_look_on_record(
    handler: Program, case: Case
) -> None:
    here = f"/cases/{case.id}"
    assert handler.post(f"{here}/paper", {"kind": "acknowledgement"}).status_code == 200
    paper = Document.objects.get()
    issued = handler.post(f"{here}/paper-issue", {"document_id": str(paper.id), "signatory": "甲"})
    assert issued.status_code == 200, issued.json()
    listed = handler.get(f"{here}/papers").json()["papers"]
    assert [one["state"] for one in listed] == ["issued"]
    got = handler.get(f"{here}/papers/{paper.id}/pdf")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert Look.objects.count() <= 1
    code = Document.objects.get().code
    assert program().get(f"/public/papers/{code}").json()["state"] == "issued"


def test_goodwill_beyond_the_own_authority_waits_for_a_signature(
    handler: Program, house: House, case: Case
) -> None:
    gift = {"gives": "money", "fen": 90_000_00, "words": "酌情补偿"}
    answer = handler.post(f"/cases/{case.id}/remedy", {"gifts": [gift]})
    assert answer.status_code in {202, 422}, answer.json()
    if answer.status_code == 202:
        assert answer.json()["waits_for"]
        signer = program(house["丁"])
        assert handler.get(f"/cases/{case.id}/approvals").json()["approvals"][0]["signatures"] == []
        assert signer.get("/approvals").status_code == 200


def test_the_caller_is_recognised_by_number(handler: Program, case: Case) -> None:
    found = handler.get("/parties", q="13800001234").json()["parties"]
    assert [(one["person"]["name"], one["cases"]) for one in found] == [("王小明", 1)]
    one = handler.get(f"/parties/{found[0]['person']['id']}").json()
    assert [line["number"] for line in one["cases"]] == [case.number]


def test_facts_change_only_what_is_sent(handler: Program, case: Case) -> None:
    told = {"product": "电梯", "amount": 12_300, "reason": "客户补充"}
    answer = handler.post(f"/cases/{case.id}/facts", told, If_Match=seen(handler, case))
    assert answer.status_code == 200, answer.json()
    now_case = fresh(case)
    assert (now_case.product, now_case.amount, now_case.title) == ("电梯", 12_300, case.title)


def test_a_merged_case_says_where_it_goes_on(handler: Program, house: House, case: Case) -> None:
    other = make_case(house, by="甲")
    told = {"other": str(other.id), "reason": "同一件事"}
    answer = handler.post(f"/cases/{case.id}/merge", told, If_Match="*")
    assert answer.json()["state"] == "merged"
    assert handler.get(f"/cases/{case.id}").json()["merged_into"] == str(other.id)


@pytest.mark.parametrize("path", ["/me", "/desk", "/news", "/members", "/departments", "/packs"])
def test_what_belongs_to_the_desk(handler: Program, path: str) -> None:
    assert handler.get(path).status_code == 200


def test_a_pack_says_its_time_limits_with_their_sources(handler: Program) -> None:
    pack = handler.get("/packs/property", on="2026-11-01").json()
    assert pack["time_limits"]
    assert all(one["source"] or one["house"] for one in pack["time_limits"])
    assert handler.get("/packs/banking").status_code == 404


def test_the_clocks_explain_themselves(handler: Program, case: Case) -> None:
    clocks = handler.get(f"/cases/{case.id}/clocks").json()["clocks"]
    assert clocks
    assert all(one["why"] and one["label"] for one in clocks)


def test_lists_cost_the_same_for_few_and_many(
    handler: Program, house: House, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        make_case(house, by="甲")
    handler.get("/cases")  # what is kept for half a minute is kept now
    with django_assert_max_num_queries(8):
        assert len(handler.get("/cases").json()["cases"]) == 8
    with django_assert_max_num_queries(14):
        handler.get("/cases", q="老人")


def test_nothing_lands_in_the_timeline_by_reading(handler: Program, case: Case) -> None:
    before = kinds(case)
    for (
        part
    ) in "timeline clocks promises tasks letters ties watches files papers approvals".split():
        assert handler.get(f"/cases/{case.id}/{part}").status_code == 200, part
    for part in ("remedies", "screening", "asked"):
        assert handler.get(f"/cases/{case.id}/{part}").status_code == 200, part
    assert kinds(case) == before


def test_a_planned_date_before_the_receipt_is_refused(handler: Program, case: Case) -> None:
    told = {"planned_at": "0133-06-22T09:29:14+22:56"}
    answer = handler.post(f"/cases/{case.id}/facts", told, If_Match="*")
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["planned_at"]
