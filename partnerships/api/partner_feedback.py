"""What partners say of working together, in the API."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.models import PartnerFeedback, Partnership
from partnerships.operations.partner_feedback import (
    FeedbackRefusedError,
    answer_partner_feedback,
    give_partner_feedback,
)
from partnerships.queries.partner_feedback import FeedbackRow, feedback_for, feedback_row
from partnerships.queries.partnership import partnership_at


class FeedbackOut(serializers.ModelSerializer[PartnerFeedback]):
    """Feedback as the caller may read it."""

    organisation = serializers.SerializerMethodField()

    class Meta:
        model = PartnerFeedback
        fields = [
            "id", "about", "wish", "text", "organisation", "is_anonymous", "may_be_shown", "given_at", "answer_by",
            "answer", "answered_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_organisation(self, feedback: PartnerFeedback) -> str:
        """Who said it; empty where the caller does not learn it."""
        row: FeedbackRow = self.context["row"](feedback)
        return row.who


class FeedbackIn(serializers.Serializer[Any]):
    """What the caller's organisation says."""

    about = serializers.ChoiceField(choices=PartnerFeedback.About.choices)
    wish = serializers.ChoiceField(choices=PartnerFeedback.Wish.choices)
    text = CleanTextField(max_length=2000, multiline=True)
    is_anonymous = serializers.BooleanField(default=False)
    may_be_shown = serializers.BooleanField(default=False)


class FeedbackAnswerIn(serializers.Serializer[Any]):
    """The answer of coordination."""

    text = CleanTextField(max_length=2000, multiline=True)


class FeedbackView(SpaceAPIView):
    """What both addresses share."""

    serializer_class = FeedbackOut

    def partnership(self) -> Partnership:
        """The partnership of the address, in which the caller takes part; Http404 out of sight."""
        found = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.TAKE_PART, found.scope_id)
        return found

    def readable(self) -> QuerySet[PartnerFeedback]:
        """What the caller may read."""
        return feedback_for(self.viewer, self.person, self.partnership())

    def told(self, found: Any, *, many: bool = False) -> Any:
        """As the caller may see it."""
        today = timezone.localdate()
        context = {"row": lambda one: feedback_row(one, self.viewer, self.person, today=today)}
        return FeedbackOut(found, many=many, context=context).data


class FeedbackList(FeedbackView):
    """What partners said in a partnership."""

    reading = Permission.TAKE_PART
    writing = Permission.TAKE_PART

    @extend_schema(responses=FeedbackOut(many=True))
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A page of what the caller may read."""
        return self.get_paginated_response(self.told(self.paginate_queryset(self.readable()), many=True))

    @extend_schema(request=FeedbackIn, responses={201: FeedbackOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Say something for one's own organisation; 409 for whoever speaks for none, and beyond ten a day."""
        partnership = self.partnership()
        wanted = FeedbackIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            given = give_partner_feedback(partnership=partnership, by=self.person, **wanted.validated_data)
        except FeedbackRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except ValidationError as error:
            raise serializers.ValidationError(error.message_dict) from error
        return Response(self.told(given), status=status.HTTP_201_CREATED)


class FeedbackAnswer(FeedbackView):
    """Answering."""

    writing = Permission.EDIT_PARTNERSHIP

    @extend_schema(request=FeedbackAnswerIn, responses=FeedbackOut)
    def post(self, request: Request, slug: str, partner_feedback_id: uuid.UUID, **kwargs: Any) -> Response:
        """Answer once; 409 for a second answer."""
        self.require(Permission.EDIT_PARTNERSHIP, self.partnership().scope_id)
        feedback = get_object_or_404(self.readable(), pk=partner_feedback_id)
        wanted = FeedbackAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            answered = answer_partner_feedback(feedback=feedback, by=self.person, **wanted.validated_data)
        except FeedbackRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(self.told(answered))
