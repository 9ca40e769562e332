"""What stakeholders are good at, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from stakeholders.models import Stakeholder, Strength
from stakeholders.models.strength import MOST_HOURS
from stakeholders.operations.strength import change_strength, confirm_strength, note_strength, remove_strength
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.queries.strength import strengths_of, strengths_visible_to


class StrengthOut(serializers.ModelSerializer[Strength]):
    """A skill of a stakeholder; ``hours_month`` null when nobody asked."""

    class Meta:
        model = Strength
        fields = [
            "id", "skill", "level", "willing", "hours_month", "evidence", "available_from", "available_until",
            "confirmed_on",
        ]  # fmt: skip
        read_only_fields = fields


class StrengthIn(serializers.Serializer[Any]):
    """What is known of a skill."""

    skill = serializers.ChoiceField(choices=Strength.Skill.choices)
    level = serializers.ChoiceField(choices=Strength.Level.choices, required=False)
    willing = serializers.ChoiceField(choices=Strength.Willing.choices, required=False)
    hours_month = serializers.IntegerField(min_value=0, max_value=MOST_HOURS, required=False, allow_null=True)
    evidence = serializers.CharField(max_length=300, required=False, allow_blank=True)
    available_from = serializers.DateField(required=False, allow_null=True)
    available_until = serializers.DateField(required=False, allow_null=True)


class StrengthList(SpaceAPIView):
    """The strengths of one stakeholder."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StrengthOut

    @extend_schema(responses=StrengthOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, by skill."""
        found = self.paginate_queryset(strengths_of(self.viewer, self._stakeholder()))
        return self.get_paginated_response(StrengthOut(found, many=True).data)

    @extend_schema(request=StrengthIn, responses={201: StrengthOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; 400 for a person, for a skill known already and for days in the wrong order."""
        stakeholder = self._stakeholder()
        wanted = StrengthIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        strength = note_strength(owner=stakeholder, by=self.person, **wanted.validated_data)
        return Response(StrengthOut(strength).data, status=status.HTTP_201_CREATED)

    def _stakeholder(self) -> Stakeholder:
        return get_object_or_404(stakeholders_kept_by(self.viewer), pk=self.kwargs["stakeholder_id"])


class StrengthDetail(SpaceAPIView):
    """One strength."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StrengthOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """What is known of it."""
        return Response(StrengthOut(found_strength(self)).data)

    @extend_schema(request=StrengthIn, responses=StrengthOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change what is known of it."""
        found = found_strength(self)
        wanted = StrengthIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        return Response(StrengthOut(change_strength(strength=found, by=self.person, **wanted.validated_data)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out."""
        remove_strength(strength=found_strength(self), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class StrengthConfirm(SpaceAPIView):
    """The organisation itself says so."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StrengthOut

    @extend_schema(request=None, responses=StrengthOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Note it as confirmed today."""
        return Response(StrengthOut(confirm_strength(strength=found_strength(self), by=self.person)).data)


def found_strength(view: SpaceAPIView) -> Strength:
    """The strength of an address; the same 404 for one that is nowhere, elsewhere or out of sight."""
    rows = strengths_visible_to(view.viewer).filter(owner=view.kwargs["stakeholder_id"])
    strength: Strength = get_object_or_404(rows, pk=view.kwargs["strength_id"])
    return strength
