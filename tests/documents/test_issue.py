"""Papers from draft to served (HA-18): facts of the step, numbers without gaps, clocks, void."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage

import factories as f
from papers import accepted, issued, tourism
from tingsu.cases.actions import close, document, happen, move
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Document, Event
from tingsu.cases.queries import documents as queries
from tingsu.cases.verify import verify_case
from tingsu.core.lifecycle import Move
from tingsu.documents.issuing import issue_draft, open_draft, preview
from tingsu.people.permission import NotThere

pytestmark = pytest.mark.django_db
AT = f.NOON


def test_acceptance_brings_its_notices_by_itself() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    assert set(drafts) == {"acceptance", "acceptance_respondent", "filing"}
    assert case.papers == 3
    entry = Event.objects.get(case=case, kind="moved")
    assert "旅游投诉受理通知书" in entry.data["documents"]
    draft = open_draft(case, drafts["acceptance"].id, AT)
    assert draft.values["complainant"] == "王小明"
    assert draft.values["accepted_day"] == "2026年9月21日"
    assert draft.missing == []
    assert len(preview(case, draft, AT)) == 1


def test_a_refusal_takes_the_reason_along_and_a_second_one_of_a_kind_is_not_made() -> None:
    house = f.make_house()
    case = f.make_case(house, by="甲")
    close.end(case, house.actor("主管"), AT, move=Move.REFUSE, reason="超过投诉时效")
    (paper,) = Document.objects.filter(case=case)
    draft = open_draft(case, paper.id, AT)
    assert (paper.kind, draft.values["reason"]) == ("refusal", "超过投诉时效")
    assert not preview(case, draft, AT)[0].count("{")


def test_a_hand_over_knows_the_unit_and_a_send_down_the_day() -> None:
    house = f.make_house()
    case = tourism(house)
    move.refer(case, house.actor("主管"), AT, unit="明州区文旅局", due_at=AT + timedelta(days=30))
    draft = open_draft(case, Document.objects.get(case=case).id, AT)
    assert draft.values["unit"] == "明州区文旅局"
    assert draft.values["due_day"] == "2026年10月21日"


def test_what_is_missing_is_named_and_takes_no_number() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    with pytest.raises(Invalid) as refused:
        issued(house, case, drafts["filing"])
    assert set(refused.value.fields) == {"opinion"}
    case.refresh_from_db()
    document.fill(
        case, document_id=drafts["filing"].id, values={"opinion": "建议立案"}, language="zh-hans"
    )
    assert issued(house, case, drafts["filing"]).number == "TS旅立〔2026〕1号"


def test_numbers_have_no_gaps_whatever_fails_between() -> None:
    house = f.make_house()
    numbers = []
    for turn in range(4):
        case, drafts = accepted(house)
        if turn == 1:
            with pytest.raises(Refusal):
                document.fill(case, document_id=case.id, values={}, language="zh-hans")
            with pytest.raises(Invalid):
                issued(house, case, drafts["filing"])
        numbers.append(issued(house, case, drafts["acceptance"]).sequence)
        numbers.append(issued(house, case, drafts["acceptance_respondent"]).sequence)
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_rolled_back_issue_gives_its_number_back(monkeypatch: pytest.MonkeyPatch) -> None:
    house = f.make_house()
    case, drafts = accepted(house)

    def full(*_args: Any, **_more: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "save", full)
        with pytest.raises(OSError, match="disk full"):
            issued(house, case, drafts["acceptance"])
    assert Document.objects.get(id=drafts["acceptance"].id).state == "draft"
    assert issued(house, f.fresh(case), drafts["acceptance"]).sequence == 1


def test_registers_are_kept_apart_by_year_word_and_organisation() -> None:
    house, other = f.make_house(), f.make_outsider()
    first, drafts = accepted(house)
    late = AT + timedelta(days=120)
    assert issued(house, first, drafts["acceptance"]).number == "TS旅受〔2026〕1号"
    assert issued(house, first, drafts["acceptance_respondent"], late).number == "TS旅受〔2027〕1号"
    there, theirs = accepted(other)
    assert issued(other, there, theirs["acceptance"]).number == "TS旅受〔2026〕1号"


def test_an_issued_paper_is_kept_with_its_hash_and_found_by_its_number() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    with queries.pdf(paper) as file:
        content = file.read()
    assert content.startswith(b"%PDF")
    entry = Event.objects.get(case=case, kind="document_issued")
    assert entry.data["sha256"] == paper.sha256
    assert entry.data["number"] == paper.number
    assert queries.paper(paper)["number"] == paper.number
    assert verify_case(f.fresh(case)) is None


def test_a_name_without_a_glyph_never_leaves_the_house() -> None:
    house = f.make_house()
    case = tourism(house, name="王\ue123明")
    move.move(case, house.actor("甲"), AT, to=Move.ACCEPT)
    paper = Document.objects.get(case=case, kind="acceptance")
    with pytest.raises(Refusal) as refused:
        issued(house, case, paper)
    assert refused.value.code == "no_glyph"
    assert "\ue123" in refused.value.words
    assert Document.objects.get(id=paper.id).number == ""


def test_a_void_paper_stays_with_its_number() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    document.void(case, house.actor("主管"), AT, document_id=paper.id, reason="写错了被投诉人")
    document.begin(case, house.actor("甲"), AT, kind="acceptance")
    again = Document.objects.get(case=case, kind="acceptance", state="draft")
    assert issued(house, case, again).sequence == 2
    paper.refresh_from_db()
    assert (paper.state, paper.number) == ("void", "TS旅受〔2026〕1号")
    assert paper.code
    assert queries.by_code(paper.code).state == "void"


def test_the_public_page_knows_nothing_of_persons() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = issued(house, case, drafts["acceptance"])
    assert paper.code
    found = queries.by_code("-".join(paper.code.lower()))
    assert (found.number, found.sha256) == (paper.number, paper.sha256)
    assert "王小明" not in str(vars(found))
    with pytest.raises(NotThere):
        queries.by_code("ABCDEFGHJKLMNPQR")


def test_a_draft_thrown_away_leaves_no_number_and_no_words() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    document.drop(case, house.actor("甲"), AT, document_id=drafts["filing"].id)
    gone = Document.objects.get(id=drafts["filing"].id)
    assert (gone.state, gone.number, gone.typed) == ("dropped", "", "")
    assert case.papers == 2
    with pytest.raises(NotThere):
        issued(house, case, gone)


def test_an_end_of_mediation_that_is_written_down_brings_its_notice() -> None:
    house = f.make_house()
    case, _drafts = accepted(house)
    by = house.actor("甲")
    move.move(case, by, AT, to=Move.MEDIATE)
    happen.happen(case, by, AT, event="mediation_ended", text="双方差距太大")
    paper = Document.objects.get(case=case, kind="mediation_end")
    assert open_draft(case, paper.id, AT).values["reason"] == "双方差距太大"


def test_the_same_submit_twice_issues_once() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    paper = drafts["acceptance"]
    for _turn in range(2):
        issue_draft(
            case, house.actor("丁"), AT,
            document_id=paper.id, signatory="丁", checked_at="x/", key="issue:1",
        )  # fmt: skip
    assert list(Document.objects.filter(case=case, state="issued").values_list("sequence")) == [
        (1,)
    ]


def test_another_cases_paper_is_not_there() -> None:
    house = f.make_house()
    case, drafts = accepted(house)
    other = tourism(house, narrative="另一件事")
    with pytest.raises(Refusal):
        document.drop(other, house.actor("甲"), AT, document_id=UUID(str(drafts["filing"].id)))
    with pytest.raises(NotThere):
        queries.one(other, drafts["filing"].id)
    assert case.papers == 3
