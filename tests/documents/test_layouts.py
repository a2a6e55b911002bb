"""Templates of an organisation's own (HA-18): what may be in them, errors by place, a second
person, their day, going back, and papers that stay as they were issued."""

from datetime import timedelta
from typing import Any

import pytest
from docx import Document as Word

import factories as f
from layouts import OURS, TODAY, propose, signed, word
from papers import AT, accepted
from tingsu.cases import layouts as keeping
from tingsu.cases.actions import document
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.layouts import Place
from tingsu.cases.models import Document, Layout
from tingsu.cases.queries import documents as queries
from tingsu.documents import layouts, setting
from tingsu.documents.issuing import editable, issue_draft, issued_paper, open_draft
from tingsu.people.models import HouseChange
from tingsu.people.permission import Forbidden, NotThere

pytestmark = pytest.mark.django_db


def issue(house: f.House, at: Any = AT) -> Document:
    case, drafts = accepted(house)
    paper = drafts["acceptance"]
    issue_draft(
        case, house.actor("丁"), at, document_id=paper.id, signatory="丁", checked_at="https://t/v/"
    )
    paper.refresh_from_db()
    return paper


def text_of(paper: Document) -> str:
    return "\n".join(one.text for one in Word(setting.docx(editable(paper))).paragraphs)


# The way of a template -----------------------------------------------------------------------


def test_a_template_counts_from_its_day_once_another_person_signed_it() -> None:
    house = f.make_house()
    row = propose(
        house, "word", word("抬头 {{ title }} {{ number }}", "致 {{ fields.complainant }}")
    )
    assert "抬头" not in text_of(issue(house))
    with pytest.raises(Refusal) as own:
        keeping.sign(house.who("丁"), AT, row)
    assert own.value.code == "own"
    for name in ("甲", "主管", "审计"):
        with pytest.raises(Forbidden):
            keeping.sign(house.who(name), AT, row)
    keeping.sign(house.who("管理员"), AT, row)
    assert "致 王小明" in text_of(issue(house))
    told = set(HouseChange.objects.values_list("kind", flat=True))
    assert {"layout_proposed", "layout_signed"} <= told


def test_tomorrows_template_counts_tomorrow_and_can_be_revoked_until_then() -> None:
    house = f.make_house()
    tomorrow = AT + timedelta(days=1)
    row = signed(house, "word", word("明天的 {{ title }}"), TODAY + timedelta(days=1))
    assert "明天的" not in text_of(issue(house))
    assert "明天的" in text_of(issue(house, tomorrow))
    keeping.revoke(house.who("丁"), AT, row, "写错了")
    assert "明天的" not in text_of(issue(house, tomorrow))
    with pytest.raises(Refusal):
        keeping.revoke(house.who("丁"), AT, row, "再来")
    with pytest.raises(Invalid):
        signed(house, "word", word("x"), TODAY - timedelta(days=1))


def test_going_back_to_ours_and_to_an_earlier_one() -> None:
    house = f.make_house()
    first = signed(house, "word", word("甲版 {{ title }}"))
    signed(house, "word", word("乙版 {{ title }}"))
    assert text_of(issue(house)).startswith("乙版")
    again = keeping.again(house.who("丁"), AT, first, since=TODAY, reason="乙版不好")
    keeping.sign(house.who("管理员"), AT + timedelta(minutes=1), again)
    assert text_of(issue(house)).startswith("甲版")
    place = Place("tourism", "acceptance", "zh-hans", "word")
    ours = keeping.propose(
        house.who("丁"), AT, place, keeping.Template(), since=TODAY, reason="用统一的"
    )
    keeping.sign(house.who("管理员"), AT + timedelta(minutes=2), ours)
    assert not text_of(issue(house)).startswith("甲版")
    assert Layout.objects.count() == 4


def test_the_pdf_is_set_by_the_own_template_and_issued_papers_stay_as_they_were() -> None:
    house = f.make_house()
    before = issue(house)
    signed(house, "typst", OURS + "\n#pagebreak()\n副页：#fields.complainant\n".encode())
    after = issue(house)
    assert (
        len(setting.pictures(issued_paper(before))),
        len(setting.pictures(issued_paper(after))),
    ) == (1, 2)
    with queries.pdf(after) as file:
        assert file.read().startswith(b"%PDF")
    place = Place("tourism", "acceptance", "zh-hans", "typst")
    ours = keeping.propose(house.who("丁"), AT, place, keeping.Template(), since=TODAY, reason="x")
    keeping.sign(house.who("管理员"), AT + timedelta(minutes=1), ours)
    assert len(setting.pictures(issued_paper(after))) == 2


def test_what_a_template_needs_is_asked_for_before_the_paper_is_issued() -> None:
    house = f.make_house()
    signed(house, "word", word("收文单位 {{ fields.unit }}"))
    case, drafts = accepted(house)
    draft = open_draft(case, drafts["acceptance"].id, AT)
    assert draft.missing == ["unit"]
    document.fill(
        case, document_id=draft.document.id, values={"unit": "文旅局"}, language="zh-hans"
    )
    assert open_draft(case, draft.document.id, AT).missing == []


def test_values_are_text_and_never_form() -> None:
    house = f.make_house()
    signed(house, "word", word("致 {{ fields.complainant }}"))
    case, drafts = accepted(house, name="{{ 7*7 }}<w:p/>&#x41;")
    paper = drafts["acceptance"]
    issue_draft(
        case, house.actor("丁"), AT, document_id=paper.id, signatory="丁", checked_at="https://t/v/"
    )
    paper.refresh_from_db()
    assert "致 {{ 7*7 }}<w:p/>&#x41;" in text_of(paper)


def test_a_template_of_another_house_is_not_there() -> None:
    house, other = f.make_house(), f.make_outsider()
    row = signed(house, "word", word("抬头 {{ title }}"))
    with pytest.raises(NotThere):
        keeping.layout_of(other.who("管理员"), row.id)
    assert "抬头" not in text_of(issue(other))


def test_a_template_tells_which_usual_parts_it_does_not_print() -> None:
    look = layouts.looked_at("word", "x.docx", word("{{ number }} {{ day }}"), "zh-hans")
    assert set(look.without) == {"blocks", "signatory", "code"}
