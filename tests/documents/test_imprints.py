"""Signatures and seals as pictures (HA-18): what is taken, who may use them on what, never others,
on record whenever used, gone when withdrawn."""

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from docx import Document as Word
from PIL import Image

import factories as f
import hands
from papers import accepted
from tingsu.cases import imprints
from tingsu.cases.actions import approve, document
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.models import Approval, Case, Document, Event, Imprint
from tingsu.cases.queries import documents as papers
from tingsu.cases.queries import imprints as queries
from tingsu.cases.verify import verify_case
from tingsu.documents import setting
from tingsu.documents.imprints import Wish
from tingsu.documents.issuing import editable, issue_draft, issued_paper, open_draft
from tingsu.people.models import HouseChange
from tingsu.people.permission import Forbidden, NotThere

pytestmark = pytest.mark.django_db
AT = f.NOON
ON = "tourism.acceptance"


def brought(house: f.House, papers: list[str], keepers: list[str], name: str = "公章") -> Imprint:
    """A seal that 丁 brought and the administrator let in."""
    row = imprints.propose_seal(
        house.who("丁"), AT, name=name, data=hands.seal(),
        papers=papers, keepers=[str(house[one].id) for one in keepers],
    )  # fmt: skip
    imprints.let_in(house.who("管理员"), AT, row.id)
    row.refresh_from_db()
    return row


def issue(house: f.House, case: Case, paper: Document, wish: Wish, by: str = "甲") -> Document:
    issue_draft(
        case, house.actor(by), AT, document_id=paper.id, signatory=f"承办人 {house[by].name}",
        checked_at="https://t.example/verify/", wish=wish,
    )  # fmt: skip
    paper.refresh_from_db()
    return paper


def pictures_in_word(paper: Any) -> int:
    return len(Word(setting.docx(paper)).inline_shapes)


def test_only_the_ink_of_a_signature_is_kept_sealed_and_nothing_travels_with_it() -> None:
    house = f.make_house()
    row = imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    with Image.open(BytesIO(imprints.png(row))) as kept:
        assert (kept.format, kept.mode) == ("PNG", "RGBA")
        assert kept.getpixel((0, 0))[3] == 0  # type: ignore[index]
        assert kept.width < 800
        assert {one for _n, one in kept.getchannel("R").getcolors() or ()} == {0}
    stored = bytes(Imprint.objects.get(id=row.id).picture_sealed or b"")
    assert b"PNG" not in stored
    assert imprints.png(row)[:8] not in stored


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", hands.blank(), b"x" * (2 * 2**20 + 1), b"GIF89a" + b"\0" * 40],
    ids=["nothing", "text", "blank", "large", "gif"],
)
def test_what_is_no_picture_of_a_signature_is_refused_in_words(data: bytes) -> None:
    house = f.make_house()
    with pytest.raises(Invalid) as refused:
        imprints.bring_signature(house.who("甲"), AT, data)
    assert refused.value.fields["picture"]
    assert not Imprint.objects.exists()


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    house = f.make_house()
    with pytest.raises(Invalid) as refused:
        imprints.bring_signature(house.who("甲"), AT, hands.blank((4001, 4001)))
    assert "4000" in refused.value.words


def test_a_seal_keeps_its_colour_on_nothing() -> None:
    house = f.make_house()
    row = brought(house, [ON], ["甲"])
    with Image.open(BytesIO(imprints.png(row))) as kept:
        red, green, _blue, alpha = kept.getpixel((kept.width // 2, kept.height // 2))  # type: ignore[misc]
        assert red > 150 > green
        assert alpha > 150
        assert kept.getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_a_seal_needs_two_persons_papers_and_keepers() -> None:
    house = f.make_house()
    head = house.who("丁")
    with pytest.raises(Invalid) as refused:
        imprints.propose_seal(head, AT, name="", data=b"", papers=[], keepers=["someone"])
    assert set(refused.value.fields) == {"name", "papers", "keepers", "picture"}
    told = {"papers": [ON], "keepers": [str(house["甲"].id)]}
    row = imprints.propose_seal(head, AT, name="公章", data=hands.seal(), **told)
    assert not queries.seals_for(*_place(house), house["甲"].id)
    with pytest.raises(Refusal) as own:
        imprints.let_in(head, AT, row.id)
    assert own.value.code == "own"
    with pytest.raises(IntegrityError), transaction.atomic():
        Imprint.objects.filter(id=row.id).update(state="valid", ended_by=house["丁"])
    imprints.let_in(house.who("管理员"), AT, row.id)
    assert [one.name for one in queries.seals_for(*_place(house), house["甲"].id)] == ["公章"]
    for name in ("甲", "主管", "审计"):
        with pytest.raises(Forbidden):
            imprints.propose_seal(house.who(name), AT, name="公章", data=hands.seal(), **told)


def _place(house: f.House) -> tuple[Case, Any]:
    case, _drafts = accepted(house)
    return case, papers.kinds(case)["acceptance"]


def test_an_issued_paper_bears_both_and_the_timeline_says_whose() -> None:
    house = f.make_house()
    seal = brought(house, [ON], ["甲"])
    own = imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    case, drafts = accepted(house)
    paper = issue(house, case, drafts["acceptance"], Wish(signature=True, seal=seal.id))
    shown = issued_paper(paper)
    assert shown.hand.startswith("<svg")
    assert shown.image.startswith("<svg")
    with papers.pdf(paper) as file:
        assert file.read().count(b"/Subtype/Image") >= 2
    assert pictures_in_word(editable(paper)) == 2
    entry = Event.objects.get(case=case, kind="document_issued")
    assert entry.data["signature_of"] == house["甲"].name
    assert entry.data["seal"] == str(seal.id)
    assert verify_case(f.fresh(case)) is None
    assert {one.used for one in Imprint.objects.all()} == {1}
    assert own.member_id == house["甲"].id


def test_without_pictures_there_is_the_place_for_a_seal() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issue(house, case, drafts["acceptance"], Wish())
    assert (issued_paper(paper).hand, issued_paper(paper).image) == ("", "")
    assert issued_paper(paper).words["seal"] == "（盖章处）"
    assert pictures_in_word(editable(paper)) == 0


@pytest.mark.parametrize(
    ("by", "kind"),
    [("主管", "acceptance"), ("甲", "acceptance_respondent")],
    ids=["not a keeper", "not for this paper"],
)
def test_a_seal_is_set_by_its_keepers_on_its_papers_alone(by: str, kind: str) -> None:
    house = f.make_house()
    seal = brought(house, [ON], ["甲"])
    case, drafts = accepted(house)
    with pytest.raises(Refusal) as refused:
        issue(house, case, drafts[kind], Wish(seal=seal.id), by)
    assert refused.value.code == "not_yours"
    assert Document.objects.get(id=drafts[kind].id).state == "draft"


def test_nobody_signs_with_the_hand_of_another() -> None:
    house = f.make_house()
    imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    case, drafts = accepted(house)
    with pytest.raises(Refusal) as refused:
        issue(house, case, drafts["acceptance"], Wish(signature=True), "主管")
    assert (refused.value.field, refused.value.code) == ("signature", "missing")
    with pytest.raises(Invalid) as named:
        issue_draft(
            case, house.actor("甲"), AT, document_id=drafts["acceptance"].id,
            signatory="负责人 丁", checked_at="https://t/", wish=Wish(signature=True),
        )  # fmt: skip
    assert set(named.value.fields) == {"signatory"}
    other = f.make_outsider()
    with pytest.raises(Forbidden):
        imprints.withdraw_signature(house.who("主管"), AT, house["甲"].id)
    imprints.withdraw_signature(
        other.who("管理员"), AT, house["甲"].id
    )  # of another house: nothing
    assert queries.signature_of(house["甲"].id)


def test_the_seals_of_another_house_are_not_there() -> None:
    house, other = f.make_house(), f.make_outsider()
    seal = brought(house, [ON], ["甲"])
    with pytest.raises(NotThere):
        imprints.withdraw_seal(other.who("管理员"), AT, seal.id, "x")
    assert queries.seals(other.who("管理员")) == []
    there, theirs = accepted(other)
    with pytest.raises(Refusal):
        issue(other, there, theirs["acceptance"], Wish(seal=seal.id))


def test_what_is_withdrawn_is_gone_and_papers_that_bear_it_stay() -> None:
    house = f.make_house()
    seal = brought(house, [ON], ["甲"])
    imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    case, drafts = accepted(house)
    paper = issue(house, case, drafts["acceptance"], Wish(signature=True, seal=seal.id))
    with papers.pdf(paper) as file:
        before = file.read()
    with pytest.raises(Invalid):
        imprints.withdraw_seal(house.who("管理员"), AT, seal.id, " ")
    imprints.withdraw_seal(house.who("管理员"), AT, seal.id, "印章遗失")
    imprints.withdraw_signature(house.who("甲"), AT, house["甲"].id)
    assert all(row.picture_sealed is None for row in Imprint.objects.all())
    again, more = accepted(house)
    for wish in (Wish(signature=True), Wish(seal=seal.id)):
        with pytest.raises(Refusal):
            issue(house, again, more["acceptance"], wish)
    with papers.pdf(paper) as file:
        assert file.read() == before
    assert issued_paper(paper).image  # as it was issued
    assert pictures_in_word(editable(paper)) == 0  # a file that can be changed bears it no more
    kinds = set(HouseChange.objects.values_list("kind", flat=True))
    assert {"seal_proposed", "seal_valid", "seal_withdrawn", "signature_withdrawn"} <= kinds


def test_a_seal_withdrawn_while_the_paper_is_set_takes_no_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = f.make_house()
    seal = brought(house, [ON], ["甲"])
    case, drafts = accepted(house)
    real = setting.pdf

    def late(*given: Any) -> bytes:
        Imprint.objects.filter(id=seal.id).update(state="withdrawn", picture_sealed=None)
        return real(*given)

    monkeypatch.setattr(setting, "pdf", late)
    with pytest.raises(Refusal) as refused:
        issue(house, case, drafts["acceptance"], Wish(seal=seal.id))
    assert refused.value.code == "withdrawn"
    assert Document.objects.get(id=drafts["acceptance"].id).sequence is None


def test_a_new_signature_takes_the_place_of_the_one_before() -> None:
    house = f.make_house()
    imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    imprints.bring_signature(house.who("甲"), AT, hands.scanned("PNG"))
    states = [(row.state, row.picture_sealed is None) for row in Imprint.objects.order_by("id")]
    assert states == [("withdrawn", True), ("valid", False)]


def test_who_has_left_signs_no_more() -> None:
    house = f.make_house()
    imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    seal = brought(house, [ON], ["甲"])
    case, kind = _place(house)
    house["甲"].active = False
    house["甲"].save()
    assert queries.signature_of(house["甲"].id) is None
    assert queries.seals_for(case, kind, house["甲"].id) == []
    assert seal.state == "valid"


def test_a_paper_signed_by_the_head_bears_the_heads_signature_and_the_keepers_seal() -> None:
    house = f.make_house()
    seal = brought(house, ["tourism.compensation"], ["甲"])
    imprints.bring_signature(house.who("丁"), AT, hands.scanned())
    imprints.bring_signature(house.who("甲"), AT, hands.scanned())
    case, _drafts = accepted(house)
    house.organisation.kind = "authority"
    house.organisation.save()
    cache.clear()
    draft = _decision(house, case)
    with pytest.raises(NeedsApproval) as asked:
        issue(house, case, draft, Wish(signature=True, seal=seal.id))
    approve.ask(f.fresh(case), house.actor("甲"), AT, planned=asked.value.planned)
    row = Approval.objects.get(case=case, step="document_issue")
    approve.approve(f.fresh(case), house.actor("丁"), AT, approval_id=row.id)
    draft.refresh_from_db()
    entry = Event.objects.get(case=case, kind="document_issued")
    assert (draft.state, entry.data["signature_of"]) == ("issued", house["丁"].name)
    assert entry.data["seal_name"] == "公章"


def _decision(house: f.House, case: Case) -> Document:
    _written, key = document.begin(f.fresh(case), house.actor("甲"), AT, kind="compensation")
    missing = open_draft(f.fresh(case), key, AT).missing
    told = dict.fromkeys(missing, "如前所述")
    document.fill(f.fresh(case), document_id=key, values=told, language="zh-hans")
    return Document.objects.get(id=key)
