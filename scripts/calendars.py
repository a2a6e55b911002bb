"""Writes the calendars of places outside China from the library `holidays` (development only).

    python scripts/calendars.py src/tingsu/packs/calendars

The files are then data like any other: correct them by the official notice, and take `review`
off. To add a year, raise LAST; a year without a notice at hand stays provisional.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import holidays

FIRST, LAST = 2024, 2027


class Place(NamedTuple):
    """A calendar to write: where its days come from, and what they are called."""

    id: str
    title: str
    zone: str
    country: str
    subdivision: str | None
    categories: tuple[str, ...]
    known: int  # the last year that is not provisional
    review: str


NAMES = {
    "new_year": ("元旦", "元旦", "New Year's Day"),
    "new_years_eve": ("除夕", "除夕", "Lunar New Year's Eve"),
    "lunar_new_year": ("农历新年", "農曆新年", "Lunar New Year"),
    "good_friday": ("耶稣受难日", "耶穌受難節", "Good Friday"),
    "good_saturday": ("耶稣受难日翌日", "耶穌受難節翌日", "Day after Good Friday"),
    "easter_monday": ("复活节星期一", "復活節星期一", "Easter Monday"),
    "may_day": ("五月银行假日", "五月銀行假日", "Early May bank holiday"),
    "second_january": ("一月二日", "一月二日", "2 January"),
    "st_andrew": ("圣安德鲁日", "聖安德魯日", "St Andrew's Day"),
    "proclaimed": ("特别公布的假日", "特別公布的假日", "Proclaimed bank holiday"),
    "spring": ("春季银行假日", "春季銀行假日", "Spring bank holiday"),
    "summer": ("夏季银行假日", "夏季銀行假日", "Summer bank holiday"),
    "christmas": ("圣诞节", "聖誕節", "Christmas Day"),
    "boxing_day": ("节礼日", "節禮日", "Boxing Day"),
    "king": ("马丁·路德·金纪念日", "馬丁路德金紀念日", "Martin Luther King Jr. Day"),
    "washington": ("华盛顿诞辰日", "華盛頓誕辰日", "Washington's Birthday"),
    "memorial": ("阵亡将士纪念日", "陣亡將士紀念日", "Memorial Day"),
    "juneteenth": ("六月节", "六月節", "Juneteenth"),
    "independence": ("独立日", "獨立日", "Independence Day"),
    "labour_day": ("劳动节", "勞動節", "Labour Day"),
    "columbus": ("哥伦布日", "哥倫布日", "Columbus Day"),
    "veterans": ("退伍军人节", "退伍軍人節", "Veterans Day"),
    "thanksgiving": ("感恩节", "感恩節", "Thanksgiving Day"),
    "qingming": ("清明节", "清明節", "Tomb-Sweeping Day"),
    "buddha": ("佛诞", "佛誕", "Buddha's Birthday"),
    "dragon_boat": ("端午节", "端午節", "Dragon Boat Festival"),
    "handover": ("特区成立纪念日", "特區成立紀念日", "HKSAR Establishment Day"),
    "after_mid_autumn": ("中秋节翌日", "中秋節翌日", "Day after Mid-Autumn Festival"),
    "mid_autumn": ("中秋节", "中秋節", "Mid-Autumn Festival"),
    "national_day": ("国庆日", "國慶日", "National Day"),
    "double_ninth": ("重阳节", "重陽節", "Double Ninth Festival"),
    "peace": ("和平纪念日", "和平紀念日", "Peace Memorial Day"),
    "children": ("儿童节", "兒童節", "Children's Day"),
    "confucius": ("孔子诞辰纪念日", "孔子誕辰紀念日", "Confucius' Birthday"),
    "restoration": ("光复节", "光復節", "Restoration Day"),
    "constitution": ("行宪纪念日", "行憲紀念日", "Constitution Day"),
    "arranged": ("调整放假", "調整放假", "Day off by arrangement"),
}
# The beginning of the library's English name tells which day it is; the longer one first.
SAID = {
    "Founding Day": "new_year",
    "New Year's Day": "new_year",
    "Chinese New Year's Eve": "new_years_eve",
    "Chinese New Year": "lunar_new_year",
    "The second day of Chinese": "lunar_new_year",
    "The third day of Chinese": "lunar_new_year",
    "The fourth day of Chinese": "lunar_new_year",
    "Good Friday": "good_friday",
    "The day following Good": "good_saturday",
    "The day following Easter Monday": "qingming",
    "Easter Monday": "easter_monday",
    "New Year Holiday": "second_january",
    "Saint Andrew": "st_andrew",
    "May Day": "may_day",
    "Spring Bank": "spring",
    "Late Summer": "summer",
    "Summer Bank": "summer",
    "Scotland's participation": "proclaimed",
    "Christmas": "christmas",
    "The first weekday after Christmas": "boxing_day",
    "The second weekday after Christmas": "boxing_day",
    "Boxing": "boxing_day",
    "Martin": "king",
    "Washington": "washington",
    "Memorial": "memorial",
    "Juneteenth": "juneteenth",
    "Independence": "independence",
    "Labor": "labour_day",
    "Columbus": "columbus",
    "Veterans": "veterans",
    "Thanksgiving": "thanksgiving",
    "Tomb-Sweeping": "qingming",
    "The Buddha": "buddha",
    "Dragon Boat": "dragon_boat",
    "Hong Kong S.A.R.": "handover",
    "The Day following Mid-Autumn": "after_mid_autumn",
    "Mid-Autumn": "mid_autumn",
    "National Day": "national_day",
    "Double Ninth": "double_ninth",
    "Peace": "peace",
    "Children": "children",
    "Confucius": "confucius",
    "Taiwan Restoration": "restoration",
    "Constitution": "constitution",
    "Day off": "arranged",
}
PLACES = (
    Place("uk", "英格兰和威尔士 England and Wales", "Europe/London", "GB", "ENG", ("public",),
          2026, "银行假日以政府公布为准，其余地区另有不同"),
    Place("uk_sct", "苏格兰 Scotland", "Europe/London", "GB", "SCT", ("public",),
          2026, "银行假日以政府公布为准，各地另有地方假日"),
    Place("us", "美国 United States", "America/New_York", "US", None, ("public",), 2027,
          "联邦法定假日；各州另有不同，时区按东部时间"),
    Place("hk", "香港 Hong Kong", "Asia/Hong_Kong", "HK", None, ("public", "optional"), 2026,
          "公众假期以宪报公布为准；星期六按休息日处理"),
    Place("tw", "台湾 Taiwan", "Asia/Taipei", "TW", None, ("public",), 2026,
          "以办公日历表为准"),
)  # fmt: skip


class Off(NamedTuple):
    """One day off, and the weekend day that is worked for it."""

    day: date
    name: str
    worked: date | None


def main(folder: Path) -> None:
    """Write a file for each place."""
    for place in PLACES:
        (folder / f"{place.id}.toml").write_text(written(place), "utf-8")


def written(place: Place) -> str:
    """The whole file."""
    days = list(days_off(place))
    used = sorted({one.name for one in days}, key=list(NAMES).index)
    parts = [
        f"# {place.title}. Written by scripts/calendars.py; the official notice goes before it.",
        f'\nid = "{place.id}"\nzone = "{place.zone}"\nweekend = ["sat", "sun"]\n\n[names]',
        *(f"{name} = {label(*NAMES[name])}" for name in used),
    ]
    for year in range(FIRST, LAST + 1):
        parts += [f"\n{head(place, year)}"]
        own = (one for one in days if one.day.year == year)
        parts += [block(list(group)) for _key, group in groupby(own, key=Runs())]
    return "\n".join(parts) + "\n"


def days_off(place: Place) -> Iterator[Off]:
    """The days of all years, in order."""
    found = holidays.country_holidays(
        place.country,
        subdiv=place.subdivision,
        years=range(FIRST, LAST + 1),
        language="en_US",
        categories=place.categories,
    )
    for day, said in sorted(found.items()):
        worked = said.partition("substituted from ")[2].rstrip(")")
        month, date_of, year = map(int, worked.split("/")) if worked else (0, 0, 0)
        yield Off(day, code(said), date(year, month, date_of) if worked else None)


def code(said: str) -> str:
    """Our name of a day: the longest beginning that fits."""
    return SAID[max((begun for begun in SAID if said.startswith(begun)), key=len)]


class Runs:
    """A key that stays the same over days of one name in a row."""

    def __init__(self) -> None:
        self.last: Off | None = None
        self.number = 0

    def __call__(self, one: Off) -> int:
        joined = (
            self.last is not None
            and self.last.name == one.name
            and one.day - self.last.day == timedelta(days=1)
        )
        self.number += not joined
        self.last = one
        return self.number


def head(place: Place, year: int) -> str:
    """The beginning of a year."""
    lines = [
        "[[year]]",
        f"year = {year}",
        f'source = "程序库 holidays {version("holidays")}（{place.country}）"',
        f'review = "官方公告不在手边；{place.review}"',
        "review_by = 2027-06-30",
    ]
    return "\n".join(lines + ["provisional = true"] * (year > place.known))


def block(days: list[Off]) -> str:
    """Days of one name in a row."""
    public = [str(one.day) for one in days if one.name != "arranged"]
    worked = [str(one.worked) for one in days if one.worked]
    lines = [
        "\n[[year.holiday]]",
        f'name = "{days[0].name}"',
        f"off = [{days[0].day}, {days[-1].day}]",
    ]
    lines += [f"public = [{', '.join(public)}]"] if public else []
    return "\n".join(lines + ([f"work = [{', '.join(worked)}]"] if worked else []))


def label(*words: str) -> str:
    """Three languages as TOML."""
    keys = ("zh-hans", "zh-hant", "en")
    pairs = (f"{k} = {json.dumps(w, ensure_ascii=False)}" for k, w in zip(keys, words, strict=True))
    return "{ " + ", ".join(pairs) + " }"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
