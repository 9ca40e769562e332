"""Minutes in the API: their draft, sending them round, approving, commenting and correcting them."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.queries.tenant import tenant_at_work
from partnerships.api.meeting import MeetingView
from partnerships.models import Erratum, Meeting, Minutes, MinutesApproval
from partnerships.operations.minutes import answer_minutes, circulate_minutes, close_minutes, write_erratum
from partnerships.queries.minutes import approvals_of, errata_of, minutes_text, newest_minutes, standing_of_minutes

MOST_TEXT = 200_000


class MinutesDraftOut(serializers.Serializer[Any]):
    """The text as the notes make it now."""

    text = serializers.CharField()
    language = serializers.CharField()


class MinutesSaidOut(serializers.Serializer[Any]):
    """Somebody who was there, and what they said about a text; an empty answer is silence."""

    attendance_id = serializers.UUIDField(source="attendance.pk")
    name = serializers.CharField(source="attendance.person.name")
    answer = serializers.CharField(source="answer.answer", default="")
    comment = serializers.CharField(source="answer.comment", default="")


class ErratumOut(serializers.ModelSerializer[Erratum]):
    """A dated note that corrects approved minutes."""

    class Meta:
        model = Erratum
        fields = ["id", "text", "at"]
        read_only_fields = fields


class ErratumIn(serializers.Serializer[Any]):
    """What has to be corrected."""

    text = CleanTextField(max_length=2000, multiline=True)


class MinutesOut(serializers.ModelSerializer[Minutes]):
    """The text that went round last, how far its approval is, and its corrections."""

    approved = serializers.IntegerField(read_only=True)
    comments = serializers.IntegerField(read_only=True)
    silent = serializers.IntegerField(read_only=True)
    people = serializers.SerializerMethodField()
    corrections = serializers.SerializerMethodField()

    class Meta:
        model = Minutes
        fields = [
            "id", "number", "text", "language", "text_sha256", "circulated_at", "approve_by", "frozen_at",
            "with_silence", "approved", "comments", "silent", "people", "corrections",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(MinutesSaidOut(many=True))
    def get_people(self, minutes: Minutes) -> list[dict[str, Any]]:
        """Everybody who was there, with their answer."""
        return [dict(row) for row in MinutesSaidOut(approvals_of(minutes), many=True).data]

    @extend_schema_field(ErratumOut(many=True))
    def get_corrections(self, minutes: Minutes) -> list[dict[str, Any]]:
        """The notes below approved minutes, oldest first."""
        return [dict(row) for row in ErratumOut(errata_of(minutes), many=True).data]


class MinutesCirculateIn(serializers.Serializer[Any]):
    """The text to send round; empty takes it as the notes make it."""

    text = CleanTextField(max_length=MOST_TEXT, multiline=True, required=False, allow_blank=True, default="")


class MinutesAnswerIn(serializers.Serializer[Any]):
    """Approval of the text with this check sum, or a comment that asks for a change."""

    text_sha256 = serializers.CharField(max_length=64)
    comment = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True, default="")


class MinutesAnswerOut(serializers.ModelSerializer[MinutesApproval]):
    """What the caller said about the minutes."""

    class Meta:
        model = MinutesApproval
        fields = ["id", "answer", "comment", "at"]
        read_only_fields = fields


def minutes_of(meeting: Meeting) -> Minutes:
    """The newest text; 404 without one."""
    found = newest_minutes(meeting)
    row: Minutes = get_object_or_404(Minutes.objects.select_related("meeting"), pk=found.pk if found else None)
    return row


def told(minutes: Minutes) -> Any:
    """A text with its standing, as the API shows it."""
    standing = standing_of_minutes(minutes)
    for name in ("approved", "comments", "silent"):
        setattr(minutes, name, getattr(standing, name))
    return MinutesOut(minutes).data


class MinutesDetail(MeetingView):
    """The minutes of a meeting."""

    writing = None
    serializer_class = MinutesOut

    @extend_schema(responses=MinutesOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The text that went round last; 404 before."""
        return Response(told(minutes_of(self.meeting())))


class MinutesDraft(MeetingView):
    """The minutes before they go round."""

    writing = None
    serializer_class = MinutesDraftOut

    @extend_schema(responses=MinutesDraftOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Their text, made from the notes; for who writes the minutes."""
        meeting, language = self.meeting_to_note(), tenant_at_work().default_language
        text = minutes_text(meeting, language=language)
        return Response(MinutesDraftOut({"text": text, "language": language}).data)


class MinutesCirculate(MeetingView):
    """Sending minutes round."""

    reading = None
    # As wide as the door of the page: who takes the minutes sends them.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = MinutesOut

    @extend_schema(request=MinutesCirculateIn, responses={201: MinutesOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Send them to everybody who was there; 409 before the meeting ended and while nobody asks for a change."""
        meeting, wanted = self.meeting_to_note(), self.asked(MinutesCirculateIn)
        minutes = self.done(lambda: circulate_minutes(meeting=meeting, by=self.person, **wanted))
        return Response(told(minutes), status=status.HTTP_201_CREATED)


class MinutesAnswer(MeetingView):
    """Approving minutes, or asking for a change."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = MinutesAnswerIn

    @extend_schema(request=MinutesAnswerIn, responses=MinutesAnswerOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say it for oneself; 404 for who was not invited, 409 for another text, once frozen, or who was not there."""
        meeting = self.meeting()
        mine, minutes = self.own(meeting), minutes_of(meeting)
        said = self.asked(MinutesAnswerIn)
        approval = self.done(
            lambda: answer_minutes(
                minutes=minutes, attendance=mine, by=self.person, comment=said["comment"], hash_seen=said["text_sha256"]
            )
        )
        return Response(MinutesAnswerOut(approval).data)


class MinutesClose(MeetingView):
    """Closing minutes for which no clock runs."""

    reading = None
    # As wide as the door of the page: who takes the minutes closes them.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = MinutesOut

    @extend_schema(request=None, responses=MinutesOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Freeze them, silence shown as such; 409 where they have a last day, or somebody asks for a change."""
        minutes = minutes_of(self.meeting_to_note())
        return Response(told(self.done(lambda: close_minutes(minutes=minutes, by=self.person))))


class MinutesCorrections(MeetingView):
    """Corrections of approved minutes."""

    reading = None
    # As wide as the door of the page: who takes the minutes corrects them.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = ErratumOut

    @extend_schema(request=ErratumIn, responses={201: ErratumOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add a dated note below them, their text stays; 409 while they can still be changed."""
        minutes, wanted = minutes_of(self.meeting_to_note()), self.asked(ErratumIn)
        erratum = self.done(lambda: write_erratum(minutes=minutes, by=self.person, **wanted))
        return Response(ErratumOut(erratum).data, status=status.HTTP_201_CREATED)
