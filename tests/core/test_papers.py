"""The wording of papers: its form is read before values come in, and every field is known."""

import pytest

from tingsu.core.papers import Line, Wrong, fields_in, filled, lines_of, missing

WORDING = """
您于{received_day}提出的投诉，
编号 {number}。

# 一、当事人
| 投诉人 | {complainant} |
| 地址 | {complainant_address?} |

[负责人意见] {review?}

= contacts
"""


def test_the_form_of_a_wording() -> None:
    assert lines_of(WORDING) == [
        Line("text", "您于{received_day}提出的投诉，\n编号 {number}。"),
        Line("heading", "一、当事人"),
        Line("facts", "{complainant}", "投诉人"),
        Line("facts", "{complainant_address?}", "地址"),
        Line("opinions", "{review?}", "负责人意见"),
        Line("table", "contacts"),
    ]


def test_fields_that_must_be_there_and_those_that_may() -> None:
    assert fields_in(WORDING) == {
        "received_day": True,
        "number": True,
        "complainant": True,
        "complainant_address": False,
        "review": False,
    }
    assert fields_in("{reason?} {reason}") == {"reason": True}


@pytest.mark.parametrize(
    "wording", ["{nobody}", "{ reason }", "{reason", "reason}", "{reason!}", "{}"]
)
def test_a_field_that_does_not_exist_is_named(wording: str) -> None:
    with pytest.raises(Wrong) as wrong:
        fields_in(f"理由：{wording}")
    assert wrong.value.unknown


def test_a_line_without_its_value_is_left_out_but_room_to_write_stays() -> None:
    values = {"received_day": "11月1日", "number": "TS-1", "complainant": "王小明"}
    said = [(line.kind, line.label, line.text) for line in filled(lines_of(WORDING), values)]
    assert ("facts", "投诉人", "王小明") in said
    assert ("opinions", "负责人意见", "") in said
    assert not [line for line in said if line[1] == "地址"]


def test_a_value_is_never_form() -> None:
    """A complaint may begin with what would be a heading or a field in a wording."""
    value = "# 标题\n| 格 | {number} |\n{house}"
    (line,) = filled(lines_of("{narrative}"), {"narrative": value})
    assert line == Line("text", value)


def test_what_is_missing_is_named_in_order() -> None:
    wanted = fields_in("{unit} {reason} {routes?} {due_day}")
    assert missing(wanted, {"reason": "  ", "unit": "文旅局"}) == ["reason", "due_day"]
