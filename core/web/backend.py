"""Who a session belongs to."""

import uuid
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from core.models import User
from core.queries.frame import person_asking
from core.tenancy.context import entered_tenant_id


class SignInBackend(AuthenticationBackend):
    """allauth's, which loads a person inside a tenant together with their roles there."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, when they may still sign in."""
        if entered_tenant_id() is None:
            found: User | None = super().get_user(user_id)
            return found
        user = person_asking(uuid.UUID(str(user_id)))
        return user if user is not None and self.user_can_authenticate(user) else None
