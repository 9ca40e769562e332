"""Who the caller is."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.roles import Role
from core.api.permissions import ByMembership
from core.api.views import SpaceAPIView


class MeSerializer(serializers.Serializer[Any]):
    """The caller in this space."""

    email = serializers.EmailField()
    name = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    space = serializers.SlugField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=[role.value for role in Role]))
    permissions = serializers.ListField(
        child=serializers.ChoiceField(choices=[permission.value for permission in Permission]),
        help_text="What the caller may do somewhere in the space; a token's own limits are taken into account.",
    )


class Me(SpaceAPIView):
    """Open to everybody with a place in the space."""

    permission_classes = [ByMembership]
    serializer_class = MeSerializer
    pagination_class = None

    @extend_schema(operation_id="me", summary="Who am I, and what may I do here")
    def get(self, request: Request) -> Response:
        """The caller's name, roles and permissions."""
        held = {role.role for role in self.viewer.roles}
        may = [permission for permission in Permission if self.viewer.can(permission)]
        user: Any = request.user
        return Response(
            {
                "email": user.email,
                "name": user.name,
                "language": user.language,
                "space": request._request.tenant.slug,  # type: ignore[attr-defined]  # SpaceRequest
                "roles": sorted(held),
                "permissions": may,
            }
        )
