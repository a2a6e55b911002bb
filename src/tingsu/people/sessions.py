"""Where an account is signed in. Touches the sign-in's own tables."""

from uuid import UUID

from allauth.usersessions.models import UserSession


def end_session(user_id: UUID, session_id: int, *, current: str | None) -> bool:
    """Sign out one other device of the same person; False when there was nothing to end.

    current: the key of the session that asks, which "sign out" is for.
    """
    rows = UserSession.objects.filter(user_id=user_id, id=session_id)
    found = rows.exclude(session_key=current or "").first()
    if found:
        found.end()
    return found is not None
