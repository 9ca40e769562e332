"""Sessions in the database (they outlive every cache), read by a statement written once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.queries.prepared import PreparedRow

_session = PreparedRow(Session, "session_key = %s AND expire_date > %s")


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is read."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _session(self.session_key, timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
            return None
        return found[0]
