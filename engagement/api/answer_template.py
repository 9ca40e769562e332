"""Sentences a space answers residents with often, in the API."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from engagement.models import AnswerTemplate
from engagement.operations.answer_template import remove_answer_template, save_answer_template
from engagement.queries.answer_template import templates_of_space


class AnswerTemplateShape(serializers.ModelSerializer[AnswerTemplate]):
    """A name for those who answer, and the words in one language or both."""

    name = CleanTextField(max_length=80)
    text_en = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    text_it = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)

    class Meta:
        model = AnswerTemplate
        fields = ["id", "name", "text_en", "text_it"]
        read_only_fields = ["id"]


class AnswerTemplateView(SpaceAPIView):
    """Sentences, for whoever answers residents."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = AnswerTemplateShape

    def saved(self, template: AnswerTemplate | None, *, partial: bool) -> AnswerTemplate:
        """A sentence as the caller words it; 400 without words and for a name in use."""
        wanted = AnswerTemplateShape(data=self.request.data, partial=partial)
        wanted.is_valid(raise_exception=True)
        try:
            return save_answer_template(template=template, by=self.person, **wanted.validated_data)
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error


class AnswerTemplateList(AnswerTemplateView):
    """All sentences."""

    @extend_schema(responses=AnswerTemplateShape(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, by name."""
        found = self.paginate_queryset(templates_of_space())
        return self.get_paginated_response(AnswerTemplateShape(found, many=True).data)

    @extend_schema(request=AnswerTemplateShape, responses={201: AnswerTemplateShape})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one."""
        made = self.saved(None, partial=False)
        return Response(AnswerTemplateShape(made).data, status=status.HTTP_201_CREATED)


class AnswerTemplateDetail(AnswerTemplateView):
    """One sentence."""

    def get(self, request: Request, template_id: uuid.UUID, **kwargs: Any) -> Response:
        """The sentence."""
        return Response(AnswerTemplateShape(self._template(template_id)).data)

    @extend_schema(request=AnswerTemplateShape, responses=AnswerTemplateShape)
    def patch(self, request: Request, template_id: uuid.UUID, **kwargs: Any) -> Response:
        """Word it anew."""
        return Response(AnswerTemplateShape(self.saved(self._template(template_id), partial=True)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, template_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it off the list; what was answered with it stays."""
        remove_answer_template(template=self._template(template_id), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _template(self, key: uuid.UUID) -> AnswerTemplate:
        found: AnswerTemplate = get_object_or_404(templates_of_space(), pk=key)
        return found
