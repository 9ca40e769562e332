"""A new session key when what a person may do has changed (AUT-05)."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from core.models import User

ROLES_OF = "roles_of"


def note_roles(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Remember for which roles the session got its key: called when somebody signs in, which makes a new one."""
    changed_at = User.objects.filter(pk=user.pk).values_list("roles_changed_at", flat=True).first()
    request.session[ROLES_OF] = str(changed_at or "")


def renew_key_after_change(request: HttpRequest) -> None:
    """Give the session another key once after each change of the person's roles; the old key opens nothing.

    Whoever learned the key before the person could do more does not get to do more with it.
    """
    person = request.user
    if not isinstance(person, User) or request.session.get(ROLES_OF) == str(person.roles_changed_at or ""):
        return
    if ROLES_OF not in request.session and person.roles_changed_at is None:
        return
    before = request.session.session_key
    request.session.cycle_key()
    request.session[ROLES_OF] = str(person.roles_changed_at or "")
    # The person's list of sessions goes on with the same line.
    UserSession.objects.filter(user=person, session_key=before).update(session_key=request.session.session_key)
