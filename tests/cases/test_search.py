"""What was said is found, on both databases alike, by any part of it, newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import House, later, make_case, make_outsider
from tingsu.cases._sealed import vault
from tingsu.cases.models import Case
from tingsu.cases.search import BadCursor, Hit, SearchRow, find, forget, index_rows, tidy

pytestmark = pytest.mark.django_db

ORG, OTHER = UUID(int=5), UUID(int=0x1005)  # on SQLite they share their stretch of the index
START = datetime(2026, 9, 1, tzinfo=UTC)


def say(
    text: str, *, minute: int = 0, case: UUID | None = None, org: UUID = ORG, name: str = ""
) -> SearchRow:
    """Index one message and return it."""
    at = START + timedelta(minutes=minute)
    names = vault().name_tokens(name) if name else []
    row = SearchRow(org, case or uuid4(), uuid4(), at, text, names)
    index_rows([row])
    return row


def found(query: str, org: UUID = ORG) -> list[UUID]:
    return [hit.event_id for hit in find(org, query)]


@pytest.mark.parametrize(
    "query",
    [
        "电梯",
        "電梯",
        "梯",
        "运",
        "停运三",
        "电",
        "小区电梯停运三次",
        "ELEV",
        "vator",
        "TS-0412",
        "041",
        "ＴＳ",
    ],
)
def test_any_part_finds_it(query: str) -> None:
    row = say("小区电梯停运三次，Elevator broken。编号TS-0412")
    say("另一件事，与楼道照明有关")
    assert found(query) == [row.event_id]


@pytest.mark.parametrize(
    "query", ["梯停区", "电停", "三次Elev", "0421", "", "，。!", "😡", "%", "*"]
)
def test_what_was_not_said_is_not_found(query: str) -> None:
    say("小区电梯停运三次，Elevator broken。编号TS-0412 😡")
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    ['"', "'", "电梯' OR 1", '电梯" OR "', "NEAR(", "a:*", "\\", "-", "电梯 AND", "\x00", "(" * 99],
)
def test_signs_of_the_query_languages_are_only_signs(query: str) -> None:
    say("""没有'引号"的\\文字:* & | ! ( )""")
    assert found(query) == []


def test_simplified_finds_traditional_and_back() -> None:
    old, new = say("投訴電訊收費", minute=1), say("投诉电讯收费", minute=2)
    assert found("电讯收费") == found("電訊收費") == [new.event_id, old.event_id]


def test_every_run_of_the_query_must_be_there() -> None:
    both = say("电梯停运，物业不管")
    say("电梯很好")
    assert found("物业 电梯") == [both.event_id]


def test_organisations_are_apart() -> None:
    ours, theirs = say("电梯停运"), say("电梯停运", org=OTHER)
    assert found("电梯") == [ours.event_id]
    assert found("电梯", OTHER) == [theirs.event_id]


def test_newest_first_whenever_it_was_written() -> None:
    rows = [say("电梯", minute=minute) for minute in (5, 1, 9, 3)]
    assert found("电梯") == [rows[i].event_id for i in (2, 0, 3, 1)]


@pytest.mark.parametrize("year", [1900, 1970, 2026, 2099])
def test_dates_far_away(year: int) -> None:
    at = datetime(year, 1, 1, 0, 0, 0, 123000, tzinfo=UTC)
    row = SearchRow(ORG, uuid4(), uuid4(), at, "电梯")
    index_rows([row])
    assert [(hit.event_id, hit.at) for hit in find(ORG, "电梯")] == [(row.event_id, at)]


def test_a_case_is_shown_once_with_its_newest_message() -> None:
    case = uuid4()
    for minute in range(5):
        say("电梯", minute=minute, case=case)
    newest, other = say("电梯又停", minute=9, case=case), say("电梯", minute=7)
    assert found("电梯") == [newest.event_id, other.event_id]


def _pages(query: str, size: int) -> list[list[Hit]]:
    pages, before = [], None
    while page := find(ORG, query, limit=size, before=before):
        pages.append(page)
        before = page[-1].cursor
    return pages


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    cases = [uuid4() for _ in range(23)]
    index_rows(
        [
            SearchRow(ORG, cases[n % 23], uuid4(), START + timedelta(seconds=n // 10), f"电梯{n}")
            for n in range(230)
        ]
    )
    pages = _pages("电梯", 5)
    shown = [hit.case_id for page in pages for hit in page]
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert sorted(shown) == sorted(cases)
    assert [hit.case_id for hit in find(ORG, "电梯", limit=100)] == shown


def test_a_case_that_moves_up_between_two_pages_is_not_lost() -> None:
    first, second = say("电梯", minute=2), say("电梯", minute=1)
    (hit,) = find(ORG, "电梯", limit=1)
    assert hit.case_id == first.case_id
    say("电梯", minute=5, case=second.case_id)
    assert [h.case_id for h in find(ORG, "电梯", before=hit.cursor)] == [second.case_id]


@pytest.mark.parametrize("cursor", ["x", "1", "1~2~3", "1_2_3~1", "9" * 40 + "~1", "~", "1_2~"])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        find(ORG, "电梯", before=cursor)


def test_names_are_found_and_are_not_in_the_index() -> None:
    row = say("电梯停运", name="歐陽小明")
    for query in ("欧阳小明", "歐陽", "小明", "欧", "小明 电梯"):
        assert found(query) == [row.event_id], query
    assert found("王小") == found("明") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_search")
        assert "小明" not in str(cursor.fetchall())


def test_numbers_are_not_looked_up_as_names() -> None:
    say("电梯", name="0412")
    assert found("0412") == []


def test_name_tokens_are_checked() -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        index_rows([SearchRow(ORG, uuid4(), uuid4(), START, "", ["a' b"])])


def test_what_is_forgotten_is_gone() -> None:
    kept, gone = say("电梯停运，电话", minute=1), say("电梯停运，号码", minute=2, name="王小明")
    forget([gone.event_id])
    assert found("电梯") == [kept.event_id]
    assert found("号码") == found("王小明") == []
    tidy()
    assert found("电梯") == [kept.event_id]
    forget([])
    forget([uuid4()])


def _words_in_index() -> set[str]:
    """All words that the index itself still holds."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words"
                " USING fts5vocab(main, cases_search_fts, row)"
            )
            cursor.execute("SELECT term FROM temp.words")
        else:
            cursor.execute("SELECT word FROM ts_stat('SELECT tokens FROM cases_search')")
        return {word for (word,) in cursor.fetchall()}


def test_after_tidying_no_word_of_it_is_left() -> None:
    say("电梯停运", minute=1)
    for minute in range(40):  # enough for several segments
        say(f"照明不亮{minute}", minute=minute)
    gone = say("号码泄露", minute=2)
    forget([gone.event_id])
    tidy()
    assert "泄露" not in _words_in_index()
    assert "电梯" in _words_in_index()


@pytest.mark.parametrize("text", ["哈" * 3000, "好的，" * 2000, "1" * 9000])
def test_endless_repetition_hides_nothing_behind_it(text: str) -> None:
    row = say(text + "电梯停运" + text)
    for query in ("电梯停运", text[-1] + "电梯", "运" + text[:1]):
        assert found(query) == [row.event_id], query
    assert found(text[:2]) == [row.event_id]


def test_a_long_text_is_found_at_every_place() -> None:
    text = "".join(chr(0x4E00 + n * 7 % 20000) for n in range(40_000))
    row = say(text)
    for start in range(0, len(text) - 60, 487):
        assert found(text[start : start + 60]) == [row.event_id], start
    forget([row.event_id])
    assert found(text[:10]) == []


def test_nothing_stays_of_a_step_that_failed() -> None:
    def failing_step() -> None:
        with transaction.atomic():
            say("电梯停运")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_step()
    assert found("电梯") == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("电梯停運Ab1 ，。"), max_size=30), min_size=1), st.data())
def test_a_part_finds_what_a_scan_finds(texts: Sequence[str], data: st.DataObject) -> None:
    words = "".join(texts).replace("，", " ").replace("。", " ").split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    query = word[data.draw(st.integers(0, len(word) - 1)) :][:3]
    org = uuid4()
    rows = [SearchRow(org, uuid4(), uuid4(), START, text) for text in texts]
    index_rows(rows)
    scanned = {row.event_id for row in rows if query.lower() in row.text.lower()}
    assert {hit.event_id for hit in find(org, query, limit=200)} == scanned


def test_filters(house: House) -> None:
    open_case = make_case(house)
    other = make_case(house, at=later(minutes=1), phone="13900005678")
    org = house.organisation.id
    everything = Case.objects.filter(organisation=house.organisation).select_related("party")
    assert {hit.case_id for hit in find(org, "电梯", filters=everything)} == {
        open_case.id,
        other.id,
    }
    one = everything.filter(number=other.number).order_by("-received_at")
    assert [hit.case_id for hit in find(org, "电梯", filters=one)] == [other.id]
    assert find(org, "电梯", filters=everything.filter(state="closed")) == []
    assert find(org, "电梯", filters=Case.objects.none()) == []


def test_narrow_filters_find_the_old_needle(house: House) -> None:
    needle = make_case(house)
    index_rows(
        [
            SearchRow(house.organisation.id, uuid4(), uuid4(), later(minutes=n + 1), "电梯停了")
            for n in range(400)
        ]
    )
    only = Case.objects.filter(id=needle.id)
    assert [hit.case_id for hit in find(house.organisation.id, "电梯", filters=only)] == [needle.id]


def test_a_received_case_is_found_by_number_words_and_name(house: House) -> None:
    case = make_case(house, name="王小明", narrative="電梯停運", product="曳引电梯K9")
    for query in (case.number, case.number[-4:], "停运", "王小", "曳引", "k9"):
        assert [hit.case_id for hit in find(house.organisation.id, query)] == [case.id], query
    assert find(make_outsider().organisation.id, "停运") == []
