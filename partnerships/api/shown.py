"""Who may see a record, in the API."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.operations.shown import LevelRefusedError, show_to
from partnerships.queries.partnership import partnership_at
from partnerships.rules.visibility import LEVELS
from partnerships.shown import ShownRecord, shown_record


class ShownToOut(serializers.Serializer[Any]):
    """The level of a record; its partnership's own is the widest that counts."""

    title = serializers.CharField()
    visibility = serializers.IntegerField(source="record.visibility")
    most_visible = serializers.IntegerField(source="partnership.visibility")


class ShownToIn(serializers.Serializer[Any]):
    """Another level; ``is_meant`` confirms that more people shall see the record than now."""

    visibility = serializers.ChoiceField(choices=[(level.value, level.label) for level in LEVELS])
    is_meant = serializers.BooleanField(required=False, default=False)


class ShownTo(SpaceAPIView):
    """Who may see a task, an agreement, a promise, a result: ``subject_kind`` says which."""

    reading = Permission.EDIT_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ShownToOut

    def shown(self) -> ShownRecord:
        """The record; 404 out of sight, 403 where the caller may not edit."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        found = shown_record(self.viewer, self.kwargs["subject_kind"], self.kwargs["subject_id"])
        if found is None or found.partnership.pk != partnership.pk:
            raise Http404
        return found

    def get(self, request: Request, **kwargs: Any) -> Response:
        """Its level."""
        return Response(ShownToOut(self.shown()).data)

    @extend_schema(request=ShownToIn, responses=ShownToOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Choose its level; 409 for one the partnership, those asked or a missing confirmation do not allow."""
        shown = self.shown()
        wanted = ShownToIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            shown.record.visibility = show_to(shown=shown, by=self.person, **wanted.validated_data).visibility
        except LevelRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ShownToOut(shown).data)
