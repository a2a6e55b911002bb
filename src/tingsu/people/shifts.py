"""Hours at which a member works, as they are typed: "mon-fri 09:00-18:00". Pure."""

import re
from collections.abc import Sequence
from datetime import datetime

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPOKEN = {"一": "mon", "二": "tue", "三": "wed", "四": "thu", "五": "fri", "六": "sat", "日": "sun"}
MOST = 14
_LINE = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? (\d{2}:\d{2})-(\d{2}:\d{2})")


def read(text: str) -> list[str]:
    """The lines of a form, tidied; 周一至周五 may be said for mon-fri. Raises ValueError at a line
    that cannot be read."""
    found = []
    for raw in text.replace("；", "\n").replace(";", "\n").splitlines():
        line = _plain(raw)
        if not line:
            continue
        if not _fits(line):
            raise ValueError(raw.strip())
        found.append(line)
    if len(found) > MOST:
        raise ValueError(found[MOST])
    return found


def on_shift(shifts: Sequence[str], local: datetime) -> bool | None:
    """Whether the local time lies in one of them; None where no hours are kept. A shift that ends
    before it begins runs over midnight."""
    if not shifts:
        return None
    today, now = local.weekday(), f"{local:%H:%M}"
    for line in shifts:
        match = _LINE.fullmatch(line)
        if not match:
            continue
        days = _days(match[1], match[2])
        begin, end = match[3], match[4]
        if begin < end:
            if today in days and begin <= now < end:
                return True
        elif (today in days and now >= begin) or ((today - 1) % 7 in days and now < end):
            return True
    return False


def _plain(line: str) -> str:
    line = " ".join(line.lower().replace("：", ":").replace("周", " ").replace("星期", " ").split())
    for word, day in SPOKEN.items():
        line = line.replace(word, day)
    line = re.sub(r"\s*(至|到|-|~|—|–)\s*", "-", line)
    line = re.sub(r"(?<=[a-z])(?=\d)", " ", line)
    return re.sub(r"(?<!\d)(\d:\d{2})", r"0\1", line)


def _fits(line: str) -> bool:
    match = _LINE.fullmatch(line)
    if not match or match[1] not in DAYS or (match[2] and match[2] not in DAYS):
        return False
    hours = (match[3], match[4])
    return all(at <= "24:00" and at[3:] < "60" for at in hours) and hours[0] != hours[1]


def _days(first: str, last: str | None) -> set[int]:
    begin = DAYS.index(first)
    length = (DAYS.index(last) - begin) % 7 if last else 0
    return {(begin + n) % 7 for n in range(length + 1)}
