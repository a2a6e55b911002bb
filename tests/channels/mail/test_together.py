"""Mails of one look become cases together, and each as if it had come alone (IN-4)."""

from typing import Any

import pytest

from factories import NOON, House
from mail_letters import written
from tingsu.cases.actions import receive
from tingsu.cases.models import Attachment, Case, Letter, vault
from tingsu.cases.verify import Broken, verify
from tingsu.channels.mail import arriving, manners, store, together
from tingsu.channels.models import Mailbox, ReceivedMail

pytestmark = pytest.mark.django_db


def _keep(box: Mailbox, *mails: Any) -> None:
    for mail in mails:
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        assert store.keep(box, raw, "smtp 127.0.0.1", NOON) is not None


def _mail(number: int, **heads: str) -> Any:
    given = {"From": f"客户{number} <k{number}@kehu.example>", "Message_ID": f"<{number}@x>"}
    return written(f"第 {number} 件：电梯停了。", **(given | heads))


def test_plain_ones_at_once_the_others_one_by_one(house: House, box: Mailbox) -> None:
    filed = _mail(20)
    filed.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="票.pdf")
    twice = [_mail(n, From="同一个 <one@kehu.example>") for n in (30, 31)]
    machine = _mail(40, Auto_Submitted="auto-replied")
    answer = _mail(41, In_Reply_To="<3@x>")
    _keep(box, *[_mail(n) for n in range(10)], filed, *twice, machine, answer, b"From: x\r\n\r\n")
    assert arriving.sweep(NOON)
    told = dict(ReceivedMail.objects.values_list("message_id", "state"))
    assert set(told.values()) == {"taken", "kept", "quarantine"}
    assert Case.objects.count() == Letter.objects.count() == 13
    for row in ReceivedMail.objects.filter(state="taken").exclude(message_id="<41@x>"):
        assert row.case_id
        case = Case.objects.get(id=row.case_id)
        assert case.source_ref == row.message_id
        assert case.party is not None
        assert vault().email_index(case.party.email) == row.sender_index
    assert Attachment.objects.get().name == "票.pdf"
    third = Case.objects.get(source_ref="<3@x>")
    assert third.events.filter(kind="customer_added").count() == 1
    assert not [row for row in verify() if isinstance(row, Broken)]
    assert not arriving.sweep(NOON)


def test_many_cost_little_more_than_one(
    house: House, box: Mailbox, django_assert_max_num_queries: Any
) -> None:
    _keep(box, *[_mail(n) for n in range(30)])
    with django_assert_max_num_queries(45):
        arriving.sweep(NOON)
    assert Case.objects.count() == 30


def test_the_budget_of_the_house_holds(
    house: House, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "MOST_OF_HOUSE", 4)
    _keep(box, *[_mail(n) for n in range(6)])
    arriving.sweep(NOON)
    assert (Case.objects.count(), Letter.objects.count()) == (6, 4)
    assert ReceivedMail.objects.filter(answered=True).count() == 4


def test_one_that_breaks_the_batch_costs_the_others_nothing(
    house: House, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = receive.receive_many

    def odd(organisation: Any, intakes: Any, *given: Any, **more: Any) -> Any:
        if len(intakes) > 1:
            raise ValueError("one of them is odd")
        return true(organisation, intakes, *given, **more)

    monkeypatch.setattr(receive, "receive_many", odd)
    _keep(box, *[_mail(n) for n in range(4)])
    arriving.sweep(NOON)
    assert Case.objects.count() == Letter.objects.count() == 4
    assert not ReceivedMail.objects.exclude(state="taken").exists()


def test_taken_once_whoever_looks(house: House, box: Mailbox) -> None:
    _keep(box, *[_mail(n) for n in range(3)])
    rows = list(ReceivedMail.objects.select_related("mailbox__queue", "organisation"))
    assert together.take(rows, NOON) == []
    ReceivedMail.objects.update(state="stored", case_id=None)  # another worker looked as well
    arriving.sweep(NOON)
    assert Case.objects.count() == Letter.objects.count() == 3
