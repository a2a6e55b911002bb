"""Signatures of parties: what is signed is pinned, a link is of use once, names stay sealed."""

import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from factories import NOON, House, fresh, kinds, later
from hands import blank, stroke
from tingsu.cases import sign_links
from tingsu.cases.actions import sign
from tingsu.cases.actions.attach import Given
from tingsu.cases.actions.sign import Hand
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Attachment, Case, Event, Signing
from tingsu.cases.queries import signing as queries
from tingsu.people import pictures
from tingsu.people.actor import CUSTOMER
from tingsu.people.models import new_id
from tingsu.people.permission import NotThere

TEXT = "退还 300 元。\n七天内付清。"


def ask(case: Case, house: House, role: str = "complainant", **more: Any) -> Signing:
    told: dict[str, Any] = {
        "about": "record",
        "subject": new_id(),
        "name": "王小明",
        "title": "谈话记录",
    } | more
    _written, made = sign.ask(case, house.actor("甲"), NOON, role=role, text=TEXT, **told)
    return Signing.objects.get(id=made)


def hand(**more: Any) -> Hand:
    told: dict[str, Any] = {"name": "王小明", "agreed": True, "picture": stroke()} | more
    return Hand(**told)


def test_what_is_signed_is_pinned(case: Case, house: House) -> None:
    row = ask(case, house)
    digest = hashlib.sha256(f"谈话记录\n\n{TEXT}".encode()).hexdigest()
    assert (row.text, row.text_hash, row.state) == (TEXT, digest, "waiting")
    sign.sign(
        case,
        CUSTOMER,
        later(hours=1),
        signing_id=row.id,
        hand=hand(place="link", address="1.2.3.4"),
    )
    row.refresh_from_db()
    assert (row.state, row.way, row.place, row.ended_at) == (
        "signed",
        "drawn",
        "link",
        later(hours=1),
    )
    assert (row.signed_as, row.address) == ("王小明", "1.2.3.4")
    event = Event.objects.get(case=case, kind="signed")
    assert (event.data["text_hash"], event.data["sha256"]) == (digest, row.sha256)
    assert hashlib.sha256(queries.picture(row)).hexdigest() == row.sha256


def test_no_entry_and_no_column_shows_a_name_or_an_address(case: Case, house: House) -> None:
    row = ask(case, house)
    sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=hand(address="1.2.3.4"))
    told = str(
        list(Event.objects.filter(case=case, kind__startswith="sign").values_list("data", "text"))
    )
    assert "王小明" not in told
    assert "1.2.3.4" not in told
    kept = bytes(Signing.objects.values_list("signed_as_sealed", flat=True).get(id=row.id) or b"")
    assert "王小明".encode() not in kept


def test_a_typed_name_needs_the_statement(case: Case, house: House) -> None:
    row = ask(case, house)
    with pytest.raises(Invalid) as refused:
        sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=Hand(" ", agreed=False))
    assert set(refused.value.fields) == {"name", "agreed"}
    sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=Hand("王小明", agreed=True))
    row.refresh_from_db()
    assert (row.way, row.size) == ("typed", 0)
    with pytest.raises(NotThere):
        queries.picture(row)


@pytest.mark.parametrize("picture", [blank(), b"GIF89a", b"\x89PNG\r\n\x1a\n cut", stroke()[:-60]])
def test_what_is_no_signature_is_refused_at_its_field(
    case: Case, house: House, picture: bytes
) -> None:
    row = ask(case, house)
    with pytest.raises(Invalid) as refused:
        sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=hand(picture=picture))
    assert set(refused.value.fields) == {"picture"}


def test_a_picture_is_written_anew_without_what_it_carried() -> None:
    kept = pictures.drawn(stroke((2_000, 900), note="GPS 30.2741 120.1551") + b"PK\x03\x04 behind")
    assert b"GPS" not in kept
    assert b"PK" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert max(picture.size) <= pictures.LARGEST
        assert picture.mode == "RGBA"
        assert not picture.info.get("Comment")


def test_a_picture_of_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(ValueError, match="像素"):
        pictures.drawn(stroke())


def test_a_link_opens_until_it_is_used_replaced_or_over(case: Case, house: House) -> None:
    row, by = ask(case, house), house.actor("甲")
    assert sign_links.key_of(row) == ""
    sign.open_link(case, by, NOON, signing_id=row.id, days=3)
    row.refresh_from_db()
    first = sign_links.key_of(row)
    house_id = case.organisation_id
    assert queries.by_link(house_id, row.id, first.upper(), later(days=2)).id == row.id
    for key, at in ((first[:-1] + "x", NOON), (first, later(days=3)), ("", NOON)):
        with pytest.raises(NotThere):
            queries.by_link(house_id, row.id, key, at)
    sign.open_link(case, by, NOON, signing_id=row.id, days=3)
    with pytest.raises(NotThere):
        queries.by_link(house_id, row.id, first, NOON)
    sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=hand())
    with pytest.raises(Refusal) as refused:
        sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=hand(name="别人"))
    assert refused.value.code == "ended"
    row.refresh_from_db()
    assert row.signed_as == "王小明"


def test_a_link_of_another_house_is_not_there(case: Case, house: House) -> None:
    row = ask(case, house)
    sign.open_link(case, house.actor("甲"), NOON, signing_id=row.id, days=3)
    row.refresh_from_db()
    with pytest.raises(NotThere):
        queries.by_link(UUID(int=1), row.id, sign_links.key_of(row), NOON)


def test_paper_is_scanned_and_kept(case: Case, house: House) -> None:
    row = ask(case, house, "respondent")
    scan = Given("签字页.png", len(stroke()), BytesIO(stroke()))
    told: dict[str, Any] = {"signing_id": row.id, "scan": scan, "name": "李经理"}
    with pytest.raises(Invalid) as refused:
        sign.sign_on_paper(case, house.actor("甲"), NOON, **told | {"scan": None})
    assert set(refused.value.fields) == {"files"}
    with pytest.raises(Invalid):
        sign.sign_on_paper(case, house.actor("甲"), NOON, **told, signed_at=later(hours=1))
    sign.sign_on_paper(case, house.actor("甲"), later(hours=2), **told, signed_at=NOON)
    row.refresh_from_db()
    assert (row.way, row.ended_at, row.witness_id) == ("paper", NOON, house["甲"].id)
    file = Attachment.objects.get(case=case)
    assert (row.scan_id, file.public) == (file.id, False)


def test_declined_with_words_and_withdrawn(case: Case, house: House) -> None:
    row = ask(case, house)
    with pytest.raises(Invalid):
        sign.decline(case, CUSTOMER, NOON, signing_id=row.id, text=" ")
    sign.decline(case, CUSTOMER, NOON, signing_id=row.id, text="金额不对")
    assert Event.objects.get(case=case, kind="sign_declined").text == "金额不对"
    assert fresh(case).planned_at == NOON
    other = ask(case, house)
    sign.withdraw(case, house.actor("甲"), NOON, signing_id=other.id)
    assert kinds(case)[-1] == "sign_withdrawn"
    with pytest.raises(Refusal):
        sign.sign(case, CUSTOMER, NOON, signing_id=other.id, hand=hand())


def test_the_same_is_asked_for_once(case: Case, house: House) -> None:
    row = ask(case, house)
    with pytest.raises(Refusal) as refused:
        ask(case, house, subject=row.subject)
    assert refused.value.code == "already_asked"
    ask(case, house, "respondent", subject=row.subject)
    assert len(queries.of_subjects([row.subject])[row.subject]) == 2


def test_a_text_that_was_changed_behind_our_back_is_not_signed(case: Case, house: House) -> None:
    row = ask(case, house)
    Signing.objects.filter(id=row.id).update(title="另一份")
    with pytest.raises(Refusal) as refused:
        sign.sign(case, CUSTOMER, NOON, signing_id=row.id, hand=hand())
    assert refused.value.code == "changed"
