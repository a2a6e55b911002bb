"""A client made from the document walks one complaint from receipt to close (PL-4, IN-1, IN-7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from api.client import Api, Wrong
from factories import House
from programs import secret_of
from tingsu.api.house import document
from tingsu.cases.models import Case, Letter
from tingsu.work import letters


@pytest.fixture
def api(house: House) -> Api:
    """甲's client."""
    return Api(document(), secret_of(house["甲"]))


def test_one_complaint_from_receipt_to_close(api: Api, house: House, settings: Any) -> None:
    settings.SEND_DELAY_SECONDS = 0
    told = {
        "channel": "phone", "name": "赵一", "phone": "13900005678", "keep": True,
        "narrative": "小区电梯一周停了三次，打电话没人接。", "request": "修好并说明原因",
    }  # fmt: skip
    got = api.receive_receive(told, headers={"Idempotency-Key": "hotline-1"}).body
    here: dict[str, Any] = {"case_id": got.case_id}

    def seen() -> dict[str, str]:
        return {"If-Match": api.cases_read(**here).etag}

    call = {"channel": "phone", "direction": "out", "text": "听他说完了", "mood": 3}
    api.talk_contact(call, **here)
    api.talk_restate({"text": "电梯反复停，希望修好", "confirmed": True}, **here)
    api.moves_move({"to": "accept"}, seen(), **here)
    api.moves_move({"to": "investigate"}, seen(), **here)
    soon = (now() + timedelta(days=1)).isoformat()
    api.together_promise({"content": "明天十点回电", "due_at": soon}, **here)
    asked = {"department": str(house.second.id), "content": "查维保记录", "due_at": soon}
    api.together_task(asked, **here)

    engineer = Api(document(), secret_of(house["乙"]))
    own = engineer.parts_asked(**here).body
    assert "赵一" not in own.narrative
    engineer.together_task_answer({"task_id": own.tasks[0].id, "text": "门机老化，已换"}, **here)
    api.together_task_accept({"task_id": own.tasks[0].id}, **here)
    due = api.parts_promises(**here).body.promises[0]
    api.together_promise_keep({"promise_id": due.id}, **here)

    answer = {"text": "电梯门机已经更换，三天内没有再停。给您添麻烦了，对不起。", "kind": "final"}
    api.talk_reply(answer, seen(), **here)
    letters(now() + timedelta(minutes=1))
    public = Api(document(), "")
    key = {"slug": house.organisation.slug}
    opens = {"number": got.number, "code": got.code}
    progress = public.public_progress(opens, **key).body
    assert progress.can_answer
    assert any("门机" in one.text for one in progress.story)
    public.public_answer(opens | {"agreed": True, "rating": 5, "text": "好了"}, **key)

    with pytest.raises(Wrong) as stale:
        api.moves_close({"verdict": "founded"}, {"If-Match": '"1"'}, **here)
    assert stale.value.status == 412
    assert stale.value.problem.changes
    done = api.moves_close({"verdict": "founded", "reason": "已换门机"}, seen(), **here).body
    assert (done.state, done.open) == ("closed", False)
    story = api.cases_timeline(limit=200, **here).body
    assert story.entries[-1].kind == "closed" or "closed" in {one.kind for one in story.entries}
    assert Case.objects.get().rating == 5
    assert Letter.objects.filter(kind="final", state="sent").count() == 1


def test_a_wrong_code_opens_nothing_and_guesses_end(api: Api, house: House, case: Case) -> None:
    public = Api(document(), "")
    guess = {"number": case.number, "code": "AAAAA-AAAAA"}
    statuses = set()
    for _try in range(12):
        with pytest.raises(Wrong) as wrong:
            public.public_progress(guess, slug=house.organisation.slug)
        statuses.add(wrong.value.status)
    assert statuses == {404, 429}


def test_the_public_complains_once(house: House) -> None:
    public, key = Api(document(), ""), {"slug": house.organisation.slug}
    story = {"narrative": "快递丢了，没人管。", "phone": "13700001111"}
    first = public.public_complain(story, {"Idempotency-Key": "p-1"}, **key).body
    again = public.public_complain(story, {"Idempotency-Key": "p-1"}, **key).body
    assert (first.number, again.repeated) == (again.number, True)
    assert Case.objects.get().channel == "web"
