"""Thank-yous in the API."""

from typing import Any, ClassVar

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
from core.web.lookup import or_404
from partnerships.models import Partnership, Recognition
from partnerships.operations.recognition import (
    RecognitionRefusedError,
    Thanks,
    dismiss_thanks,
    give_thanks,
    publish_thanks,
    suggest_thanks,
)
from partnerships.queries.partnership import partnership_at
from partnerships.queries.recognition import name_of_thanked, recognitions_visible_to


class RecognitionOut(serializers.ModelSerializer[Recognition]):
    """A thank-you."""

    to = serializers.SerializerMethodField()

    class Meta:
        model = Recognition
        fields = [
            "id",
            "member_id",
            "person_id",
            "to",
            "reason",
            "text",
            "state",
            "consent",
            "given_on",
            "published_on",
        ]
        read_only_fields = fields

    def get_to(self, recognition: Recognition) -> str:
        """Who is thanked."""
        return name_of_thanked(recognition)


class RecognitionIn(serializers.Serializer[Any]):
    """A thank-you to suggest, to one member or one person."""

    member_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    person_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    reason = CleanTextField(max_length=300)
    text = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True, default="")


class RecognitionStepIn(serializers.Serializer[Any]):
    """What is done with a thank-you."""

    step = serializers.ChoiceField(choices=["give", "publish", "dismiss"])


class RecognitionView(SpaceAPIView):
    """Thank-yous of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.TAKE_PART
    serializer_class: Any = RecognitionOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))


class RecognitionList(RecognitionView):
    """Who was thanked for what."""

    limited = frozenset({"POST"})

    @extend_schema(responses=RecognitionOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, newest first."""
        rows = recognitions_visible_to(self.viewer).filter(partnership=self.partnership())
        return self.get_paginated_response(RecognitionOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=RecognitionIn, responses={201: RecognitionOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Suggest one; 409 for who cannot be thanked here, 429 above 40 a day."""
        partnership = self.partnership()
        self.require(Permission.TAKE_PART, partnership.scope_id)
        wanted = RecognitionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = wanted.validated_data
        to = f"m:{fields['member_id']}" if fields["member_id"] else f"p:{fields['person_id']}"
        thanks = Thanks(fields["reason"], fields["text"])
        try:
            recognition = suggest_thanks(partnership=partnership, to=to, thanks=thanks, by=self.person)
        except RecognitionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except TooOftenError as error:
            raise exceptions.Throttled(wait=error.wait.total_seconds()) from error
        return Response(RecognitionOut(recognition).data, status=status.HTTP_201_CREATED)


class RecognitionStep(RecognitionView):
    """Giving, publishing or putting aside a thank-you."""

    reading = None
    writing = Permission.EDIT_PARTNERSHIP

    @extend_schema(request=RecognitionStepIn, responses=RecognitionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Do it; 409 where it cannot be, among others publishing without consent."""
        partnership = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        rows = recognitions_visible_to(self.viewer).filter(partnership=partnership)
        recognition = get_object_or_404(rows, pk=self.kwargs["recognition_id"])
        wanted = RecognitionStepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        steps: dict[str, Any] = {"give": give_thanks, "publish": publish_thanks, "dismiss": dismiss_thanks}
        try:
            steps[wanted.validated_data["step"]](recognition=recognition, by=self.person)
        except RecognitionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        recognition.refresh_from_db()
        return Response(RecognitionOut(recognition).data)
