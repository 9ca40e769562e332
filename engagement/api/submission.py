"""Residents' messages in the API. No address and no code ever stands in an answer."""

import uuid
from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from core.rules.text import clean_text
from engagement.forms.submission import REPLY_CHARACTERS
from engagement.models import Submission, SubmissionReply, WhyNot
from engagement.operations.submission import SubmissionRefusedError, reply_to_submission
from engagement.queries.submission import replies_to, submission_of, submissions_visible_to
from engagement.rules.settling import ANSWERED, SAYABLE, Settled


class SubmissionOut(serializers.ModelSerializer[Submission]):
    """A message as the API shows it."""

    partnership = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    themes = serializers.PrimaryKeyRelatedField[Any](many=True, read_only=True)

    outcome = serializers.ChoiceField(Submission.State.choices, allow_blank=True, read_only=True)
    why_not = serializers.ChoiceField(WhyNot.choices, allow_blank=True, read_only=True)
    moderation = serializers.ChoiceField(Submission.Moderation.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Submission
        fields = [
            "id",
            "partnership",
            "category",
            "text",
            "place",
            "language",
            "received_hour",
            "state",
            "is_urgent",
            "channel",
            "wants_reply",
            "has_guardian",
            "outcome",
            "why_not",
            "passed_to",
            "moderation",
            "about_member",
            "themes",
            "duplicate_of",
            "answered_on",
            "closed_on",
        ]
        read_only_fields = fields


class ReplyOut(serializers.ModelSerializer[SubmissionReply]):
    """An answer as the API shows it."""

    class Meta:
        model = SubmissionReply
        fields = ["id", "text", "at"]
        read_only_fields = fields


class ReplyIn(serializers.Serializer[Any]):
    """An answer to send."""

    text = serializers.CharField(max_length=REPLY_CHARACTERS)
    state = serializers.ChoiceField(choices=[str(state) for state in SAYABLE], default=str(ANSWERED.state))
    why_not = serializers.ChoiceField(choices=WhyNot.choices, allow_blank=True, default="")
    passed_to = serializers.CharField(max_length=160, allow_blank=True, default="")

    def validate_text(self, value: str) -> str:
        """As it is stored; refuses what cannot be."""
        try:
            return clean_text(value, max_length=REPLY_CHARACTERS, multiline=True)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class SubmissionList(SpaceAPIView):
    """The messages of the partnerships whose residents the caller answers."""

    reading = Permission.ANSWER_RESIDENTS
    serializer_class = SubmissionOut

    def get_queryset(self) -> QuerySet[Submission]:
        """Visible ones, newest first."""
        return submissions_visible_to(self.viewer).prefetch_related("themes")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(SubmissionOut(found, many=True).data)


class SubmissionDetail(SpaceAPIView):
    """One message."""

    reading = Permission.ANSWER_RESIDENTS
    serializer_class = SubmissionOut

    def get(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """The message."""
        return Response(SubmissionOut(get_object_or_404(submission_of(self.viewer, submission_id))).data)


class SubmissionReplies(SpaceAPIView):
    """The answers to a message."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = ReplyOut
    pagination_class = None

    @extend_schema(responses=ReplyOut(many=True))
    def get(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """All of them, oldest first."""
        submission = get_object_or_404(submission_of(self.viewer, submission_id))
        return Response(ReplyOut(replies_to(submission), many=True).data)

    @extend_schema(request=ReplyIn, responses={201: ReplyOut})
    def post(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """Answer; 409 when the message is closed or was taken back."""
        submission = get_object_or_404(submission_of(self.viewer, submission_id))
        wanted = ReplyIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            given = wanted.validated_data
            settled = Settled(given["state"], why_not=given["why_not"], passed_to=given["passed_to"])
            reply = reply_to_submission(
                submission=submission, text=given["text"], settled=settled, by=cast(User, request.user)
            )
        except SubmissionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ReplyOut(reply).data, status=status.HTTP_201_CREATED)
