"""What `tingsu pack check` finds: the place, the fault, the advice."""

import gettext
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tingsu.packs import PackError, check, load
from tingsu.packs.lines import find_lines
from tingsu.packs.loader import FOLDER
from tingsu.packs.parts import PARTS
from tingsu.packs.problems import WORDS, Problem, Said, Words
from tingsu.packs.worked import failing
from tingsu.terminal import LOCALE

NAMES = ("general", "telecom", "tourism")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of packs to spoil."""
    for name in (*NAMES, "calendars"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    shutil.copy(FOLDER / "acts.toml", tmp_path)
    return tmp_path


def spoil(file: Path, old: str, new: str) -> int:
    """Replace the first place where old stands; the line it stands on."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path, today: date | None = None) -> list[Problem]:
    """All but the notes."""
    return [p for p in check(folder, today) if p.grade != "note"]


def test_the_packs_that_ship_have_no_faults() -> None:
    assert faults(FOLDER, date(2026, 11, 21)) == []


def test_what_is_not_sourced_for_sure_is_a_note() -> None:
    notes = [p for p in check(FOLDER) if p.grade == "note"]
    assert {p.code for p in notes} == {"review"}
    assert any(p.file == "tourism/clocks.toml" and "条号凭记忆" in p.what for p in notes)


CLOCKS = "general/clocks.toml"
PACK = "general/pack.toml"
TAXONOMY = "telecom/taxonomy.toml"
CALENDAR = "calendars/cn.toml"
OVERDUE = "general/overdue.toml"


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [
        ((CLOCKS, 'roll = "rest_days"', 'rol = "rest_days"'), "unknown_key", "是不是 roll"),
        ((CLOCKS, 'unit = "wd"', 'unit = "days"'), "bad_unit", "wd"),
        ((CLOCKS, 'event = "received"', 'event = "arrived"'), "bad_event", "arrived"),
        ((CLOCKS, 'roll = "rest_days"', 'roll = "sundays"'), "bad_roll", "sundays"),
        ((CLOCKS, "n = 7", 'n = "7"'), "not_number", "整数"),
        ((CLOCKS, "since = 2020-01-01", 'since = "2020-01-01"'), "not_day", "不要加引号"),
        ((CLOCKS, 'act = "cn.samr.20"', 'act = "cn.samr.21"'), "unknown_act", "cn.samr.21"),
        ((CLOCKS, 'article = "14"', 'article = "十四"'), "bad_article", "23.1(5)"),
        ((CLOCKS, 'pauses = ["testing"]', 'pauses = ["lunch"]'), "bad_pause", "testing"),
        ((CLOCKS, "n = 7\n", ""), "missing_key", "n"),
        ((PACK, 'calendar = "cn"', 'calendar = "atlantis"'), "unknown_calendar", "cn"),
        ((PACK, 'id = "general"', 'id = "generel"'), "wrong_id", "general"),
        ((PACK, '"09:00-12:00"', '"12:00-09:00"'), "not_hours", "09:00-12:00"),
        ((PACK, "[terms]", "[termes]"), "unknown_table", "是不是 terms"),
        ((PACK, 'code = "serious"', 'code = "ordinary"'), "duplicate", "ordinary"),
        ((PACK, 'unit = "oh"', 'unit = "days"'), "bad_unit", "单位"),
        ((TAXONOMY, '"network.speed"', '"network.coverage"'), "duplicate", "network.coverage"),
        ((TAXONOMY, '"network.speed"', '"netwrk.speed"'), "missing_group", "netwrk"),
        ((TAXONOMY, '"network.speed"', '"Network speed"'), "bad_code", "network.coverage"),
        ((TAXONOMY, '"network.speed"', '"network.a.b.c"'), "bad_code", "三层"),
        ((TAXONOMY, '"network.speed"', '"network.pace.slow"'), "missing_group", "network.pace"),
        ((TAXONOMY, ', en = "Slow data"', ""), "not_label", "三种语言"),
        (("telecom/pack.toml", '"general"', '"generall"'), "unknown_pack", "general"),
        (
            ("telecom/clocks.toml", '"cn.telecom.fault"\n', '"gone"\n'),
            "unknown_clock",
            "cn.telecom.fault",
        ),
        (("telecom/clocks.toml", '"rural"', '"rurral"'), "unknown_variant", "rural"),
        ((CALENDAR, "off = [2026-10-01, 2026-10-07]", "off = [2026-10-07]"), "bad_range", "第一天"),
        ((CALENDAR, "work = [2026-09-20,", "work = [2026-09-21,"), "work_on_weekday", "2026-09-21"),
        ((CALENDAR, "public = [2026-09-25]", "public = [2026-09-24]"), "public_not_off", "09-24"),
        ((CALENDAR, 'name = "mid_autumn"', 'name = "mid_atumn"'), "unknown_holiday", "mid_atumn"),
        ((CALENDAR, "year = 2021", "year = 2020"), "duplicate", "2020"),
        ((CALENDAR, 'zone = "Asia/Shanghai"', 'zone = "Asia/Atlantis"'), "bad_zone", "Atlantis"),
    ],
)
def test_a_fault_is_named_with_its_line(
    packs: Path, place: tuple[str, str, str], code: str, says: str
) -> None:
    file, old, new = place
    line = spoil(packs / file, old, new)
    found = [p for p in faults(packs) if p.code == code]
    assert found, faults(packs)
    assert found[0].file == file
    if code not in ("missing_key", "unknown_clock"):  # said where the key should be
        assert found[0].line == line
    assert says in str(found[0])


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [
        ((OVERDUE, 'do = "report"', 'do = "shout"'), "bad_steps", "report"),
        ((OVERDUE, 'to = "supervisor"', 'to = "somebody"'), "bad_steps", "supervisor"),
        ((OVERDUE, 'duty = "house"\n', ""), "breach_of_what", "duty"),
        (
            (OVERDUE, '{ do = "report" },', '{ do = "report", after = { n = 2, unit = "wd" } },'),
            "steps_backwards",
            "前面",
        ),
    ],
)
def test_ladders_make_sense(packs: Path, place: tuple[str, str, str], code: str, says: str) -> None:
    file, old, new = place
    spoil(packs / file, old, new)
    found = {p.code: str(p) for p in faults(packs) if p.file == file}
    assert says in found[code]


def test_a_value_without_a_source_is_an_error(packs: Path) -> None:
    spoil(packs / CLOCKS, 'act = "cn.samr.20"\n', "")
    spoil(packs / PACK, 'source = "本产品惯例：办公时间"\n', "")
    assert [(p.file, p.code) for p in faults(packs)] == [
        (CLOCKS, "missing_source"),
        (PACK, "missing_source"),
    ]


def test_dates_must_go_forward(packs: Path) -> None:
    line = spoil(packs / CLOCKS, "since = 2026-04-15", "since = 2019-04-15")
    problems = faults(packs)
    assert ("out_of_order", line) in [(p.code, p.line) for p in problems]
    assert "before_act" in [p.code for p in problems]  # order 121 did not exist then


def test_a_passed_review_fails_the_check_and_not_the_pack(packs: Path) -> None:
    assert faults(packs, date(2027, 6, 30)) == []
    overdue = faults(packs, date(2027, 7, 1))
    assert {p.code for p in overdue} == {"review_overdue"}
    assert load("general", packs).silence.n == 2


def test_broken_toml_is_an_error_with_its_line(packs: Path) -> None:
    line = spoil(packs / TAXONOMY, 'code = "network.speed"', 'code = "network.speed')
    [found] = faults(packs)
    assert (found.code, found.file, found.line) == ("bad_toml", TAXONOMY, line)
    with pytest.raises(PackError, match="telecom"):
        load("telecom", packs)


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [
        ((CLOCKS, "n = 7\n", "n = 7\nn = 8\n"), "duplicate_key", "写了两次"),
        (
            (CLOCKS, 'met_by = ["accepted"', 'met_by = ["received", "accepted"'),
            "never_runs",
            "samr",
        ),
        (
            ("telecom/clocks.toml", 'variant = "rural"\n', ""),
            "never_started",
            "cn.telecom.fault",
        ),
        (
            (CLOCKS, "n = 7\n", 'n = 7\nextension = [{ to = 5, unit = "wd" }]\n'),
            "no_extension",
            "5",
        ),
        (
            ("tourism/documents.toml", 'event = "notice_served"', 'event = "closed"'),
            "no_notice",
            "",
        ),
    ],
)
def test_a_rule_that_can_never_work_is_named(
    packs: Path, place: tuple[str, str, str], code: str, says: str
) -> None:
    spoil(packs / place[0], *place[1:])
    found = [p for p in faults(packs) if p.code == code]
    assert found, faults(packs)
    assert says in str(found[0])


def test_an_example_that_comes_out_otherwise_is_named_with_its_line(packs: Path) -> None:
    examples = packs / "tourism" / "examples.toml"
    line = spoil(examples, '"cn.tour.reply" = 2026-10-20', '"cn.tour.reply" = 2026-10-19')
    [found] = failing(packs)
    assert (found.file, found.line) == ("tourism/examples.toml", line)
    assert "写的是 2026-10-19，算出 2026-10-20" in str(found)


def test_a_file_that_is_no_utf8_is_an_error(packs: Path) -> None:
    (packs / TAXONOMY).write_bytes("网络".encode("gb18030"))
    assert "UTF-8" in str(faults(packs)[0])


def test_a_file_that_nothing_reads_is_an_error(packs: Path) -> None:
    (packs / "telecom" / "clock.toml").write_text("")
    assert [p.code for p in faults(packs)] == ["unknown_file"]


def test_one_pack_can_be_checked_alone(packs: Path) -> None:
    spoil(packs / TAXONOMY, '"network.speed"', '"network.coverage"')
    spoil(packs / CLOCKS, 'unit = "wd"', 'unit = "days"')
    assert [p.code for p in faults(packs / "telecom")] == ["duplicate"]


def test_lines_are_found_past_strings_and_lists() -> None:
    text = '# [not]\na = 1\n[[t]]\nb = [\n  "x = [",\n]\nc = "[" # ["\n[[t]]\n"d-e" = 2\n'
    assert find_lines(text) == {
        ("", 0, "a"): 2,
        ("t", 0, ""): 3,
        ("t", 0, "b"): 4,
        ("t", 0, "c"): 7,
        ("t", 1, ""): 8,
        ("t", 1, "d-e"): 9,
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from((CLOCKS, PACK, TAXONOMY, CALENDAR, "acts.toml")),
    where=st.floats(0, 1),
    junk=st.sampled_from(
        (
            "",
            "x",
            "= 1",
            "[]",
            "{}",
            '"',
            "n = []\n",
            "\nsince = 3\n",
            "\n[[clock]]\n",
            "\nyear = {}\n",
        )
    ),
)
def test_no_file_is_bad_enough_to_stop_the_check(
    packs: Path, file: str, where: float, junk: str
) -> None:
    text = (FOLDER / file).read_text("utf-8")
    at = int(where * len(text))
    (packs / file).write_text(text[:at] + junk + text[at + 20 :], "utf-8")
    assert all(p.what and p.line > 0 for p in check(packs, date(2026, 11, 21)))


@pytest.mark.parametrize("words", [*WORDS.values(), *(w for p in PARTS for w in p.words.values())])
def test_a_fault_is_said_in_every_language_with_its_values(words: Words) -> None:
    values = {"key": "k", "value": "v", "known": ["a", "b"], "guess": "g", "group": "g"}
    told = Said(words.what + words.instead, values | {"choices": words.choices}).by(str)
    for folder in ("en", "zh_Hant"):
        say = gettext.translation("django", LOCALE, languages=[folder]).gettext
        filled = values | {"choices": words.choices}
        said = " ".join(Said(text, filled).by(say) for text in (words.what, words.instead) if text)
        assert "{" not in said.replace("{ ", "")
        assert folder != "en" or not re.search("[\u3400-\u9fff]", said), said
    assert told


def test_the_command_speaks_the_language_of_the_terminal(packs: Path) -> None:
    spoil(packs / CLOCKS, 'unit = "wd"', 'unit = "days"')
    found = next(p for p in faults(packs) if p.code == "bad_unit")
    say = gettext.translation("django", LOCALE, languages=["en"]).gettext
    assert "The unit is wrong. Use one of: wd, cd, h," in found.line_in(say)
