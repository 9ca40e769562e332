"""Base of the API's views."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from rest_framework.generics import GenericAPIView

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.api.permissions import ByRole
from core.models import User
from core.web.access import Door


class SpaceAPIView(GenericAPIView[Any]):
    """A view inside a tenant. ``reading`` and ``writing`` name the permissions it asks; None refuses the verb.

    ``lookup_url_kwarg``-style ids that exist nowhere, elsewhere or out of sight answer with the same 404.
    """

    permission_classes = [ByRole]
    reading: ClassVar[Permission | None] = None
    writing: ClassVar[Permission | None] = None
    # The verbs that answer 429 when somebody uses them too often.
    limited: ClassVar[frozenset[str]] = frozenset()
    door = Door(api=True)

    @property
    def viewer(self) -> Viewer:
        """Who is asking."""
        return self.request._request.viewer  # type: ignore[no-any-return,attr-defined]  # SpaceRequest

    @property
    def person(self) -> User:
        """Who is asking, as a person: the door lets nobody else in."""
        return self.request.user  # type: ignore[return-value]  # ByRole refuses strangers

    def require(self, permission: Permission, scope_id: uuid.UUID | None) -> None:
        """Raise PermissionDenied unless the caller holds a permission in the record's own scope."""
        if not self.viewer.can(permission, scope_id):
            raise PermissionDenied

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view with its door, which AccessMiddleware reads."""
        view: Any = super().as_view(**initkwargs)
        view.door = cls.door
        return view
