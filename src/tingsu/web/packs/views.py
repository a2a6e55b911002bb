"""The rules of a pack, to read: what applies, since when, by which source. Reads no tables."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from tingsu.packs import Pack, holiday_label, load_calendar
from tingsu.packs.draft import whole
from tingsu.packs.parts import PARTS
from tingsu.people import amending
from tingsu.people.permission import Can, NotThere, Who
from tingsu.people.rulebook import pack_of
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.packs import present, words

_SLUGS = {part.file.removesuffix(".toml"): part for part in PARTS}
_FIRST = ("clocks", "pack", "taxonomy")


@door(Can.DESK)
def rules(request: Asked) -> HttpResponse:
    """The usual pack of the organisation."""
    return redirect("rules_part", pack_id=amending.own_packs(asking(request))[0], part="clocks")


@door(Can.DESK)
def part(request: Asked, pack_id: str, part: str) -> HttpResponse:
    """One part of a pack, table by table."""
    who = asking(request)
    pack = own_pack(who, pack_id)
    if part not in _SLUGS:
        raise NotThere
    today, found = localdate(request.at), _SLUGS[part]
    tables = [
        {
            "name": name,
            "title": words.TABLES.get(name, name),
            "cards": present.cards(pack, found, name, today, language()),
            "plain": not table.sourced and not table.single,
            "single": table.single,
            "by": table.by,
        }
        for name, table in found.tables.items()
        if name and "." not in name
    ]
    shown = [table for table in tables if table["cards"]]
    context = frame(who, pack, part) | {"tables": shown, "part": title(part), "file": found.file}
    return render(request, "web/packs/part.html", context)


@door(Can.DESK)
def calendar(request: Asked, pack_id: str) -> HttpResponse:
    """The holidays of a year, the weekends worked instead, and which years are not known yet."""
    who = asking(request)
    pack = own_pack(who, pack_id)
    today = localdate(request.at)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 1990 <= int(asked) <= 2100 else today.year
    context = frame(who, pack, "calendar") | {
        "year": year,
        "years": range(today.year - 3, today.year + 3),
        "known": year in pack.calendar.known_years,
        "holidays": _holidays(pack, year),
        "source": load_calendar(pack.calendar.id).sources.get(year, ""),
    }
    return render(request, "web/packs/calendar.html", context)


@door(Can.DESK)
def export(request: Asked, pack_id: str) -> HttpResponse:
    """The pack as this organisation uses it, as a folder in a ZIP."""
    pack = own_pack(asking(request), pack_id)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole(pack).items():
            archive.writestr(f"{pack.id}/{name}", text)
    answer = HttpResponse(content.getvalue(), content_type="application/zip")
    name = f"{pack.id}-{pack.version}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def own_pack(who: Who, pack_id: str) -> Pack:
    """A pack that the organisation works with. Raises NotThere."""
    if pack_id not in amending.own_packs(who):
        raise NotThere
    return pack_of(who.organisation_id, pack_id)


def frame(who: Who, pack: Pack, tab: str) -> dict[str, Any]:
    """What every page of this place shows: packs, tabs, who may change."""
    own = [pack_of(who.organisation_id, code) for code in amending.own_packs(who)]
    said = [slug for slug, found in _SLUGS.items() if any(pack.raw(found.file, found.tables))]
    ordered = sorted(said, key=lambda slug: _FIRST.index(slug) if slug in _FIRST else len(_FIRST))
    return {
        "pack": pack,
        "pack_label": pack.label(language()),
        "packs": [(one.id, one.label(language())) for one in own],
        "tabs": [(slug, title(slug)) for slug in ordered],
        "tab": tab,
        "to_sign": amending.waiting(who),
    }


def title(slug: str) -> words.Title:
    """The name of a part; one that is not named here shows its file's."""
    return words.PARTS.get(slug, words.Title(slug, "file-text"))


def _holidays(pack: Pack, year: int) -> list[dict[str, Any]]:
    """Each holiday of a year: its days off, the public ones among them, the days worked for it."""
    place = pack.calendar
    days = {**place.public_holidays, **place.arranged_rest}
    found: list[dict[str, Any]] = []
    for day in sorted(day for day in days if day.year == year):
        name = days[day]
        if found and found[-1]["code"] == name and day - found[-1]["last"] == timedelta(days=1):
            found[-1]["last"] = day
        else:
            said = holiday_label(place.id, name, language())
            found.append({"code": name, "name": said, "first": day, "last": day})
    for one in found:
        within = [one["first"] + timedelta(n) for n in range((one["last"] - one["first"]).days + 1)]
        one["days"] = len(within)
        one["public"] = [day for day in within if day in place.public_holidays]
        near = (one["first"] - timedelta(days=40), one["last"] + timedelta(days=40))
        one["worked"] = sorted(
            day
            for day, name in place.makeup_workdays.items()
            if name == one["code"] and near[0] <= day <= near[1]
        )
    return found
