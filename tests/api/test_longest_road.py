"""A client made from the document walks the longest road: refused, mediated, decided, carried out,
closed, called back, begun anew, closed again, put away (PL-4, HA-9, FU-1, CL-2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from api.client import Api, Wrong
from factories import House
from programs import secret_of
from tingsu.api.house import document
from tingsu.cases.models import Case
from tingsu.work import letters

ANSWER = "电梯门机已经更换，三天内没有再停。给您添麻烦了，对不起。"
REFUND = {"gives": "refund", "words": "退还物业费", "fen": 30_000}
SORRY = {"gives": "apology", "words": "项目经理当面道歉"}


class Road:
    """Whoever walks it: 甲 handles, 丁 leads, the customer follows with number and code."""

    def __init__(self, house: House) -> None:
        self.told = document()
        self.house = house
        self.api, self.head = (Api(self.told, secret_of(house[name])) for name in ("甲", "丁"))
        self.public = Api(self.told, "")
        story = {
            "channel": "phone", "name": "赵一", "phone": "13900005678", "keep": True,
            "narrative": "小区电梯一周停了三次，打电话没人接。", "request": "退还物业费",
        }  # fmt: skip
        got = self.api.receive_receive(story, headers={"Idempotency-Key": "road"}).body
        self.here = {"case_id": got.case_id}
        self.opens = {"number": got.number, "code": got.code}
        self.slug = {"slug": house.organisation.slug}

    def seen(self) -> dict[str, str]:
        return {"If-Match": self.api.cases_read(**self.here).etag}

    def do(self, step: str, fresh: bool = False, /, *, by: Any = None, **told: Any) -> Any:
        """A step of 甲's, or of somebody else's."""
        caller = getattr(by or self.api, step)
        return caller(told, self.seen() if fresh else {}, **self.here).body

    def ended(self) -> Any:
        return self.api.endings_whole(**self.here).body

    def answered(self, agreed: bool, text: str = "") -> None:
        """A final letter, and what the customer says to it."""
        self.do("talk_reply", True, text=ANSWER, kind="final")
        letters(now() + timedelta(minutes=1))
        self.public.public_answer(self.opens | {"agreed": agreed, "text": text}, **self.slug)

    def performed(self, owed: Any) -> None:
        """Proved by what such a line asks for."""
        proof = {"fen": owed.fen, "reference": "付-1"} if owed.fen else {"who": "李经理"}
        self.do("owed_done", obligation_id=owed.id, how="今天上午在服务中心", **proof)


@pytest.fixture
def road(house: House, settings: Any) -> Road:
    settings.SEND_DELAY_SECONDS = 0
    return Road(house)


def test_the_longest_road(road: Road) -> None:
    road.do("talk_contact", channel="phone", direction="out", text="听他说完了", mood=3)
    assert road.api.leading_guide_read(**road.here).body.stages
    road.do("talk_restate", text="电梯反复停，希望退费", confirmed=True)
    for step in ("accept", "investigate", "negotiate"):
        road.do("moves_move", True, to=step)

    road.do("endings_begin", text="双方都同意调解")
    talk = {"way": "face", "mediators": "丁", "attended": "赵一；李经理", "result": "failed"}
    road.do("endings_session", **talk)
    road.do("endings_fail", reason="差得太多", next_step="decide")
    assert [one.state for one in road.ended().mediations] == ["failed"]
    words = {"found": "停运三次", "reasons": "维保不到位", "basis": "条例第三十五条"}
    done = road.do("endings_decide", True, **words, terms="退三百", lines=[REFUND, SORRY])
    assert (done.state, done.waits_for) == ("executing", [])

    with pytest.raises(Wrong) as missing:
        road.do("owed_done", obligation_id=road.ended().owed[0].id)
    assert missing.value.status == 422
    for owed in road.ended().owed:
        road.performed(owed)
    assert road.ended().missing == []

    road.answered(agreed=False, text="还有一部电梯没修")
    road.answered(agreed=True)
    road.do("moves_close", True, verdict="founded")
    called_back_and_begun_anew(road)
    written_down_and_put_away(road)


def called_back_and_begun_anew(road: Road) -> None:
    """Not content at the call: a new round, closed again, and content at the second call."""
    first = road.api.callbacks_listing(which="mine").body.calls[0]
    assert first.case.number == road.opens["number"]
    road.do("callbacks_unanswered", call_id=first.id)
    told = {"call_id": first.id, "result": "dissatisfied", "text": "又停了", "then": "reopen"}
    assert road.do("callbacks_answered", **told).open
    road.answered(agreed=True)
    road.do("moves_close", True, verdict="founded")
    (due,) = [one for one in road.api.callbacks_of_case(**road.here).body.calls
              if one.state == "due"]  # fmt: skip
    road.do("callbacks_answered", call_id=due.id, result="satisfied", text="修好了")
    assert Case.objects.get().round == 2


def written_down_and_put_away(road: Road) -> None:
    """A prepared solution, released by another; the file in the register, a copy of it."""
    article = {"title": "换门机", "situation": "电梯反复停", "worked": "更换门机，当天修好"}
    road.do("solutions_write", **article)
    own = road.api.solutions_of_case(**road.here).body.own
    road.head.solutions_move({"do": "release"}, solution_id=own.id)
    assert road.api.solutions_read(solution_id=own.id).body.state == "released"
    road.do("archive_archive", True, by=road.head, place="三号柜")
    (line,) = road.head.archive_register(which="kept").body.files
    assert (line.number, line.place) == (road.opens["number"], "三号柜")
    road.do("archive_hold", by=road.head, do="hold", reason="有诉讼")
    assert road.head.archive_register(which="held").body.files[0].hold == "有诉讼"
    copy = road.do("dossiers_ask", masked=True)
    assert (copy.state, copy.masked) == ("waiting", True)


def test_an_agreement_is_signed_by_both_and_carried_out(road: Road) -> None:
    for step in ("accept", "investigate", "negotiate"):
        road.do("moves_move", True, to=step)
    road.do("endings_draft", kind="settlement", text="一、退还 300 元。", lines=[REFUND])
    made = road.ended().agreements[0]
    names = {"complainant_name": "赵一", "respondent_name": "李经理"}
    road.do("endings_put_up", agreement_id=made.id, title="和解协议", **names)
    one, other = road.api.signing_listing(**road.here).body.signings
    road.do("signing_link", signing_id=one.id)
    whole = road.api.signing_read(signing_id=one.id, **road.here).body
    assert (whole.text, "/sign/" in whole.link) == ("一、退还 300 元。", True)
    for signing, name in ((one, "赵一"), (other, "李经理")):
        road.do("signing_sign", signing_id=signing.id, name=name, agreed=True)
    assert road.ended().agreements[0].state == "signed"
    (owed,) = road.ended().owed
    road.do("owed_change", obligation_id=owed.id, reason="等财务",
            due_at=(now() + timedelta(days=3)).isoformat())  # fmt: skip
    road.do("owed_done", obligation_id=owed.id, fen=10_000, reference="付-1")
    assert (road.ended().owed[0].done_fen, road.ended().missing[0].what) == (10_000, "owed")
    road.do("owed_waive", obligation_id=owed.id, reason="客户说余下的不要了")
    assert road.ended().owed[0].state == "waived"


def test_an_offer_is_answered_by_its_customer(road: Road) -> None:
    road.do("moves_move", True, to="accept")
    plan = {"name": "道歉", "gifts": [{"gives": "apology", "fen": 0, "words": "当面道歉"}]}
    road.do("plans_make", **plan)
    (row,) = road.api.plans_plans(**road.here).body.plans
    until = (now() + timedelta(days=2)).isoformat()
    road.do("plans_put", True, plan_id=row.id, expires_at=until)
    letters(now() + timedelta(minutes=1))
    (seen,) = road.public.public_offers_offers(road.opens, **road.slug).body.offers
    assert seen.closed == ""
    said = road.opens | {"offer_id": seen.id, "answer": "accepted", "text": "好"}
    assert road.public.public_offers_answer(said, **road.slug).body.state == "executing"
    with pytest.raises(Wrong) as twice:
        road.public.public_offers_answer(said, **road.slug)
    assert twice.value.problem.code == "answered"


def test_a_case_goes_up_and_across_with_its_sheet(road: Road, house: House) -> None:
    road.do("moves_escalate", True, member=str(house["丁"].id), reason="客户要找媒体")
    (asked,) = road.head.responsibility_ladder(**road.here).body.handovers
    assert (asked.mine, asked.sheet["narrative"][:2]) == (True, "小区")
    road.do("sharing_send_back", by=road.head, handover_id=asked.id, reason="先回电")
    other = str(house.second.id)
    road.do("sharing_pass_to", True, department=other, reason="电梯归工程部")
    newest = road.api.responsibility_ladder(**road.here).body.handovers[0]
    engineer = Api(road.told, secret_of(house["乙"]))
    road.do("sharing_accept", by=engineer, handover_id=newest.id)
    assert Case.objects.get().owner_id == house["乙"].id


def test_a_task_is_declined_sent_on_and_taken_back(road: Road, house: House) -> None:
    soon = (now() + timedelta(days=2)).isoformat()
    road.do("together_task", department=str(house.second.id), content="查维保", due_at=soon)
    engineer = Api(road.told, secret_of(house["乙"]))
    (task,) = engineer.responsibility_task_list(which="department").body.tasks
    road.do("sharing_task_decline", by=engineer, task_id=task.id, reason="不归我们")
    to = {"department": str(house.centre.id), "reason": "请中心查"}
    road.do("sharing_task_redirect", task_id=task.id, **to)
    road.do("sharing_task_withdraw", task_id=task.id, reason="已经查到")
    assert road.api.parts_tasks(**road.here).body.tasks[0].state == "void"


def test_who_answers_for_it_is_named_disputed_and_settled(road: Road, house: House) -> None:
    road.do("responsibility_name", kind="cause", department=str(house.second.id), reason="维保漏检")
    engineer = Api(road.told, secret_of(house["乙"]))
    (row,) = engineer.responsibility_register().body.responsibilities
    assert row.case is None
    told = {"agrees": False, "text": "没有接到报修"}
    engineer.responsibility_answer(told, responsibility_id=row.id)
    road.do(
        "responsibility_settle", by=road.head, responsibility_id=row.id, stands=True, text="有记录"
    )
    (now_row,) = road.api.responsibility_of_case(**road.here).body.responsibilities
    assert (now_row.state, now_row.answer) == ("settled", "没有接到报修")
