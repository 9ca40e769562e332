"""Sorting many residents' messages at once in the API, by the same rules as on the page."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from engagement.models import Submission
from engagement.operations.submission import SubmissionRefusedError
from engagement.operations.triage_many import sort_many
from engagement.queries.handler import handlers_in
from engagement.queries.submission import submissions_sorted_by
from engagement.queries.theme import themes_visible_to
from engagement.rules.triage_many import MOST_AT_ONCE, ManyAct


class ManyIn(serializers.Serializer[Any]):
    """Some messages and what to do with each; ``theme`` is for filing, ``to`` for giving, ``reason`` for no message."""

    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE)
    act = serializers.ChoiceField(choices=ManyAct.choices)
    reason = serializers.ChoiceField(choices=Submission.Moderation.choices, required=False)
    theme = serializers.UUIDField(required=False)
    to = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the act asks for is there."""
        needed = {ManyAct.SET_ASIDE: "reason", ManyAct.FILE: "theme", ManyAct.GIVE: "to"}.get(ManyAct(attrs["act"]))
        if needed and needed not in attrs:
            raise serializers.ValidationError({needed: [_("This field is required.")]})
        return attrs


class ManyOut(serializers.Serializer[Any]):
    """With how many it was done, and how many stayed as they were."""

    changed = serializers.IntegerField()
    left_out = serializers.IntegerField()


class SubmissionsMany(SpaceAPIView):
    """One act on many messages: read, join, file, give, set aside, open again."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = ManyIn

    @extend_schema(request=ManyIn, responses=ManyOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """How many it was done with; messages out of the caller's sight are no part of it, 409 when none is left."""
        wanted = ManyIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        rows = list(submissions_sorted_by(self.viewer).filter(pk__in=given["ids"]))
        theme = get_object_or_404(themes_visible_to(self.viewer), pk=given["theme"]) if "theme" in given else None
        people = handlers_in(rows[0].partnership) if rows else User.objects.none()
        to = get_object_or_404(people, pk=given["to"]) if given.get("to") else None
        reason = given.get("reason", "")
        try:
            done = sort_many(submissions=rows, act=given["act"], by=self.person, reason=reason, theme=theme, to=to)
        except SubmissionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ManyOut(done).data)
