"""Threads in the API."""

import uuid
from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.operations.rate import TooOftenError
from partnerships.models import Comment
from partnerships.operations.thread import CommentRefusedError, withdraw_comment, write_comment
from partnerships.queries.thread import comments_on
from partnerships.threads import ThreadSubject, thread_subject


class CommentOut(serializers.ModelSerializer[Comment]):
    """A comment; its text is empty when it was taken back."""

    author = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ["id", "author", "text", "at", "withdrawn_at", "mentioned_person_id"]
        read_only_fields = fields

    def get_author(self, comment: Comment) -> str:
        """Who wrote it; empty for somebody who left."""
        return str(comment.author_user or comment.author_person or "")


class CommentIn(serializers.Serializer[Any]):
    """Something to say; ``ask_person_id`` is one person of the partnership who is asked by mail."""

    text = CleanTextField(max_length=2000, multiline=True)
    ask_person_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class ThreadView(SpaceAPIView):
    """What is talked about, as the address names it."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.TAKE_PART
    serializer_class: Any = CommentOut

    def subject(self) -> ThreadSubject:
        """The thing; 404 out of sight."""
        subject_id: uuid.UUID = self.kwargs["subject_id"]
        found = thread_subject(self.viewer, self.kwargs["subject_kind"], subject_id)
        if found is None or found.partnership.slug != self.kwargs["slug"]:
            raise Http404
        return found


class CommentList(ThreadView):
    """The comments on a thing."""

    limited = frozenset({"POST"})

    @extend_schema(responses=CommentOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, oldest first."""
        found = self.paginate_queryset(comments_on(self.subject()))
        return self.get_paginated_response(CommentOut(found, many=True).data)

    @extend_schema(request=CommentIn, responses={201: CommentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say something; 409 when the one asked cannot be asked, 429 when it is too much."""
        subject = self.subject()
        self.require(Permission.TAKE_PART, subject.partnership.scope_id)
        wanted = CommentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        person_id = wanted.validated_data["ask_person_id"]
        try:
            comment = write_comment(
                subject=subject,
                text=wanted.validated_data["text"],
                by=self.person,
                ask=f"p:{person_id}" if person_id else "",
            )
        except CommentRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except TooOftenError as error:
            raise exceptions.Throttled(wait=error.wait.total_seconds()) from error
        return Response(CommentOut(comment).data, status=status.HTTP_201_CREATED)


class CommentDetail(ThreadView):
    """One comment."""

    reading = None

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take one's own words back; 409 for somebody else's."""
        comment = get_object_or_404(comments_on(self.subject()), pk=self.kwargs["comment_id"])
        try:
            withdraw_comment(comment=comment, by=self.person)
        except CommentRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)
