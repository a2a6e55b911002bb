"""Recognises complainants by blind index of phone and mail. Touches Party rows and the vault."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tingsu.cases._sealed import vault
from tingsu.cases.intake import Intake
from tingsu.cases.models import Party
from tingsu.people.models import new_id


class Recogniser:
    """The known parties behind a batch of intakes, read with one query per index.

    An intake joins a known party when phone or mail is the same and the name does not contradict:
    a second caller of the household gets an own party, recognised by the shared number (IN-8).
    """

    def __init__(self, organisation_id: UUID, intakes: Sequence[Intake], at: datetime) -> None:
        self.organisation_id, self.at = organisation_id, at
        self.known: dict[str, list[Party]] = defaultdict(list)
        self.new: list[Party] = []
        phones = {i for intake in intakes for i in vault().phone_lookups(intake.phone)}
        mails = {i for intake in intakes for i in vault().email_lookups(intake.email)}
        own = Party.objects.filter(organisation_id=organisation_id, erased_at__isnull=True)
        if phones:
            for party in own.filter(phone_index__in=phones).order_by("id"):
                self.known[party.phone_index].append(party)
        if mails:
            for party in own.filter(email_index__in=mails).order_by("id"):
                self.known[party.email_index].append(party)

    def party_of(self, intake: Intake) -> Party | None:
        """The known or new party of an intake; None when nobody said who they are."""
        if not (intake.name or intake.phone or intake.email):
            return None
        lookups = vault().phone_lookups(intake.phone) + vault().email_lookups(intake.email)
        for index in lookups:
            for party in self.known[index]:
                if not intake.name or not party.name or party.name == intake.name:
                    return party
        party = new_party(self.organisation_id, intake, self.at)
        self.new.append(party)
        for index in lookups:
            self.known[index].append(party)
        return party


def new_party(organisation_id: UUID, intake: Intake, at: datetime) -> Party:
    """A party from what the intake says, not yet saved."""
    party = Party(
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
