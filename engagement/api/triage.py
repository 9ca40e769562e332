"""Sorting residents' messages in the API, by the same rules as on the page."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from engagement.api.submission import SubmissionOut
from engagement.models import Submission
from engagement.operations.submission import (
    SubmissionRefusedError,
    close_submission,
    mark_submission_as_spam,
    read_submission,
    reopen_submission,
)
from engagement.operations.triage import (
    assign_submission,
    merge_submission,
    refer_urgent_submission,
    say_whom_it_is_about,
    split_submission,
)
from engagement.queries.handler import handlers_of
from engagement.queries.submission import (
    members_named,
    submission_of,
    submission_to_sort,
    submissions_to_join,
)


class ActIn(serializers.Serializer[Any]):
    """What to do with a message; which of the other fields are needed depends on it."""

    act = serializers.ChoiceField(
        choices=["read", "close", "reopen", "set_aside", "join", "take_out", "give", "refer", "about"]
    )
    reason = serializers.ChoiceField(choices=Submission.Moderation.choices, required=False)
    into = serializers.UUIDField(required=False)
    to = serializers.UUIDField(required=False, allow_null=True)
    to_whom = serializers.CharField(max_length=160, required=False)
    member = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the act asks for is there, and nothing else."""
        needed = {"set_aside": "reason", "join": "into", "give": "to", "refer": "to_whom", "about": "member"}
        name = needed.get(attrs["act"])
        if name and name not in attrs:
            raise serializers.ValidationError({name: [_("This field is required.")]})
        if others := set(attrs) - {"act", name}:
            raise serializers.ValidationError({other: [_("This does not belong to the act.")] for other in others})
        return attrs


class SubmissionActs(SpaceAPIView):
    """Acts on one message: read, close, open again, set aside, join, take out, give, refer, say whom it is about."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = ActIn

    @extend_schema(request=ActIn, responses=SubmissionOut)
    def post(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """The message as it stands then; 409 when its state does not allow it, 404 when it is out of sight now."""
        submission = get_object_or_404(submission_to_sort(self.viewer, submission_id))
        wanted = ActIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            self._do(submission, wanted.validated_data)
        except SubmissionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(SubmissionOut(get_object_or_404(submission_of(self.viewer, submission_id))).data)

    def _do(self, submission: Submission, given: dict[str, Any]) -> None:
        by: dict[str, Any] = {"submission": submission, "by": self.person}
        if plain := _PLAIN.get(given["act"]):
            plain(**by)
            return
        match given["act"]:
            case "set_aside":
                mark_submission_as_spam(reason=given["reason"], **by)
            case "refer":
                refer_urgent_submission(to=given["to_whom"], **by)
            case "join":
                others = submissions_to_join(self.viewer, submission)
                merge_submission(into=get_object_or_404(others, pk=given["into"]), **by)
            case "give":
                assign_submission(to=_chosen(handlers_of(submission), given["to"]), **by)
            case "about":
                say_whom_it_is_about(member=_chosen(members_named(submission.partnership), given["member"]), **by)


_PLAIN: dict[str, Callable[..., object]] = {
    "read": read_submission,
    "close": close_submission,
    "reopen": reopen_submission,
    "take_out": split_submission,
}


def _chosen(rows: QuerySet[Any], key: uuid.UUID | None) -> Any:
    return get_object_or_404(rows, pk=key) if key else None
