"""Sessions in the database (they outlive every cache), read together with the tenant where there is one."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.queries.prepared import PreparedRow

_session = PreparedRow(Session, "session_key = %s AND expire_date > %s")


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is read."""

    _stored: tuple[str | None, str | None] | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's table."""
        return Session

    def take(self, stored: str | None) -> None:
        """Have what is stored under this key; None when there is nothing, or its time is over."""
        self._stored = (self.session_key, stored)

    def _get_session_from_db(self) -> Session | None:
        found = self._read()
        if found is None:
            self._session_key = None
        return found

    def _read(self) -> Session | None:
        key = self.session_key
        if not key:
            return None
        if self._stored is not None and self._stored[0] == key:
            stored, self._stored = self._stored[1], None
            return Session(session_key=key, session_data=stored) if stored is not None else None
        found = _session(key, timezone.now())
        return found[0] if found else None
