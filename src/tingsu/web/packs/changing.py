"""Changing the rules: propose an entry anew, look at the difference, sign, refuse, revoke.

Calls people.amending, which decides; reads no tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.packs import Pack, write
from tingsu.packs.draft import rows_of
from tingsu.packs.layers import Raw, Table
from tingsu.packs.parts import FILES
from tingsu.packs.reading import Entry, differences, entries, name_of
from tingsu.people import amending
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.permission import Can, NotThere, Who
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.packs import present, views, words
from tingsu.web.packs.forms import EntryForm


@dataclass(frozen=True)
class Line:
    """One key that is said otherwise, in words."""

    name: Any
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One entry that a change says anew."""

    part: Any
    title: str
    lines: list[Line]


@door(Can.RULES)
def propose(request: Asked, pack_id: str, part: str, table: str) -> HttpResponse:
    """An entry of a pack as a form. ``?entry=`` names it; without it a new one is made."""
    who = asking(request)
    pack = views.own_pack(who, pack_id)
    file = FILES.get(f"{part}.toml")
    if file is None or not table or table not in file.tables:
        raise NotThere
    asked = file.tables[table]
    entry = _entry(pack, file, table, request.GET.get("entry"), localdate(request.at))
    row = _named(entry) if entry else {}
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        asked=asked, row=row, new=entry is None, initial={"since": str(localdate(request.at))},
    )  # fmt: skip
    context = views.frame(who, pack, part) | {
        "form": form,
        "part": views.title(part),
        "part_slug": part,
        "table_title": words.TABLES.get(table, table),
        "title": present.title(entry, language()) if entry else "",
        "new": entry is None,
    }
    if request.method != "POST":
        return render(request, "web/packs/propose.html", context)
    try:
        made = _propose(request, pack, (file.file, table), form)
    except amending.Unusable as refusal:
        form.refuse(refusal)
        return render(
            request, "web/packs/propose.html", context | {"problems": refusal.problems}, status=422
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return render(request, "web/packs/propose.html", context, status=422)
    messages.success(request, _("已提出，等另一位负责人或管理员签批。"))
    return _to(pack_id, made.id)


@door(Can.DESK)
def changes(request: Asked, pack_id: str) -> HttpResponse:
    """All changes to a pack, newest first."""
    who = asking(request)
    pack = views.own_pack(who, pack_id)
    rows = [
        (row, words.STATES[row.state], ", ".join(_titles(pack, row.texts)))
        for row in amending.changes(who, pack_id)[:200]
    ]
    return render(
        request, "web/packs/changes.html", views.frame(who, pack, "changes") | {"rows": rows}
    )


@door(Can.DESK)
def change(request: Asked, pack_id: str, change_id: UUID) -> HttpResponse:
    """One change: before and after, in words and as it is written, and what can be done with it."""
    who = asking(request)
    return _page(request, who, views.own_pack(who, pack_id), change_id)


@door(Can.RULES)
@require_POST
def sign(request: Asked, pack_id: str, change_id: UUID) -> HttpResponse:
    """Let it hold from its day."""
    return _step(
        request, pack_id, change_id, _("已签批，从生效日起照新的办。"),
        lambda who, row: amending.sign(who, row, request.at),
    )  # fmt: skip


@door(Can.RULES)
@require_POST
def refuse(request: Asked, pack_id: str, change_id: UUID) -> HttpResponse:
    """Turn it down, or take the own proposal back."""
    note = request.POST.get("note", "")
    return _step(
        request, pack_id, change_id, _("没有采用，原因已记下。"),
        lambda who, row: amending.refuse(who, row, request.at, note=note),
    )  # fmt: skip


@door(Can.RULES)
@require_POST
def revoke(request: Asked, pack_id: str, change_id: UUID) -> HttpResponse:
    """Take a signed one back before its day."""
    note = request.POST.get("note", "")
    return _step(
        request, pack_id, change_id, _("已撤回，仍照原来的办。"),
        lambda who, row: amending.revoke(who, row, request.at, note=note),
    )  # fmt: skip


def _propose(request: Asked, pack: Pack, place: tuple[str, str], form: EntryForm) -> Any:
    file, table = place
    row, since = form.entry(), form.day()
    if form.wrong:
        raise Invalid(form.wrong)
    typed = form.typed()
    reason, source = str(typed["reason"] or ""), str(typed["source"] or "")
    row = _dressed(row, form.asked, since, source)
    if _same(row, form.row):
        raise Refusal(_("和现在的一样，没有改动。"), "", "nothing")
    texts = {file: write.row(table, row, FILES[file].tables)}
    return amending.propose(
        asking(request), pack.id, texts, request.at, since=since, reason=reason, source=source
    )


def _named(entry: Entry) -> Raw:
    """The row that is shown, with the name that an earlier period gave it."""
    labels = [version.row["label"] for version in entry.versions if "label" in version.row]
    return {"label": labels[-1], **entry.shown.row} if labels else entry.shown.row


def _dressed(row: Raw, asked: Table, since: Any, source: str) -> Raw:
    """The row with its day and source: what the organisation sets is its own practice."""
    if asked.dated and since:
        row = row | {"since": since}
    if asked.sourced:
        row = row | {"source": source, "house": True}
    return row


def _same(row: Raw, before: Raw) -> bool:
    aside = ("since", "source", "house", "act", "article", "review", "review_by", "label")
    rest = [{k: v for k, v in one.items() if k not in aside} for one in (row, before)]
    return rest[0] == rest[1] and row.get("label", {}) in ({}, before.get("label", {}))


def _entry(pack: Pack, part: Any, table: str, name: str | None, on: Any) -> Entry | None:
    if name is None:
        return None
    found = (entry for entry in entries(pack, part, table, on) if entry.name == name)
    entry = next(found, None)
    if entry is None:
        raise NotThere
    return entry


def _step(
    request: Asked,
    pack_id: str,
    change_id: UUID,
    done: str,
    do: Callable[[Who, Any], None],
) -> HttpResponse:
    who = asking(request)
    pack = views.own_pack(who, pack_id)
    try:
        do(who, amending.change_of(who, pack_id, change_id))
    except Refusal as refusal:
        return _page(request, who, pack, change_id, refusal)
    messages.success(request, done)
    return _to(pack_id, change_id)


def _page(
    request: Asked, who: Who, pack: Pack, change_id: UUID, refusal: Refusal | None = None
) -> HttpResponse:
    row = amending.change_of(who, pack.id, change_id)
    context = views.frame(who, pack, "changes") | {
        "row": row,
        "state": words.STATES[row.state],
        "differences": list(_differences(pack, row.texts, row.before)),
        "refusal": refusal,
        "problems": getattr(refusal, "problems", ()),
        "mine": row.proposed_by_id == who.member_id,
        "to_come": row.since > localdate(request.at),
    }
    return render(request, "web/packs/change.html", context, status=422 if refusal else 200)


def _titles(pack: Pack, texts: Any) -> list[str]:
    return [_title(pack, file, table, row) for file, table, row in rows_of(texts)]


def _title(pack: Pack, file: str, table: str, row: Raw) -> str:
    part = FILES[file]
    name = name_of(row, part.tables[table])
    for entry in entries(pack, part, table, localdate()):
        if entry.name == name:
            return present.title(entry, language())
    label = row.get("label") or {}
    return label.get(language()) or label.get("zh-hans") or str(words.TABLES.get(table, name))


def _differences(pack: Pack, texts: Any, before: Any) -> Any:
    held = {
        (file, table, name_of(row, FILES[file].tables[table])): row
        for file, table, row in rows_of(before)
    }
    for file, table, row in rows_of(texts):
        was = held.get((file, table, name_of(row, FILES[file].tables[table])), {})
        slug = file.removesuffix(".toml")
        lines = [
            Line(words.KEYS.get(key, key), _say(pack, key, was), _say(pack, key, row))
            for key in differences(was, row)
            if _worth(key, was, row)
        ]
        sources = [present.source(pack, one, language()) for one in (was, row)]
        lines.append(Line(words.KEYS["source"], *sources))
        yield Difference(views.title(slug), _title(pack, file, table, row), lines)


def _worth(key: str, was: Raw, row: Raw) -> bool:
    """Whether a key is worth a line of its own: what is over says nothing else any more."""
    if key in ("act", "article", "source", "house", "review", "review_by"):
        return False
    if row.get("none"):
        return key in ("none", "since")
    if key == "unit" and "n" in row:  # said with the number
        return bool(was.get("n") == row["n"])
    return key != "label" or (key in was and key in row)


def _say(pack: Pack, key: str, row: Raw) -> str:
    if key not in row:
        return ""
    if key in ("n", "unit") and {"n", "unit"} <= set(row):
        return present.value("", {"n": row["n"], "unit": row["unit"]}, language())
    said = present.reference(pack, key, row[key], language())
    return _("；").join(said or present.lines(key, row[key], language()))


def _to(pack_id: str, change_id: Any) -> HttpResponse:
    url = reverse("rules_change", args=[pack_id, change_id])
    return HttpResponse(status=303, headers={"Location": url})
