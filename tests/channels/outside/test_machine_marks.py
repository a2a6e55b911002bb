"""What a language model wrote stays marked and goes; it hears only what it may (PL-8)."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from counterpart import Counterpart
from factories import House, kinds, make_case
from machine import answered, said, switch_on
from tingsu.cases.actions import attach, note, reply
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Event, Letter
from tingsu.channels.llm import asking
from tingsu.channels.llm.endpoint import LONGEST, Endpoint, chat, transcribe
from tingsu.channels.outgoing import Unreachable
from tingsu.people.permission import NotThere

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x10\x00\x00\x00\x01\x00\x01\x00" + b"\x00" * 64


def recorded(house: House, case: Case) -> Any:
    """A recording of the case."""
    given = attach.Given("通话.wav", len(WAV), io.BytesIO(WAV))
    attach.attach(case, house.actor("甲"), now(), files=[given])
    return asking.recordings(case)[0].id


def test_a_recording_becomes_words(house: House, model: Counterpart) -> None:
    model.answers = [(200, {"text": "你好，电梯又停了。"})]
    case = make_case(house, by="甲")
    row = answered(house, case, "transcript", file_id=recorded(house, case))
    assert row.text == "你好，电梯又停了。"
    sent = model.got[0]
    assert sent.path == "/v1/audio/transcriptions"
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert WAV in sent.body
    assert b'name="model"\r\n\r\nwhisper' in sent.body
    assert "通话".encode() not in sent.body


def test_recordings_stay_here_where_no_model_for_them_is_named(
    house: House, model: Counterpart
) -> None:
    case = make_case(house, by="甲")
    file_id = recorded(house, case)
    switch_on(house, f"{model.url}/v1", listener="")
    with pytest.raises(Refusal):
        asking.ask(house.who("甲"), case, "transcript", now(), file_id=file_id)


def test_only_recordings_of_the_case_are_heard(house: House, model: Counterpart) -> None:
    file_id = recorded(house, make_case(house, by="甲"))
    with pytest.raises(NotThere):
        asking.ask(house.who("甲"), make_case(house), "transcript", now(), file_id=file_id)


def test_a_letter_that_a_machine_wrote_says_so(house: House, model: Counterpart) -> None:
    case = make_case(house, by="甲")
    text = answered(house, case).text
    reply.reply(case, house.actor("甲"), now(), text=text + "祝好。")
    body = Letter.objects.get(case=case, kind="interim").body
    assert body.endswith("（本文由语言模型起草，经工作人员核对。）")
    assert Event.objects.get(case=case, kind="replied").data["machine"] == "draft"
    # Taken back and sent again it says so once.
    reply.reply(case, house.actor("甲"), now(), text=body)
    assert all(one.body.count("语言模型") == 1 for one in Letter.objects.filter(kind="interim"))


def test_a_letter_of_ones_own_says_nothing(house: House, model: Counterpart) -> None:
    case = make_case(house, by="甲")
    answered(house, case)
    own = "王先生，对不起，让您久等。您说的停运我们查过了，今天下午换好了钢丝绳。"
    reply.reply(case, house.actor("甲"), now(), text=own)
    assert Letter.objects.get(case=case, kind="interim").body == own
    assert "machine" not in Event.objects.get(case=case, kind="replied").data


def test_words_that_hurt_do_not_leave_whoever_wrote_them(house: House, model: Counterpart) -> None:
    model.answers = [(200, said("王小明您好，这不归我管，您找别人去。"))]
    case = make_case(house, by="甲")
    text = answered(house, case).text
    with pytest.raises(Invalid):
        reply.reply(case, house.actor("甲"), now(), text=text)
    assert "replied" not in kinds(case)


def test_a_note_of_a_machine_says_so(house: House) -> None:
    case = make_case(house, by="甲")
    note.note(case, house.actor("甲"), now(), text="客户要退款", machine="summary")
    event = Event.objects.get(case=case, kind="note")
    assert event.text == "【机器概括，可能有错】\n客户要退款"
    assert event.data == {"machine": "summary"}


def test_texts_go_after_a_month(house: House, model: Counterpart) -> None:
    row = answered(house, make_case(house, by="甲"))
    asking.forget_old(now() + timedelta(days=29))
    row.refresh_from_db()
    assert row.text
    asking.forget_old(now() + timedelta(days=31))
    row.refresh_from_db()
    assert (row.text, row.state) == ("", "done")


def test_a_long_answer_is_cut_and_thoughts_are_left_out(other: Counterpart) -> None:
    there = Endpoint(other.url, "", "m", 5)
    other.answers = [(200, said("<think>先想想</think>" + "好" * (LONGEST + 9)))]
    assert chat(there, []).text == "好" * LONGEST
    assert "authorization" not in other.got[0].headers
    other.answers = [(200, {"text": 7})]
    with pytest.raises(Unreachable):
        transcribe(there, "a.wav", b"x")
