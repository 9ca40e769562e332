"""Messages told by telephone, on paper or at a meeting, in the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.rules.text import clean_text
from core.web.lookup import or_404
from engagement.models import Submission
from engagement.operations.feedback import FeedbackRefusedError
from engagement.operations.told_message import enter_told_message
from engagement.queries.submission import members_named
from engagement.rules.submission import TEXT_CHARACTERS, TOLD_BY
from partnerships.queries.partnership import partnership_at


class ToldIn(serializers.Serializer[Any]):
    """What was told; ``was_told`` says that the person knows how their words are used and agrees."""

    channel = serializers.ChoiceField(choices=[str(one) for one in TOLD_BY])
    category = serializers.ChoiceField(choices=Submission.Category.choices)
    text = serializers.CharField(max_length=TEXT_CHARACTERS)
    told_on = serializers.DateField()
    language = serializers.CharField(max_length=8, help_text="en, it or a further language of the space.")
    place = serializers.CharField(max_length=120, default="", allow_blank=True)
    contact_email = serializers.EmailField(required=False, allow_blank=True)
    wants_reply = serializers.BooleanField(default=True)
    about_member = serializers.UUIDField(required=False, allow_null=True)
    was_told = serializers.BooleanField(help_text="Nothing is kept without it.")

    def validate_text(self, value: str) -> str:
        """As it is stored; refuses what cannot be."""
        try:
            return clean_text(value, max_length=TEXT_CHARACTERS, multiline=True)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nothing is kept of a person who was not told."""
        if not attrs["was_told"]:
            words = _("Read them the notice first, and ask whether they agree")
            raise serializers.ValidationError({"was_told": [words]})
        return attrs


class ToldOut(serializers.Serializer[Any]):
    """The code for whoever told it, shown here once."""

    code = serializers.CharField()
    is_urgent = serializers.BooleanField()


class ToldMessages(SpaceAPIView):
    """Entering what was told to a partnership."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = ToldIn

    @extend_schema(request=ToldIn, responses={201: ToldOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """The code; 409 when the partnership has ended."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.ANSWER_RESIDENTS, partnership.scope_id)
        wanted = ToldIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = {name: value for name, value in wanted.validated_data.items() if name != "was_told"}
        if key := given.pop("about_member", None):
            given["about_member"] = get_object_or_404(members_named(partnership), pk=key)
        try:
            sent = enter_told_message(partnership=partnership, by=self.person, **given)
        except FeedbackRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(ToldOut(sent).data, status=status.HTTP_201_CREATED)
