"""What a form was sent with."""

from django.http import QueryDict

from core.web.access import SpaceRequest


def sent(request: SpaceRequest) -> QueryDict | None:
    """What a form was sent with; None, not an empty form, when it was only asked for."""
    return request.POST if request.method == "POST" else None
