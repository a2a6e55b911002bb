"""The check list of first review as the case answers it (SC-1). Reads case tables."""

from tingsu.cases.models import Attachment, Case
from tingsu.core.screening import Known


def known(case: Case, files: int | None = None) -> Known:
    """What the file says. files: how many there are, where somebody counted them already."""
    party = case.party
    if files is None:
        files = Attachment.objects.filter(case=case).count()
    return Known(
        named=bool(party and party.name),
        reachable=bool(party and (party.phone or party.email or party.address)),
        respondent=case.respondent_unit,
        request=case.request,
        narrative=case.narrative,
        files=files,
    )
