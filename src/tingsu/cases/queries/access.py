"""The only door to a case or a party: the right and the reach, asked in one place."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tingsu.cases.models import Case, Party, Task
from tingsu.people.permission import Can, Forbidden, NotThere, Reach, Who, may, reaches


def access_case(who: Who | None, case_id: UUID, right: Can) -> Case:
    """The case, if the person may do this with it.

    Raises Forbidden without the right, NotThere when it does not exist or is out of reach: the
    two look the same, so that nobody learns of cases that are not theirs.
    """
    if who is None or not may(who, right):
        raise Forbidden(right)
    found = reached(who, right).filter(id=case_id).first()
    if found is None:
        raise NotThere
    return found


def access_party(who: Who | None, party_id: UUID, right: Can = Can.PARTIES) -> Party:
    """A complainant of the own organisation. Raises Forbidden or NotThere."""
    if who is None or not may(who, right):
        raise Forbidden(right)
    found = Party.objects.filter(organisation_id=who.organisation_id, id=party_id).first()
    if found is None:
        raise NotThere
    return found


def reached(who: Who, right: Can = Can.READ) -> QuerySet[Case]:
    """All cases on which the person has the right, newest joins ready."""
    rows = Case.objects.select_related("party", "owner", "queue", "merged_into")
    return rows.filter(Q(organisation_id=who.organisation_id) & _within(who, right))


def _within(who: Who, right: Can) -> Q:
    reaches_by_role = reaches(who, right)
    if Reach.ALL in reaches_by_role:
        return Q()
    found = Q(pk__in=[])
    if Reach.BRANCH in reaches_by_role:
        found |= Q(owner_id=who.member_id) | Q(queue_id__in=who.branch)
        found |= Q(received_by_id=who.member_id)
        found |= Q(owner__isnull=True, queue_id__in=who.above)
        # Asked to take it over.
        found |= Q(handed_up_id=who.member_id) | Q(handed_across_id__in=who.branch)
    if Reach.ASKED in reaches_by_role or right is Can.ANSWER:
        found |= Q(Exists(Task.objects.filter(case=OuterRef("pk"), department_id__in=who.branch)))
    if Reach.ENDED in reaches_by_role:
        found |= Q(open=False)
    return found


def near(who: Who, case: Case, wide: Collection[Reach]) -> bool:
    """What ``_within`` asks the database, asked of a case that is already here."""
    branch = (
        who.member_id in (case.owner_id, case.received_by_id, case.handed_up_id)
        or case.queue_id in who.branch
        or case.handed_across_id in who.branch
        or (case.owner_id is None and case.queue_id in who.above)
    )
    return (
        Reach.ALL in wide
        or (Reach.BRANCH in wide and branch)
        or (Reach.ENDED in wide and not case.open)
    )
