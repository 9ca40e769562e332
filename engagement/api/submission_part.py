"""What belongs to a resident's message, in the API: what was added with its code, and photos."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from core.web.downloads import picture_answer
from engagement.models import Submission, SubmissionAddition, SubmissionPhoto
from engagement.operations.submission_photo import review_photo
from engagement.queries.submission import additions_to, submission_of
from engagement.queries.submission_photo import photo_for, photos_of
from engagement.rules.photo import CONTENT_TYPE

Review = SubmissionPhoto.Review


class AdditionOut(serializers.ModelSerializer[SubmissionAddition]):
    """Words that were added; ``read_on`` is null until a person read them."""

    class Meta:
        model = SubmissionAddition
        fields = ["id", "text", "added_hour", "read_on"]
        read_only_fields = fields


class PhotoOut(serializers.ModelSerializer[SubmissionPhoto]):
    """A photo without its bytes; ``may_be_shown`` is the sender's leave."""

    class Meta:
        model = SubmissionPhoto
        fields = ["id", "may_be_shown", "review", "description"]
        read_only_fields = fields


class PhotoReviewIn(serializers.Serializer[Any]):
    """Who may see a photo, and what it shows for those who do not see it."""

    review = serializers.ChoiceField(choices=[str(Review.STAFF), str(Review.FIT)])
    description = CleanTextField(max_length=200, required=False, allow_blank=True)


class SubmissionPart(SpaceAPIView):
    """Parts of a message the caller may read."""

    reading = Permission.ANSWER_RESIDENTS
    pagination_class = None

    def submission(self) -> Submission:
        """The message in the address; 404 out of sight."""
        found: Submission = get_object_or_404(submission_of(self.viewer, self.kwargs["submission_id"]))
        return found


class SubmissionAdditions(SubmissionPart):
    """What the person added with the code."""

    serializer_class = AdditionOut

    @extend_schema(responses=AdditionOut(many=True))
    def get(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """All of it, oldest first."""
        return Response(AdditionOut(additions_to(self.submission()), many=True).data)


class SubmissionPhotos(SubmissionPart):
    """The photos of a message."""

    serializer_class = PhotoOut

    @extend_schema(responses=PhotoOut(many=True))
    def get(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """All of them."""
        return Response(PhotoOut(photos_of(self.submission()), many=True).data)


class SubmissionPhotoDetail(SpaceAPIView):
    """One photo."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = PhotoReviewIn

    @extend_schema(responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request, submission_id: uuid.UUID, photo_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """Its bytes, encoded anew without place and camera."""
        photo = get_object_or_404(photo_for(self.viewer, submission_id, photo_id))
        return picture_answer(photo.content, photo.content_type, cache="private, no-store")

    @extend_schema(request=PhotoReviewIn, responses=PhotoOut)
    def put(self, request: Request, submission_id: uuid.UUID, photo_id: uuid.UUID, **kwargs: Any) -> Response:
        """Say who may see it; 400 for everybody without the sender's leave, or without words for it."""
        photo = get_object_or_404(photo_for(self.viewer, submission_id, photo_id).defer("content"))
        wanted = PhotoReviewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            reviewed = review_photo(photo=photo, by=self.person, **wanted.validated_data)
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(PhotoOut(reviewed).data)
