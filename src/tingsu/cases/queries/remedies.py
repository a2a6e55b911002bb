"""The remedies proposed on a case, the newest first. Reads case tables."""

from tingsu.cases.models import Calculation, Case

SHOWN = 20


def proposals(case: Case) -> list[Calculation]:
    """The newest ones, with who made them; no query where there is none."""
    if not case.remedied:
        return []
    rows = Calculation.objects.filter(case_id=case.id).select_related("made_by")
    return list(rows.order_by("-made_at", "-id")[:SHOWN])


def newest(case: Case) -> Calculation | None:
    """The last one, None where there is none."""
    if not case.remedied:
        return None
    return Calculation.objects.filter(case_id=case.id).order_by("-made_at", "-id").first()
