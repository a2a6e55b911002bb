"""A mail becomes a case, or a message on one, or stands where a person sees it (IN-4)."""

from collections.abc import Callable
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import DataError

from factories import NOON, House, make_case
from mail_letters import written
from tingsu import work
from tingsu.cases.actions import close, deliver
from tingsu.cases.models import Attachment, Case, Event, Letter
from tingsu.channels.mail import arriving, manners, store, threads
from tingsu.channels.mail.message import Mail
from tingsu.channels.mail.sending import mail_of
from tingsu.channels.mail.tokens import mark_of, number_in
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.core.lifecycle import Move

pytestmark = pytest.mark.django_db
Arrives = Callable[..., ReceivedMail]


def _case() -> Case:
    return Case.objects.get()


def _said(case: Case, kind: str) -> list[str]:
    return list(case.events.filter(kind=kind).order_by("seq").values_list("text", flat=True))


def _sent() -> EmailMessage:
    """Let the worker send; the last mail that left."""
    work.letters(NOON + timedelta(hours=1))
    last: EmailMessage = outbox.outbox[-1].message()
    return last


def test_a_mail_of_a_person_is_a_case_and_is_answered(arrives: Arrives) -> None:
    row = arrives(written())
    case = _case()
    assert (row.state, row.case_id) == ("taken", case.id)
    assert (case.channel, case.title, case.narrative) == (
        "mail",
        "投诉电梯",
        "电梯停了三天没人管。",
    )
    assert case.party is not None
    assert (case.party.name, case.party.email) == ("王小明", "wang@kehu.example")
    assert case.for_head  # a written complaint goes to the head (SC-6)
    sent = _sent()
    assert sent["To"] == "wang@kehu.example"
    assert "ts@yunfan.example" in sent["From"]
    assert (sent["In-Reply-To"], sent["Auto-Submitted"]) == ("<1@kehu.example>", "auto-replied")


def test_the_bytes_are_kept_as_they_came_and_sealed(arrives: Arrives) -> None:
    raw = written().as_bytes()
    row = arrives(raw)
    assert store.raw_of(row) == raw
    assert b"kehu" not in bytes(row.raw_sealed)


def test_the_same_mail_twice_is_one_case(arrives: Arrives, box: Mailbox) -> None:
    arrives(written())
    assert store.keep(box, written().as_bytes(), "smtp 127.0.0.1", NOON) is None
    assert Case.objects.count() == 1


def test_taken_again_after_a_crash_nothing_is_doubled(arrives: Arrives) -> None:
    mail = written()
    mail.add_attachment(b"%PDF-1.4 bill", maintype="application", subtype="pdf", filename="票.pdf")
    row = arrives(mail)
    row.state = "stored"  # as if the last line had not been written
    row.save()
    arriving.sweep(NOON)
    assert (Case.objects.count(), Letter.objects.count(), Attachment.objects.count()) == (1, 1, 1)


def _subject(sent: EmailMessage) -> str:
    return str(make_header(decode_header(str(sent["Subject"]))))


@pytest.mark.parametrize("by", ["reference", "mark"])
def test_an_answer_comes_to_its_case(by: str, arrives: Arrives) -> None:
    arrives(written())
    sent = _sent()
    heads = {"Message_ID": "<2@kehu.example>"}
    if by == "reference":
        heads |= {"In_Reply_To": str(sent["Message-ID"]), "Subject": "别的题目"}
    else:
        heads |= {"Subject": f"回复：{_subject(sent)}"}
    row = arrives(
        written("还没有修。\n\n在 2026-11-20，客服 <ts@yunfan.example> 写道：\n> 您好", **heads)
    )
    assert row.case_id == _case().id
    assert _said(_case(), "customer_added") == ["还没有修。"]


def test_the_subject_alone_leads_nowhere(arrives: Arrives) -> None:
    arrives(written())
    arrives(written("又一件", Subject=f"Re: {_case().number}", Message_ID="<2@kehu.example>"))
    assert Case.objects.count() == 2


def test_a_mark_of_our_own_making_alone_is_believed(house: House) -> None:
    ident = house.organisation.id
    mark = mark_of(ident, "TS-20261121-0001")
    assert number_in(f"Re: 答复 {mark}", ident) == "TS-20261121-0001"
    assert number_in(mark.replace("0001", "0002"), ident) == ""
    assert number_in(mark, house.first.id) == ""


def test_a_stranger_is_shown_as_one(arrives: Arrives) -> None:
    arrives(written())
    heads = {
        "From": "li@elsewhere.example",
        "Message_ID": "<2@x>",
        "In_Reply_To": "<1@kehu.example>",
    }
    arrives(written("我替他说", **heads))
    entry = Event.objects.get(kind="customer_added")
    assert entry.data["stranger"].endswith("elsewhere.example")
    assert "li@" not in entry.data["stranger"]


def test_an_answer_on_an_ended_case_asks_to_reopen(house: House, arrives: Arrives) -> None:
    arrives(written())
    case = _case()
    close.end(case, house.actor("甲"), NOON, move=Move.WITHDRAW, reason="客户撤回")
    arrives(written("又坏了", Message_ID="<2@x>", In_Reply_To="<1@kehu.example>"))
    case.refresh_from_db()
    assert case.reopen_asked_at is not None
    assert _said(case, "reopen_asked") == ["又坏了"]


@pytest.mark.parametrize(
    ("heads", "cause"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"List_Id": "<news.example>"}, "list"),
        ({"X_Tingsu": "1"}, "own"),
        ({"Return_Path": "<>"}, "bounce"),
    ],
)
def test_machines_get_no_case_and_no_answer(
    heads: dict[str, str], cause: str, arrives: Arrives
) -> None:
    row = arrives(written(**heads))
    assert (row.state, row.cause) == ("kept", cause)
    assert not Case.objects.exists()
    arriving.take(row, NOON, by_hand=True)  # a person knows better
    assert _case().channel == "mail"
    assert not Letter.objects.exists()


def test_out_of_office_is_kept_on_its_case(arrives: Arrives) -> None:
    arrives(written())
    sent = _sent()
    heads = {"Auto_Submitted": "auto-replied", "In_Reply_To": str(sent["Message-ID"])}
    arrives(written("我在休假", Subject="自动回复", Message_ID="<2@x>", **heads))
    assert "我在休假" in _said(_case(), "note")[0]
    assert Letter.objects.count() == 1


def test_answers_to_one_sender_stop(arrives: Arrives) -> None:
    for number in range(manners.MOST_TO_ONE + 2):
        arrives(written(f"第{number}封", Message_ID=f"<{number}@x>"))
    assert Letter.objects.count() == manners.MOST_TO_ONE
    assert Case.objects.count() == manners.MOST_TO_ONE + 2


def test_a_flood_waits_for_a_person(arrives: Arrives, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "MOST_FROM_ONE", 2)
    rows = [arrives(written(f"第{n}封", Message_ID=f"<{n}@x>")) for n in range(4)]
    assert [row.state for row in rows] == ["taken", "taken", "quarantine", "quarantine"]
    assert rows[-1].cause == "flood"


def test_before_a_person_confirmed_nothing_is_sent(arrives: Arrives, box: Mailbox) -> None:
    box.answers_from = None
    box.save()
    arrives(written())
    assert Case.objects.count() == 1
    assert not Letter.objects.exists()


def test_what_cannot_be_read_waits_in_sight(arrives: Arrives) -> None:
    row = arrives(b"From: a@b.example\r\n\r\n")
    assert (row.state, row.cause) == ("quarantine", "no_text")


def test_one_odd_mail_stops_no_other(
    arrives: Arrives, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the database cannot take is tried three times, then it waits in sight (IN-4)."""
    found = threads.case_of

    def odd(organisation_id: UUID, mail: Mail) -> Case | None:
        if "odd" in mail.subject:
            raise DataError("a value that no column takes")
        return found(organisation_id, mail)

    monkeypatch.setattr(threads, "case_of", odd)
    row = arrives(written("第一封", Subject="odd", Message_ID="<1@x>"))
    arrives(written("第二封", Message_ID="<2@x>"))
    assert _case().narrative == "第二封"
    arriving.sweep(NOON)
    row.refresh_from_db()
    assert (row.state, row.cause) == ("quarantine", "broken")


def test_a_control_character_in_a_message_id_is_no_message_id(arrives: Arrives) -> None:
    raw = written("电梯又停了。").as_bytes().replace(b"Message-ID: <", b"Message-ID: <\x00")
    row = arrives(raw)
    assert (row.state, row.message_id) == ("taken", "")


def test_files_come_along_and_bad_ones_are_named(arrives: Arrives) -> None:
    mail = written()
    mail.add_attachment(
        b"%PDF-1.4 bill", maintype="application", subtype="pdf", filename="发票.pdf"
    )
    mail.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="a.exe")
    arrives(mail)
    assert list(Attachment.objects.values_list("name", flat=True)) == ["发票.pdf"]
    assert "a.exe" in _said(_case(), "note")[0]


def test_a_long_mail_loses_nothing(arrives: Arrives) -> None:
    story = "电梯又停了。" * 5_000
    arrives(written(story))
    assert len(_case().narrative) <= 20_000
    assert Attachment.objects.get().size == len(story.encode())


def test_a_letter_that_came_back_is_said_at_the_letter(house: House, arrives: Arrives) -> None:
    arrives(written())
    sent = _sent()
    letter = Letter.objects.get()
    assert letter.state == "sent"
    report = (
        "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\n\r\nfailed\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; wang@kehu.example\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--x\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {sent['Message-ID']}\r\n\r\nx\r\n--x--\r\n"
    )
    arrives(report.encode())
    letter.refresh_from_db()
    assert letter.state == "failed"
    case = _case()
    assert len(_said(case, "letter_failed")) == 1
    assert case.planned_at is not None
    deliver.came_back(letter, NOON, "again")
    assert len(_said(case, "letter_failed")) == 1


def test_a_letter_keeps_its_message_id_at_every_try(house: House, box: Mailbox) -> None:
    make_case(house, email="wang@kehu.example", preferred_channel="mail")
    letter = Letter.objects.get()
    first, second = (mail_of(letter).message()["Message-ID"] for _try in range(2))
    assert first == second == f"<{letter.id.hex}@yunfan.example>"
