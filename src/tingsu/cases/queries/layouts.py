"""Templates of papers for the faces and for the setting: in force, before and after. Reads their
table and the storage, writes nothing."""

from datetime import date
from uuid import UUID

from tingsu.cases._files import opened
from tingsu.cases.models import Layout


def in_force(house: UUID, pack: str, kind: str, language: str, on: date) -> dict[str, Layout]:
    """Form -> the template that counts on a day; nothing where ours does."""
    rows = Layout.objects.filter(
        organisation_id=house, pack=pack, kind=kind, language=language,
        state="signed", since__lte=on,
    ).order_by("since", "ended_at", "id")  # fmt: skip
    newest = {row.form: row for row in rows}
    return {form: row for form, row in newest.items() if row.stored_as}


def history(house: UUID, pack: str, kind: str, language: str) -> list[Layout]:
    """All of one paper in one language, the newest first."""
    rows = Layout.objects.filter(organisation_id=house, pack=pack, kind=kind, language=language)
    return list(rows.select_related("proposed_by", "ended_by").order_by("-id")[:100])


def own(house: UUID, on: date) -> dict[tuple[str, str, str], set[str]]:
    """(pack, kind, language) -> forms of which the house's own template counts."""
    rows = Layout.objects.filter(organisation_id=house, state="signed", since__lte=on)
    newest = {
        (row.pack, row.kind, row.language, row.form): row
        for row in rows.order_by("since", "ended_at", "id")
    }
    found: dict[tuple[str, str, str], set[str]] = {}
    for (*place, form), row in newest.items():
        if row.stored_as:
            found.setdefault((place[0], place[1], place[2]), set()).add(form)
    return found


def waiting(house: UUID) -> list[Layout]:
    """Those that wait to be signed, the oldest first."""
    rows = Layout.objects.filter(organisation_id=house, state="proposed")
    return list(rows.select_related("proposed_by").order_by("id"))


def content(layout_id: UUID | str) -> bytes:
    """The template as it was brought. Raises NotThere when its bytes are gone."""
    with opened(Layout.objects.get(id=layout_id).stored_as) as file:
        found: bytes = file.read()
    return found
