"""Touches nothing: who keeps away from a complaint, what it is made of, what was found of it.

Rules with their reasons: docs/rules/investigation.md (HA-4, HA-5, SC-4).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tingsu.core.text import clean, normalise

MOST_ISSUES = 20
SHORTEST_ISSUE = 3  # characters: below that a clause says nothing by itself
LONGEST_ISSUE = 300


class Finding(StrEnum):
    """What was found of one issue; the values are those of the verdict of a case."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    UNDECIDED = "undecided"


class Fault(StrEnum):
    """What makes an issue founded (SC-4)."""

    INTENT = "intent"
    NEGLIGENCE = "negligence"
    MISTAKE = "mistake"
    SERVICE = "service"  # bad service quality


class Liable(StrEnum):
    """Who is responsible. Several may be, but nobody stands alone."""

    COMPANY = "company"
    STAFF = "staff"
    USE = "use"  # the customer's own use
    THIRD = "third"
    FORCE = "force"  # force majeure
    NOBODY = "nobody"


class Tie(StrEnum):
    """Why somebody keeps away from a complaint."""

    NAMED = "named"  # the complaint names them
    INVOLVED = "involved"  # somebody recorded that they had part in the matter
    RECUSED = "recused"  # recusal was granted


@dataclass(frozen=True)
class Ties:
    """What a case says of persons. Ids are of members; ``namesakes`` only share the name of the
    person complained of, and a second person has said so."""

    named: str = ""  # the person complained of, as it was told
    involved: Collection[object] = ()
    recused: Collection[object] = ()
    namesakes: Collection[object] = ()


def tie_of(member: object, name: str, ties: Ties) -> Tie | None:
    """Why this member can neither look into the case, nor own it, nor sign on it; None: they may.

    The name counts wherever it stands in what was told: 前台李娜, 李娜（客房部）.
    """
    if member in ties.recused:
        return Tie.RECUSED
    if member in ties.involved:
        return Tie.INVOLVED
    if member not in ties.namesakes and names(ties.named, name):
        return Tie.NAMED
    return None


def names(told: str, name: str) -> bool:
    """Whether a text names somebody. One character alone names nobody."""
    bare = "".join(name.split())
    return bool(told) and len(bare) > 1 and normalise(bare) in normalise("".join(told.split()))


# A list as people write one: 1、 2. （3） ④ 一、 第二， - ·
_NUMBER = (
    r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．:：]"
    r"|第[一二三四五六七八九十]{1,2}[，,、：:]|[①-⑳]|[-•·*])"
)
_STARTS = re.compile(rf"(?:^|(?<=[\s。；;，,：:]))\s*{_NUMBER}(?!\d)\s*")
_ENDS = re.compile(r"[。！？!?；;\n]+|(?<=\S)[，,](?=(?:并|同时|另外|还要|而且|此外|再就是)\S)")
_POLITE = re.compile(r"^(?:请|望|希望|谢谢|感谢|麻烦|你好|您好|此致|敬礼)[^，,]{0,6}$")
_LEADS = re.compile(r"^(?:并且?|同时|另外|还要|而且|此外|再就是|以及)[，,]?")
_MARKS = "，,。；;：:、"


def split_issues(*texts: str) -> list[str]:
    """The issues of a complaint as they are suggested, sentence by sentence: from the first text
    that has any (the request; where it says nothing, the story). A person edits them."""
    for text in texts:
        if found := _issues(text):
            return found[:MOST_ISSUES]
    return []


def _issues(text: str) -> list[str]:
    parts = (part for piece in _ENDS.split(clean(text)) for part in _STARTS.split(piece or ""))
    found = [_bare(_bare(_LEADS.sub("", _bare(part)))[:LONGEST_ISSUE]) for part in parts if part]
    kept = [one for one in found if len(one) >= SHORTEST_ISSUE and not _POLITE.match(one)]
    return list(dict.fromkeys(kept))


def _bare(text: str) -> str:
    """Without spaces of any kind and marks at its ends."""
    before = ""
    while before != text:
        before, text = text, text.strip().strip(_MARKS)
    return text


def verdict(findings: Iterable[str]) -> Finding | None:
    """What the findings of all issues amount to; None while one is missing, or without any.

    All founded: founded. Some of it founded: partly. Nothing founded: unfounded where every issue
    is, else it cannot be decided, because what is unproved was not disproved.
    """
    every = [Finding(one) if one else None for one in findings]
    if not every or None in every:
        return None
    if all(one is Finding.FOUNDED for one in every):
        return Finding.FOUNDED
    if Finding.FOUNDED in every or Finding.PARTLY in every:
        return Finding.PARTLY
    return Finding.UNFOUNDED if set(every) == {Finding.UNFOUNDED} else Finding.UNDECIDED


def wrong_with(
    finding: str, faults: Sequence[str], liable: Sequence[str], reason: str
) -> dict[str, str]:
    """Field -> code of what is wrong with a finding; empty when it can be kept.

    faults: for founded and partly founded alone, and then at least one. liable: at least one where
    something is founded; where nothing is, nobody of the house can be.
    """
    wrong: dict[str, str] = {}
    if finding not in tuple(Finding):
        return {"finding": "missing"}
    if not reason.strip():
        wrong["reason"] = "missing"
    if finding in (Finding.FOUNDED, Finding.PARTLY):
        if not faults or not set(faults) <= set(Fault):
            wrong["faults"] = "missing"
        if not liable or not set(liable) <= set(Liable):
            wrong["liable"] = "missing"
    elif faults:
        wrong["faults"] = "not_founded"
    if not set(liable) <= set(Liable):
        wrong["liable"] = "missing"
    elif Liable.NOBODY in liable and len(set(liable)) > 1:
        wrong["liable"] = "nobody_alone"
    elif finding == Finding.UNFOUNDED and {Liable.COMPANY, Liable.STAFF} & set(liable):
        wrong["liable"] = "not_founded"
    return wrong


_TURN = re.compile(r"^\s*(问|答|Q|A|問)\s*[：:.．、]\s*", re.IGNORECASE)


def turns(text: str) -> list[tuple[str, str]]:
    """Questions with their answers, from lines that begin with 问： and 答：. What goes on in the
    next line belongs to what came before; an answer without a question keeps an empty one."""
    found: list[list[str]] = []
    side = 1
    for line in clean(text).splitlines():
        mark = _TURN.match(line)
        said = line[mark.end() :].strip() if mark else line.strip()
        if mark:
            side = 0 if mark[1].upper() in "问問Q" else 1
            if side == 0 or not found or found[-1][1]:
                found.append(["", ""])
        elif not found and said:
            found.append(["", ""])
        if said:
            found[-1][side] = f"{found[-1][side]}\n{said}".strip()
    return [(asked, answered) for asked, answered in found if asked or answered]


def checked(text: str) -> list[tuple[str, str]]:
    """What was looked at on the spot with what was seen, a line each: 登记本：14:20 有记录."""
    rows = (line.strip() for line in clean(text).splitlines())
    pairs = (re.split(r"[：:]", row, maxsplit=1) for row in rows if row)
    return [(one[0].strip(), one[1].strip() if len(one) > 1 else "") for one in pairs]


def unanswered(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Questions without an answer: a record is not read back before each has one."""
    return [asked for asked, answered in pairs if asked and not answered]
