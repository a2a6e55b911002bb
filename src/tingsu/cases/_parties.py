"""Recognises complainants by blind index of phone and mail. Touches Party rows and the vault."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from tingsu.cases._fresh import fresh
from tingsu.cases._sealed import vault
from tingsu.cases.intake import Intake
from tingsu.cases.models import Party
from tingsu.people.models import new_id

TOLD_APART_BY = ("name", "email")
BLANKS = (
    "name phone email address postcode sex nationality preferred_channel preferred_time needs"
).split()


def ids_with(column: str, organisation_id: UUID, indexes: Collection[str]) -> list[UUID]:
    """The parties of an organisation under blind indexes, oldest first.

    Asked by hand, because most callers are new: composing the query anew for each of them took a
    fifth of receiving a complaint. The index holds no blanks; only a query that says so uses it.
    """
    asked = sorted(filter(None, indexes))
    if not asked:
        return []
    sql = (
        f"SELECT id FROM cases_party WHERE organisation_id = %s"  # noqa: S608 - our own names
        f" AND {column} IN ({', '.join(['%s'] * len(asked))}) AND NOT ({column} = '')"
        f" AND erased_at IS NULL"
    )
    key: Any = Party._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(sql, [key.get_db_prep_value(organisation_id, connection), *asked])
        # Sorted here: asked for an order, SQLite walks everybody in it instead of the index.
        return sorted(key.to_python(row[0]) for row in cursor.fetchall())


class Recogniser:
    """The known parties behind a batch of intakes, read with one query per index.

    An intake joins a known party when phone or mail is the same and nothing contradicts: a second
    caller of the household gets an own party, recognised by the shared number (IN-8).

    trusted: a member asked and wrote it down, so blanks of a known party are filled in. What
    comes over the public page never changes a known person: whoever knows a number could
    otherwise have that person's letters sent elsewhere.
    """

    def __init__(
        self, organisation_id: UUID, intakes: Sequence[Intake], at: datetime, *, trusted: bool
    ) -> None:
        self.organisation_id, self.at, self.trusted = organisation_id, at, trusted
        self.known: dict[str, list[Party]] = defaultdict(list)
        self.new: list[Party] = []
        self.completed: dict[UUID, Party] = {}  # known ones whose blanks were filled
        phones = {i for intake in intakes for i in vault().phone_lookups(intake.phone)}
        mails = {i for intake in intakes for i in vault().email_lookups(intake.email)}
        for party in self._found("phone_index", phones):
            self.known[party.phone_index].append(party)
        for party in self._found("email_index", mails):
            self.known[party.email_index].append(party)

    def _found(self, column: str, indexes: set[str]) -> Iterable[Party]:
        ids = ids_with(column, self.organisation_id, indexes)
        return Party.objects.filter(id__in=ids).order_by("id") if ids else ()

    def party_of(self, intake: Intake) -> Party | None:
        """The known or new party of an intake; None when nobody said who they are."""
        if not (intake.name or intake.phone or intake.email):
            return None
        lookups = vault().phone_lookups(intake.phone) + vault().email_lookups(intake.email)
        for index in lookups:
            for party in self.known[index]:
                if all(self._fits(getattr(party, n), getattr(intake, n)) for n in TOLD_APART_BY):
                    self._complete(party, intake)
                    return party
        party = new_party(self.organisation_id, intake, self.at)
        self.new.append(party)
        for index in lookups:
            self.known[index].append(party)
        return party

    def _fits(self, known: str, told: str) -> bool:
        return not told or known == told or (self.trusted and not known)

    def _complete(self, party: Party, intake: Intake) -> None:
        if not self.trusted:
            return
        for name in BLANKS:
            if getattr(intake, name) and not getattr(party, name):
                setattr(party, name, getattr(intake, name))
                self.completed[party.id] = party
        party.phone_index = party.phone_index or vault().phone_index(party.phone)
        party.email_index = party.email_index or vault().email_index(party.email)


def new_party(organisation_id: UUID, intake: Intake, at: datetime) -> Party:
    """A party from what the intake says, not yet saved."""
    party = fresh(
        Party,
        id=new_id(),
        organisation_id=organisation_id,
        kind=intake.party_kind,
        phone_index=vault().phone_index(intake.phone),
        email_index=vault().email_index(intake.email),
        postcode=intake.postcode,
        sex=intake.sex,
        nationality=intake.nationality,
        language=intake.language,
        preferred_channel=intake.preferred_channel,
        preferred_time=intake.preferred_time,
        needs=intake.needs,
        created_at=at,
    )
    party.name, party.phone = intake.name, intake.phone
    party.email, party.address = intake.email, intake.address
    return party
