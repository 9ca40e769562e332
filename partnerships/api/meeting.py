"""Meetings, agendas, answers and minutes in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from partnerships.models import AgendaItem, Attendance, Meeting, MeetingKind, Minutes, MinutesApproval, Partnership
from partnerships.operations.agenda import add_item
from partnerships.operations.attendance import answer_invitation
from partnerships.operations.meeting import MeetingRefusedError, plan_meeting
from partnerships.operations.minutes import answer_minutes
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import meetings_visible_to, own_attendances
from partnerships.queries.minutes import newest_minutes, standing_of_minutes
from partnerships.queries.partnership import partnerships_visible_to


class MeetingOut(serializers.ModelSerializer[Meeting]):
    """A meeting as the API shows it."""

    class Meta:
        model = Meeting
        fields = [
            "id", "number", "kind", "title", "purpose", "starts_at", "ends_at", "place", "online_link",
            "accessibility", "state", "cancelled_reason", "sequence", "agenda_sent_at",
        ]  # fmt: skip
        read_only_fields = fields


class MeetingIn(serializers.Serializer[Any]):
    """A meeting to plan; nobody is told yet."""

    title = CleanTextField(max_length=120)
    purpose = CleanTextField(max_length=200)
    kind = serializers.ChoiceField(choices=MeetingKind.choices, required=False, default=MeetingKind.STEERING)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    place = CleanTextField(max_length=200, required=False, allow_blank=True, default="")
    online_link = serializers.URLField(max_length=300, required=False, allow_blank=True, default="")
    accessibility = CleanTextField(max_length=500, required=False, allow_blank=True, default="")


class AgendaItemOut(serializers.ModelSerializer[AgendaItem]):
    """A subject of a meeting."""

    class Meta:
        model = AgendaItem
        fields = [
            "id", "position", "title", "kind", "minutes_planned", "owner_member_id", "proposed_by_id",
            "desired_outcome", "paper_link", "summary", "state",
        ]  # fmt: skip
        read_only_fields = fields


class AgendaItemIn(serializers.Serializer[Any]):
    """A subject to put at the end of an agenda."""

    title = CleanTextField(max_length=200)
    kind = serializers.ChoiceField(choices=AgendaItem.Kind.choices, required=False, default=AgendaItem.Kind.DISCUSS)
    minutes_planned = serializers.IntegerField(min_value=0, max_value=600, required=False, default=10)
    desired_outcome = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    paper_link = serializers.URLField(max_length=300, required=False, allow_blank=True, default="")


class AgendaOut(serializers.Serializer[Any]):
    """An agenda in order."""

    items = AgendaItemOut(many=True)


class InvitationAnswerIn(serializers.Serializer[Any]):
    """Whether the caller comes."""

    answer = serializers.ChoiceField(
        choices=[(one.value, one.label) for one in Attendance.Answer if one != Attendance.Answer.INVITED]
    )
    access_needs = CleanTextField(max_length=300, required=False, allow_blank=True, default="")


class InvitationAnswerOut(serializers.ModelSerializer[Attendance]):
    """The caller's own place at a meeting."""

    class Meta:
        model = Attendance
        fields = ["id", "answer", "answered_at", "presence", "access_needs"]
        read_only_fields = fields


class MinutesOut(serializers.ModelSerializer[Minutes]):
    """The text that went round last, and how far its approval is."""

    approved = serializers.IntegerField(read_only=True)
    comments = serializers.IntegerField(read_only=True)
    silent = serializers.IntegerField(read_only=True)

    class Meta:
        model = Minutes
        fields = [
            "id", "number", "text", "language", "text_sha256", "circulated_at", "approve_by", "frozen_at",
            "with_silence", "approved", "comments", "silent",
        ]  # fmt: skip
        read_only_fields = fields


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


class MeetingView(SpaceAPIView):
    """Meetings of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = MeetingOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return get_object_or_404(partnerships_visible_to(self.viewer), slug=self.kwargs["slug"])

    def editable(self) -> Partnership:
        """The partnership, in which the caller may edit; 403 otherwise."""
        found = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found

    def meeting(self) -> Meeting:
        """The meeting in the address; 404 out of sight."""
        rows = meetings_visible_to(self.viewer).filter(partnership=self.partnership())
        found: Meeting = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def own(self, meeting: Meeting) -> Attendance:
        """The caller's own place at a meeting; 404 for who was not invited."""
        found = own_attendances(self.person, meeting).values_list("pk", flat=True).first()
        row: Attendance = get_object_or_404(own_attendances(self.person, meeting), pk=found)
        return row


class MeetingList(MeetingView):
    """The meetings of a partnership."""

    @extend_schema(responses=MeetingOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        rows = meetings_visible_to(self.viewer).filter(partnership=self.partnership())
        return self.get_paginated_response(MeetingOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=MeetingIn, responses={201: MeetingOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Plan one; 400 when it would end before it begins."""
        partnership = self.editable()
        wanted = MeetingIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        meeting = plan_meeting(partnership=partnership, by=self.person, **wanted.validated_data)
        return Response(MeetingOut(meeting).data, status=status.HTTP_201_CREATED)


class MeetingDetail(MeetingView):
    """One meeting."""

    writing = None

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The meeting."""
        return Response(MeetingOut(self.meeting()).data)


class AgendaList(MeetingView):
    """What a meeting talks about."""

    serializer_class = AgendaOut

    @extend_schema(responses=AgendaOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The subjects in order."""
        return Response(AgendaOut({"items": items_of(self.meeting())}).data)

    @extend_schema(request=AgendaItemIn, responses={201: AgendaItemOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put a subject at the end; 409 once the minutes went round."""
        self.editable()
        meeting = self.meeting()
        wanted = AgendaItemIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            item = add_item(meeting=meeting, by=self.person, **wanted.validated_data)
        except MeetingRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(AgendaItemOut(item).data, status=status.HTTP_201_CREATED)


class MeetingAnswer(MeetingView):
    """Saying whether one comes."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = InvitationAnswerIn

    @extend_schema(request=InvitationAnswerIn, responses=InvitationAnswerOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say it for oneself; 404 for who was not invited, 409 once the meeting is over."""
        meeting = self.meeting()
        mine = self.own(meeting)
        wanted = InvitationAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            answered = answer_invitation(attendance=mine, by=self.person, **wanted.validated_data)
        except MeetingRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(InvitationAnswerOut(answered).data)


class MinutesDetail(MeetingView):
    """The minutes of a meeting."""

    writing = None
    serializer_class = MinutesOut

    @extend_schema(responses=MinutesOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The text that went round last; 404 before."""
        minutes = self.minutes(self.meeting())
        standing = standing_of_minutes(minutes)
        for name in ("approved", "comments", "silent"):
            setattr(minutes, name, getattr(standing, name))
        return Response(MinutesOut(minutes).data)

    @staticmethod
    def minutes(meeting: Meeting) -> Minutes:
        """The newest text; 404 without one."""
        found = newest_minutes(meeting)
        row: Minutes = get_object_or_404(Minutes.objects.select_related("meeting"), pk=found.pk if found else None)
        return row


class MinutesAnswer(MeetingView):
    """Approving minutes, or asking for a change."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = MinutesAnswerIn

    @extend_schema(request=MinutesAnswerIn, responses=MinutesAnswerOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say it for oneself; 404 for who was not invited, 409 for another text, once frozen, or who was not there."""
        meeting = self.meeting()
        mine, minutes = self.own(meeting), MinutesDetail.minutes(meeting)
        wanted = MinutesAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        try:
            approval = answer_minutes(
                minutes=minutes, attendance=mine, by=self.person, comment=said["comment"], hash_seen=said["text_sha256"]
            )
        except MeetingRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MinutesAnswerOut(approval).data)
