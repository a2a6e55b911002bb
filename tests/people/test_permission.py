"""The table of roles and rights keeps its promises, whatever is added to it (PL-1)."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tingsu.people.permission import (
    REACH,
    RIGHTS,
    SECOND_FACTOR,
    Can,
    Reach,
    Role,
    Who,
    may,
    reaches,
)

WRITING = frozenset(Can) - {Can.DESK, Can.READ, Can.AUDIT, Can.ARCHIVE}
ON_CASES = frozenset(Can) - {Can.DESK, Can.IMPORT, Can.MEMBERS, Can.AUDIT, Can.RULES}
NOBODY = UUID(int=0)


def _who(*roles: Role) -> Who:
    return Who(NOBODY, NOBODY, NOBODY, NOBODY, frozenset(), "甲", "", "一组", frozenset(roles))


def test_every_role_has_rights_and_a_reach() -> None:
    assert set(RIGHTS) == set(Role) == set(REACH)
    assert all(Can.DESK in rights for rights in RIGHTS.values())


def test_every_right_belongs_to_some_role() -> None:
    assert frozenset().union(*RIGHTS.values()) == frozenset(Can)


@pytest.mark.parametrize("role", Role)
def test_whoever_works_on_cases_can_read_them(role: Role) -> None:
    if RIGHTS[role] & ON_CASES:
        assert Can.READ in RIGHTS[role]


@pytest.mark.parametrize("role", Role)
def test_whoever_reads_reaches_something_and_the_others_nothing(role: Role) -> None:
    assert (Can.READ in RIGHTS[role]) == (REACH[role] is not Reach.NONE)


def test_the_auditor_never_writes() -> None:
    assert not RIGHTS[Role.AUDITOR] & WRITING


def test_the_auditor_sees_no_personal_data() -> None:
    assert Can.UNMASK not in RIGHTS[Role.AUDITOR]


def test_the_trainer_sees_only_what_is_over_and_masked() -> None:
    assert REACH[Role.TRAINER] is Reach.ENDED
    assert RIGHTS[Role.TRAINER] == {Can.DESK, Can.READ, Can.COACH}


def test_the_respondent_reaches_only_what_it_was_asked() -> None:
    assert REACH[Role.RESPONDENT] is Reach.ASKED
    assert not RIGHTS[Role.RESPONDENT] & {Can.UNMASK, Can.HANDLE, Can.PARTIES}


def test_administration_and_complaints_are_apart() -> None:
    assert not RIGHTS[Role.ADMINISTRATOR] & ON_CASES
    assert [role for role in Role if Can.MEMBERS in RIGHTS[role]] == [Role.ADMINISTRATOR]


def test_only_the_head_instructs_and_approves_the_watch_list() -> None:
    for right in (Can.INSTRUCT, Can.WATCH_APPROVE):
        assert [role for role in Role if right in RIGHTS[role]] == [Role.HEAD]


def test_whoever_decides_or_rules_is_asked_for_a_second_factor() -> None:
    weighty = {Can.DECIDE, Can.MEMBERS, Can.AUDIT, Can.INSTRUCT}
    assert {role for role in Role if RIGHTS[role] & weighty} == SECOND_FACTOR


def test_nobody_may_do_nothing() -> None:
    assert not any(may(None, right) for right in Can)


@given(st.sets(st.sampled_from(Role)), st.sampled_from(Can))
def test_a_right_never_borrows_the_reach_of_another_role(roles: set[Role], right: Can) -> None:
    who = _who(*roles)
    assert reaches(who, right) == {REACH[role] for role in roles if right in RIGHTS[role]}
    assert may(who, right) == bool(reaches(who, right))


def test_two_roles_add_up_and_nothing_else_appears() -> None:
    for one, other in combinations(Role, 2):
        assert _who(one, other).rights == RIGHTS[one] | RIGHTS[other]
