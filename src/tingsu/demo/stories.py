"""The stories of the demo: read from TOML, checked, their slots filled. Reads files, no Django."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tingsu.demo import FOLDER

SLOT = re.compile(r"\{(\w+)\}")
# Where an ideograph meets a figure, a space stands between them.
SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\d¥])|(?<=\d)(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Story:
    """One complaint as it may happen. Texts hold slots such as ``{money}``; see ``fill``.

    amount: lowest, highest and step in yuan; task: department, question, answer; fate: "" for a
    story that runs its whole way, else refuse | transfer | withdraw | refer | incomplete, with
    ``why`` and, for another body, ``to``; remedy: ``rules`` of the pack that apply and the
    ``facts`` that they need.
    """

    id: str
    pack: str
    category: str
    titles: tuple[str, ...]
    tone: str
    anger: int
    severity: str
    channels: tuple[str, ...]
    units: tuple[str, ...]
    said: tuple[str, ...]
    noted: tuple[str, ...]
    wants: tuple[str, ...]
    call: tuple[str, ...]
    restated: str
    promise: str
    note: str
    desk: str = "company"
    nature: str = "questioning"
    sex: str = ""
    product: str = ""
    amount: tuple[int, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    task: tuple[str, ...] = ()
    reply: str = ""
    yes: str = ""
    no: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    moved: str = ""
    escalate: str = ""
    instruct: str = ""
    limit: str = ""
    watch: str = ""
    remedy: Mapping[str, Any] = field(default_factory=dict)
    again: str = ""
    again_by: str = ""
    fate: str = ""
    to: str = ""
    why: str = ""


@lru_cache(maxsize=1)
def stories() -> tuple[Story, ...]:
    """All stories, in the order of the files."""
    found = []
    for path in sorted((FOLDER / "stories").glob("*.toml")):
        sheet = tomllib.loads(path.read_text("utf-8"))
        shared = {"pack": sheet["pack"], "desk": sheet.get("desk", "company")}
        found += [Story(**_frozen(shared | row)) for row in sheet["story"]]
    return tuple(found)


@lru_cache(maxsize=1)
def common() -> dict[str, Any]:
    """What all stories draw from: names, places, turns of speech."""
    return tomllib.loads((FOLDER / "common.toml").read_text("utf-8"))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its slots filled. Raises KeyError for a slot that nobody fills."""
    return SEAM.sub(" ", SLOT.sub(lambda match: values[match[1]], text))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
