"""Asking for a record out of sight, and answering, in the API."""

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
from stakeholders.models import RegisterRequest
from stakeholders.operations.register_request import RequestRefusedError, answer_register_request, ask_for_record
from stakeholders.queries.register_request import requests_visible_to


class RegisterRequestOut(serializers.ModelSerializer[RegisterRequest]):
    """A request. ``stakeholder_id`` is null until the record is shared."""

    class Meta:
        model = RegisterRequest
        fields = [
            "id", "scope_id", "scheme", "value", "name", "reason", "asked_at", "state", "stakeholder_id", "answer",
            "answered_at",
        ]  # fmt: skip
        read_only_fields = fields


class RegisterRequestIn(serializers.Serializer[Any]):
    """Which record is asked for: by its tax code, or with ``scheme`` by a number of another register."""

    scope_id = serializers.UUIDField(help_text="Of the partnership that needs the record.")
    scheme = optional_text(30)
    value = CleanTextField(max_length=80)
    name = CleanTextField(max_length=200)
    reason = optional_text(300, multiline=True)


class RegisterAnswerIn(serializers.Serializer[Any]):
    """Whether the record is shared."""

    is_granted = serializers.BooleanField()
    answer = optional_text(300, multiline=True)


class RegisterRequestList(SpaceAPIView):
    """What partnerships ask of the whole register."""

    reading = Permission.EDIT_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = RegisterRequestOut

    @extend_schema(responses=RegisterRequestOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them: in the space all, else those of one's own partnerships."""
        found = self.paginate_queryset(requests_visible_to(self.viewer))
        return self.get_paginated_response(RegisterRequestOut(found, many=True).data)

    @extend_schema(request=RegisterRequestIn, responses={201: RegisterRequestOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask; 400 for another's partnership and for a number that needs no asking."""
        wanted = RegisterRequestIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = ask_for_record(by=self.person, **wanted.validated_data)
        return Response(RegisterRequestOut(asked).data, status=status.HTTP_201_CREATED)


class RegisterRequestAnswer(SpaceAPIView):
    """The answer of whoever coordinates the space."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = RegisterRequestOut

    @extend_schema(request=RegisterAnswerIn, responses=RegisterRequestOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Share the record or not; 409 for the same answer twice and from a role in some partnerships only."""
        found = get_object_or_404(requests_visible_to(self.viewer), pk=self.kwargs["register_request_id"])
        wanted = RegisterAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            answered = answer_register_request(asked=found, by=self.person, **wanted.validated_data)
        except RequestRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(RegisterRequestOut(answered).data)
