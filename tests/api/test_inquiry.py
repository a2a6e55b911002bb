"""Looking into a case by program: the whole way, conflicts, what is masked (HA-4, HA-5, PL-4)."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from factories import House, kinds, make_case, make_member
from programs import Program, program
from tingsu.cases.models import AnswerLink, Case, Issue, Minutes, RespondentAnswer
from tingsu.people.permission import Role


def step(caller: Program, case: Case, path: str, **told: Any) -> Any:
    return caller.post(f"/cases/{case.id}/{path}", told)


def test_a_case_is_looked_into_by_program(handler: Program, house: House, case: Case) -> None:
    done = [
        step(handler, case, "issues", texts=["电梯停运", "电话没人接"]),
        step(handler, case, "investigator", member=str(house["丁"].id)),
        step(handler, case, "inquiry-plan", what="调监控", member=str(house["甲"].id)),
        step(handler, case, "minutes", kind="interview", person="张师傅", capacity="staff",
             text="问：几点？\n答：两点。"),
        step(handler, case, "evidence", what="插头", kind="object", giver="complainant",
             place="前台"),
        step(handler, case, "dispute", point="停了几次", ours="三次"),
        step(handler, case, "expert", kind="test", body="质检院", question="合格吗"),
        step(handler, case, "respond-ask", unit="维保公司",
             due_at=(now() + timedelta(days=5)).isoformat(timespec="seconds")),
        step(handler, case, "respond", unit="维保公司", person="周经理", about="电梯停运",
             facts="主板烧毁"),
    ]  # fmt: skip
    assert [(one.status_code, one.json().get("detail")) for one in done] == [(200, None)] * 9
    minutes = str(Minutes.objects.get().id)
    assert step(handler, case, "minutes-read", minutes_id=minutes).status_code == 200
    signed = step(handler, case, "minutes-sign", minutes_id=minutes, role="staff", name="张师傅")
    assert signed.status_code == 200
    for issue in Issue.objects.all():
        told = {"finding": "founded", "faults": ["mistake"], "liable": ["company"]}
        found = step(handler, case, "issue-find", issue_id=str(issue.id), reason="有监控", **told)
        assert found.status_code == 200
    whole = handler.get(f"/cases/{case.id}/investigation").json()
    assert whole["verdict"] == "founded"
    assert [one["text"] for one in whole["issues"]] == ["电梯停运", "电话没人接"]
    assert whole["answers"][0]["facts"] == "主板烧毁"
    assert RespondentAnswer.objects.get().way == "paper"
    link = AnswerLink.objects.get()
    assert step(handler, case, "respond-revoke", link_id=str(link.id)).status_code == 200
    assert kinds(case)[-1] == "respondent_link_ended"


def test_whoever_is_named_is_refused_with_who_else_may(handler: Program, house: House) -> None:
    member = make_member(house, "李小娜", Role.HANDLER, house.first)
    case = make_case(house, by="甲", respondent_person="前台李小娜")
    answer = step(handler, case, "investigator", member=str(member.id))
    assert (answer.status_code, answer.json()["code"]) == (422, "conflict")
    assert "可以请" in str(answer.json())


def test_a_finding_without_its_reason_is_refused_at_its_field(handler: Program, case: Case) -> None:
    step(handler, case, "issues", texts=["电梯停运"])
    issue = str(Issue.objects.get().id)
    answer = step(handler, case, "issue-find", issue_id=issue, finding="founded", reason=" ")
    assert answer.status_code == 422
    assert {"reason", "faults", "liable"} <= set(str(answer.json()).replace("'", " ").split())


def test_those_who_do_not_talk_with_customers_read_it_masked(
    handler: Program, house: House, case: Case
) -> None:
    step(handler, case, "dispute", point="谁打的电话", ours="我 13800001234 打的")
    inspector = program(house["督查"])
    told = inspector.get(f"/cases/{case.id}/investigation").json()["disputes"][0]["ours"]
    assert "13800001234" not in told
