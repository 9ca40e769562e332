"""Talks with stakeholders in the API."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.models import Interaction, Stakeholder
from stakeholders.operations.interaction import (
    NotYourWordsError,
    change_interaction,
    delete_interaction,
    log_interaction,
)
from stakeholders.queries.interaction import interactions_of, interactions_visible_to
from stakeholders.queries.stakeholder import stakeholders_kept_by


class InteractionOut(serializers.ModelSerializer[Interaction]):
    """A talk as the API shows it."""

    class Meta:
        model = Interaction
        fields = [
            "id",
            "stakeholder_id",
            "person_id",
            "kind",
            "held_on",
            "summary",
            "next_step",
            "next_step_on",
            "by_id",
        ]
        read_only_fields = fields


class InteractionIn(serializers.Serializer[Any]):
    """A talk to write down."""

    kind = serializers.ChoiceField(choices=Interaction.Kind.choices, required=False)
    held_on = serializers.DateField()
    person_id = serializers.UUIDField(required=False, allow_null=True)
    summary = CleanTextField(max_length=2000, multiline=True)
    next_step = optional_text(200)
    next_step_on = serializers.DateField(required=False, allow_null=True)


class InteractionList(SpaceAPIView):
    """Talks with one stakeholder."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = InteractionOut

    @extend_schema(responses=InteractionOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the latest first."""
        found = self.paginate_queryset(interactions_of(self.viewer, self._stakeholder()))
        return self.get_paginated_response(InteractionOut(found, many=True).data)

    @extend_schema(request=InteractionIn, responses={201: InteractionOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; 400 for a day to come and for a person of another organisation."""
        stakeholder = self._stakeholder()
        wanted = InteractionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        talk = log_interaction(stakeholder=stakeholder, by=self.person, **wanted.validated_data)
        return Response(InteractionOut(talk).data, status=status.HTTP_201_CREATED)

    def _stakeholder(self) -> Stakeholder:
        return get_object_or_404(stakeholders_kept_by(self.viewer), pk=self.kwargs["stakeholder_id"])


class InteractionDetail(SpaceAPIView):
    """One talk."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = InteractionOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The talk."""
        return Response(InteractionOut(self._found()).data)

    @extend_schema(request=InteractionIn, responses=InteractionOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Put right what one wrote; 409 for somebody else's words."""
        found = self._found()
        wanted = InteractionIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        try:
            changed = change_interaction(interaction=found, by=self.person, **wanted.validated_data)
        except NotYourWordsError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(InteractionOut(changed).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take back what one wrote; 409 for somebody else's words."""
        try:
            delete_interaction(interaction=self._found(), by=self.person)
        except NotYourWordsError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self) -> Interaction:
        ids: tuple[uuid.UUID, uuid.UUID] = (self.kwargs["stakeholder_id"], self.kwargs["interaction_id"])
        return get_object_or_404(interactions_visible_to(self.viewer), stakeholder=ids[0], pk=ids[1])
