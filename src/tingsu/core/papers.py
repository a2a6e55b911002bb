"""Touches nothing: the wording of a paper with its fields, as a pack or an organisation writes it.

The wording is lines of text. An empty line ends a paragraph. ``# 一、事实`` is a heading,
``| 投诉人 | {complainant} |`` a row of a grid, ``[承办人意见] {opinion}`` room for an opinion that
somebody signs, ``= contacts`` the table of that name. ``{field}`` stands for a value that must be
there; a line with ``{field?}`` is left out where that value is empty, but for opinions, which leave
room to write. The form is read before values are put in, so that no value is ever read as form.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FIELD = re.compile(r"\{([a-z_]+)(\??)\}")
ANY_BRACE = re.compile(r"\{[^{}]*\}?|\}")

# What a wording may ask for. Where each value comes from stands in documents/fields.py.
FIELDS = frozenset(
    (
        "house house_address house_contact number title received_day accepted_day today"
        " category verdict narrative request reasons amount product order contract happened_day"
        " happened_where complainant complainant_sex complainant_nationality complainant_phone"
        " complainant_address respondent respondent_place respondent_person owner visit"
        " reason unit due_day missing grounds routes found liability terms answer opinion review"
        " decision basis"
        " talk_person talk_when talk_where talk_present talk_record talk_corrections talk_signed"
        " investigators respondent_says disputed evidence_list"
    ).split()
)
TABLES = ("contacts", "course", "talks")
"""contacts: every word with the complainant; course: what was done; talks: the negotiation."""


@dataclass(frozen=True)
class Line:
    """One line: text | heading | facts | opinions | table, with its label where it has one."""

    kind: str
    text: str
    label: str = ""


class Wrong(ValueError):
    """A wording that cannot be used. ``unknown``: fields that do not exist, as written."""

    def __init__(self, unknown: Sequence[str]) -> None:
        self.unknown = tuple(unknown)
        super().__init__(", ".join(unknown))


def lines_of(wording: str) -> list[Line]:
    """The lines in order; neighbouring lines of text are one paragraph."""
    found: list[Line] = []
    fresh = True
    for raw in wording.splitlines():
        line = raw.strip()
        if not line:
            fresh = True
            continue
        one = _line(line)
        if one.kind == "text" and not fresh and found and found[-1].kind == "text":
            found[-1] = Line("text", f"{found[-1].text}\n{one.text}")
        else:
            found.append(one)
        fresh = False
    return found


def fields_in(wording: str) -> dict[str, bool]:
    """Field -> whether it must have a value, in the order of the wording.

    Raises Wrong, naming every field that does not exist.
    """
    unknown = [sign for sign in ANY_BRACE.findall(wording) if not _known(sign)]
    if unknown:
        raise Wrong(list(dict.fromkeys(unknown)))
    found: dict[str, bool] = {}
    for name, maybe in FIELD.findall(wording):
        found[name] = found.get(name, False) or not maybe
    return found


def filled(lines: Iterable[Line], values: Mapping[str, str]) -> list[Line]:
    """The lines with their values; those whose optional field is empty are left out."""
    return [
        Line(line.kind, _fill(line.text, values), _fill(line.label, values))
        for line in lines
        if not _left_out(line, values)
    ]


def missing(wanted: Mapping[str, bool], values: Mapping[str, str]) -> list[str]:
    """The fields that must have a value and have none."""
    return [name for name, must in wanted.items() if must and not values.get(name, "").strip()]


def _line(line: str) -> Line:
    if line.startswith("#"):
        return Line("heading", line.lstrip("# "))
    if line.startswith("|"):
        label, _bar, value = line.strip("| ").partition("|")
        return Line("facts", value.strip(), label.strip())
    if line.startswith("[") and "]" in line:
        label, _bracket, value = line[1:].partition("]")
        return Line("opinions", value.strip(), label.strip())
    if line.startswith("=") and line.strip("= ") in TABLES:
        return Line("table", line.strip("= "))
    return Line("text", line)


def _known(sign: str) -> bool:
    fits = FIELD.fullmatch(sign)
    return bool(fits and fits[1] in FIELDS)


def _fill(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values.get(found[1], ""), text)


def _left_out(line: Line, values: Mapping[str, str]) -> bool:
    if line.kind == "opinions":
        return False
    maybe = [name for name, optional in FIELD.findall(line.text) if optional]
    return any(not values.get(name, "").strip() for name in maybe)
