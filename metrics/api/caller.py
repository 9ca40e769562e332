"""Who calls the API, as a person."""

from rest_framework.exceptions import NotAuthenticated

from core.api.views import SpaceAPIView
from core.models import User


def caller(view: SpaceAPIView) -> User:
    """The person behind a call; raises NotAuthenticated when there is none."""
    if view.viewer.user is None:
        raise NotAuthenticated
    return view.viewer.user
