"""Signatures and seals for the faces, and for papers that are about to be issued. Reads their
table and packs, writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from tingsu.cases.models import Case, Imprint
from tingsu.packs.documents import DOCUMENTS, DocumentKind
from tingsu.people.models import Member, Organisation
from tingsu.people.permission import Can, Who, may
from tingsu.people.rulebook import pack_of

SEALED_FORMS = ("notice", "agreement")  # a sheet of the file has no place for a seal


@dataclass(frozen=True)
class Seal:
    """A seal with the names of its keepers."""

    row: Imprint
    keepers: list[str]


def signature_of(member_id: UUID) -> Imprint | None:
    """The signature of a member who is there; nobody else's question."""
    return Imprint.objects.filter(
        member_id=member_id, kind="signature", state="valid", member__active=True
    ).first()


def own_signatures(who: Who) -> list[Imprint]:
    """Those that a member has had, the newest first."""
    rows = Imprint.objects.filter(member_id=who.member_id, kind="signature")
    return list(rows.select_related("withdrawn_by").order_by("-id")[:20])


def signatures(who: Who) -> list[Imprint]:
    """Who of the house has one, for those who may withdraw it. The pictures are not shown."""
    if not may(who, Can.MEMBERS):
        return []
    rows = Imprint.objects.filter(organisation_id=who.organisation_id, kind="signature")
    return list(rows.filter(state="valid").select_related("member").order_by("name"))


def seals(who: Who) -> list[Seal]:
    """All of the house, the newest first."""
    rows = Imprint.objects.filter(organisation_id=who.organisation_id, kind="seal")
    rows = rows.select_related("made_by", "ended_by", "withdrawn_by").order_by("-id")[:100]
    names = _names(who.organisation_id)
    return [Seal(row, [names[key] for key in row.keepers if key in names]) for row in rows]


def seals_for(case: Case, kind: DocumentKind, member_id: UUID) -> list[Imprint]:
    """Those that this member may set on this kind of paper, now."""
    if kind.form not in SEALED_FORMS:
        return []
    rows = Imprint.objects.filter(
        organisation_id=case.organisation_id, kind="seal", state="valid"
    ).order_by("id")
    paper, me = f"{case.pack}.{kind.id}", str(member_id)
    mine = [row for row in rows if paper in row.papers and me in row.keepers]
    there = (
        mine
        and Member.objects.filter(
            id=member_id, organisation_id=case.organisation_id, active=True
        ).exists()
    )
    return mine if there else []


def in_force(imprint_ids: Mapping[str, str]) -> set[str]:
    """Which of them (name -> id) are still in force: an editable file bears no others."""
    rows = Imprint.objects.filter(id__in=imprint_ids.values(), state="valid")
    valid = {str(key) for key in rows.values_list("id", flat=True)}
    return {name for name, key in imprint_ids.items() if key in valid}


def paper_choices(house: Organisation, at: datetime, language: str) -> list[tuple[str, str]]:
    """The papers of the house on which a seal can be set: "pack.kind" and its name."""
    found = []
    for pack_id in house.packs or [house.pack]:
        pack = pack_of(house.id, pack_id)
        for kind in DOCUMENTS.of(pack).kinds_on(localdate(at)).values():
            if kind.form in SEALED_FORMS:
                name = f"{pack.label(language)} · {kind.title(language)}"
                found.append((f"{pack_id}.{kind.id}", name))
    return found


def _names(house: UUID) -> dict[str, str]:
    rows = Member.objects.filter(organisation_id=house).values_list("id", "name")
    return {str(key): name for key, name in rows}
