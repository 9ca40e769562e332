"""A new session key when what a person may do has changed (AUT-05)."""

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils import timezone

from core.models import User

KEYED_AT = "keyed_at"


def note_key(request: HttpRequest, **_signal: Any) -> None:
    """Remember when the session got its key: called when somebody signs in, which makes a new one."""
    request.session[KEYED_AT] = timezone.now().isoformat()


def renew_key_after_change(request: HttpRequest) -> None:
    """Give the session another key once after each change of the person's roles; the old key opens nothing.

    Whoever learned the key before the person could do more does not get to do more with it.
    """
    person = request.user
    if not isinstance(person, User) or person.roles_changed_at is None:
        return
    told = request.session.get(KEYED_AT)
    if told and datetime.fromisoformat(told) >= person.roles_changed_at:
        return
    before = request.session.session_key
    request.session.cycle_key()
    note_key(request)
    # The person's list of sessions goes on with the same line.
    UserSession.objects.filter(user=person, session_key=before).update(session_key=request.session.session_key)
