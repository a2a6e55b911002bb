"""The two kept forms of IN-9."""

from django.utils.timezone import now

from factories import House, make_case, signed_in
from tingsu.cases.actions import contact, escalate, look, note, reply
from tingsu.cases.models import Case, Letter


def sheet(house: House, case: Case, name: str, by: str = "甲") -> str:
    return signed_in(house[by]).get(f"/cases/{case.id}/{name}/").content.decode()


def test_the_register_has_every_contact_and_letter(house: House, own: Case) -> None:
    by = house.actor("甲")
    contact.contact(own, by, now(), channel="phone", direction="out", text="说明天来修")
    reply.reply(own, by, now(), text="维修安排在明天上午")
    reply.reply(own, by, now(), text="写错了没有发出去的信")
    taken = Letter.objects.get(body="写错了没有发出去的信")
    reply.take_back(own, by, now(), letter_id=taken.id)
    note.note(own, by, now(), text="内部的话")
    assert "没有发出去的信" not in sheet(house, own, "sheet")
    html = sheet(house, own, "register")
    for said in (own.number, "说明天来修", "维修安排在明天上午", "当事人签字", "王小明"):
        assert said in html
    assert "内部的话" not in html
    assert "没有发出去的信" not in html


def test_the_processing_sheet_has_instruction_result_and_places_to_sign(house: House) -> None:
    case = make_case(
        house, by="甲", at=now(), channel="visit", request="修好电梯", severity="major",
        channel_facts={"room": "二号接待室", "accompanied_by": "女儿"},
    )  # fmt: skip
    escalate.instruct(case, house.actor("丁"), now(), text="三天内修好并上门道歉")
    Case.objects.filter(id=case.id).update(state="investigating")
    case.refresh_from_db()
    reply.reply(case, house.actor("甲"), now(), text="电梯已换新件", kind="final")
    html = sheet(house, case, "sheet")
    for said in (
        "二号接待室",
        "女儿",
        "修好电梯",
        "三天内修好并上门道歉",
        "电梯已换新件",
        "投诉人签字",
    ):
        assert said in html


def test_sheets_are_as_masked_as_the_screen(house: House, own: Case) -> None:
    assert "13800001234" not in sheet(house, own, "sheet")
    assert "王小明" not in sheet(house, own, "sheet", by="督查")
    look.look(own, house.actor("甲"), now(), fields=("phone",))
    assert "13800001234" in sheet(house, own, "sheet")
    assert "13800001234" in sheet(house, own, "register")
