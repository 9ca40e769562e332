"""Who is asked to a meeting, who was there, interests declared and what was heard, in the API."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from partnerships.api.meeting import MeetingOut, MeetingView
from partnerships.models import Attendance, ConflictOfInterest, HeardBack, Meeting, Representative
from partnerships.operations.attendance import (
    answer_invitation,
    confirm_heard,
    declare_interest,
    invite_people,
    note_presence,
    uninvite,
    write_heard,
)
from partnerships.queries.meeting import attendances_of, guests_to_invite, heard_in, people_to_invite
from partnerships.queries.member import active_members
from stakeholders.models import Stakeholder

MOST_PEOPLE = 200
PRESENCES = [choice for choice in Attendance.Presence.choices if choice[0]]


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


class AttendanceOut(serializers.ModelSerializer[Attendance]):
    """Somebody asked to a meeting; without a member a guest. What they need is told to coordination alone."""

    name = serializers.CharField(source="person.name", read_only=True)
    organisation = serializers.CharField(
        source="member.organisation.name", default=None, read_only=True, allow_null=True
    )
    also_for = serializers.SerializerMethodField()
    access_needs = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        fields = [
            "id",
            "person_id",
            "name",
            "member_id",
            "organisation",
            "also_for",
            "answer",
            "presence",
            "access_needs",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_also_for(self, attendance: Attendance) -> list[str]:
        """The other members somebody speaks for, by name."""
        return list(getattr(attendance, "also_for", ()))

    @extend_schema_field(str)
    def get_access_needs(self, attendance: Attendance) -> str:
        """Empty for everybody but coordination."""
        return attendance.access_needs if self.context["sees_needs"] else ""


class MeetingPeopleIn(serializers.Serializer[Any]):
    """People to ask: for the member they speak for, and as guests when they speak for none."""

    person_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_PEOPLE)


class PresenceIn(serializers.Serializer[Any]):
    """Whether somebody is there."""

    attendance_id = serializers.UUIDField()
    presence = serializers.ChoiceField(choices=PRESENCES)


class PresencesIn(serializers.Serializer[Any]):
    """Who is there; who is left out stays as noted before."""

    people = PresenceIn(many=True)


class InterestIn(serializers.Serializer[Any]):
    """An interest somebody declared in a subject, and what was done."""

    attendance_id = serializers.UUIDField()
    handling = serializers.ChoiceField(choices=ConflictOfInterest.Handling.choices)


class InterestOut(serializers.ModelSerializer[ConflictOfInterest]):
    """An interest declared."""

    class Meta:
        model = ConflictOfInterest
        fields = ["id", "attendance_id", "item_id", "handling"]
        read_only_fields = fields


class HeardBackOut(serializers.ModelSerializer[HeardBack]):
    """What was understood of what an organisation said, and whether it confirmed it."""

    class Meta:
        model = HeardBack
        fields = ["id", "member_id", "item_id", "text", "confirmed_at", "correction"]
        read_only_fields = fields


class HeardBackIn(serializers.Serializer[Any]):
    """What was understood of what an organisation said."""

    member_id = serializers.UUIDField()
    text = CleanTextField(max_length=1000, multiline=True)


class HeardBackAnswerIn(serializers.Serializer[Any]):
    """How it was meant; empty confirms it."""

    correction = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True, default="")


class MeetingPeople(MeetingView):
    """Who is asked to a meeting."""

    serializer_class = AttendanceOut

    @extend_schema(responses=AttendanceOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, by organisation and name."""
        meeting = self.meeting()
        found = self.paginate_queryset(attendances_of(meeting))
        sees = self.viewer.can(Permission.EDIT_PARTNERSHIP, meeting.partnership.scope_id)
        return self.get_paginated_response(AttendanceOut(found, many=True, context={"sees_needs": sees}).data)

    @extend_schema(request=MeetingPeopleIn, responses={201: AttendanceOut(many=True)}, filters=False)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put people on the list; once called they are mailed at once. 409 once the meeting is over."""
        meeting = self.editable_meeting()
        speakers, guests = self._chosen(meeting)
        added = self.done(lambda: invite_people(meeting=meeting, speakers=speakers, guests=guests, by=self.person))
        rows = AttendanceOut(added, many=True, context={"sees_needs": True}).data
        return Response(rows, status=status.HTTP_201_CREATED)

    def _chosen(self, meeting: Meeting) -> tuple[list[Representative], list[Stakeholder]]:
        """Speakers and guests not asked yet; 400 for somebody the caller does not find in the register."""
        wanted = set(self.asked(MeetingPeopleIn)["person_ids"])
        speakers = list(people_to_invite(meeting).filter(person__in=wanted))
        speaking = {one.person_id for one in speakers}
        there = set(Attendance.objects.filter(meeting=meeting, person__in=wanted).values_list("person_id", flat=True))
        others = [str(key) for key in wanted - speaking - there]
        guests = list(guests_to_invite(self.viewer, meeting, search="", chosen=others))
        if len(guests) < len(others):
            raise serializers.ValidationError({"person_ids": [_("Only a person of the register can be a guest.")]})
        return speakers, guests


class MeetingPerson(MeetingView):
    """Somebody asked to a meeting."""

    reading = None

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take them off the list; who was invited is told. 409 once the meeting runs or is over."""
        rows = attendances_of(self.editable_meeting())
        attendance: Attendance = get_object_or_404(rows, pk=self.kwargs["attendance_id"])
        self.done(lambda: uninvite(attendance=attendance, by=self.person))
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeetingAnswer(MeetingView):
    """Saying whether one comes."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = InvitationAnswerIn

    @extend_schema(request=InvitationAnswerIn, responses=InvitationAnswerOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say it for oneself; 404 for who was not invited, 409 once the meeting is over."""
        mine = self.own(self.meeting())
        wanted = self.asked(InvitationAnswerIn)
        answered = self.done(lambda: answer_invitation(attendance=mine, by=self.person, **wanted))
        return Response(InvitationAnswerOut(answered).data)


class MeetingPresence(MeetingView):
    """Who is there."""

    reading = None
    # As wide as the door of the running meeting: who takes the minutes writes it.
    writing = Permission.SEE_PARTNERSHIP

    @extend_schema(request=PresencesIn, responses=MeetingOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Note it; a meeting that has begun is held from then on. 400 for somebody who is not on the list."""
        meeting = self.meeting_to_note()
        presences = {one["attendance_id"]: one["presence"] for one in self.asked(PresencesIn)["people"]}
        known = Attendance.objects.filter(meeting=meeting, pk__in=list(presences)).count()
        if known < len(presences):
            raise serializers.ValidationError({"people": [_("Somebody here is not on the list of this meeting.")]})
        noted = self.done(lambda: note_presence(meeting=meeting, presences=presences, by=self.person))
        return Response(MeetingOut(noted).data)


class AgendaItemInterests(MeetingView):
    """Interests declared in a subject."""

    reading = None
    # As wide as the door of the running meeting: who takes the minutes writes it.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = InterestOut

    @extend_schema(request=InterestIn, responses={201: InterestOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; the newest handling of a person counts. 409 outside the time for notes."""
        meeting = self.meeting_to_note()
        item, wanted = self.item(meeting), self.asked(InterestIn)
        who = attendances_of(meeting).filter(pk=wanted["attendance_id"]).first()
        if who is None:
            raise serializers.ValidationError(
                {"attendance_id": [_("Somebody here is not on the list of this meeting.")]}
            )
        declared = self.done(
            lambda: declare_interest(attendance=who, item=item, handling=wanted["handling"], by=self.person)
        )
        return Response(InterestOut(declared).data, status=status.HTTP_201_CREATED)


class HeardBackList(MeetingView):
    """What was heard in a meeting."""

    # As wide as the door of the running meeting: who takes the minutes writes it.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = HeardBackOut

    @extend_schema(responses=HeardBackOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, in the order it was written."""
        found = self.paginate_queryset(heard_in(self.meeting()))
        return self.get_paginated_response(HeardBackOut(found, many=True).data)

    @extend_schema(request=HeardBackIn, responses={201: HeardBackOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write down what was understood; the organisation confirms it. 409 outside the time for notes."""
        meeting, wanted = self.meeting_to_note(), self.asked(HeardBackIn)
        member = active_members(meeting.partnership).filter(pk=wanted["member_id"]).first()
        if member is None:
            raise serializers.ValidationError({"member_id": [_("This organisation is not in the partnership.")]})
        heard = self.done(lambda: write_heard(meeting=meeting, member=member, text=wanted["text"], by=self.person))
        return Response(HeardBackOut(heard).data, status=status.HTTP_201_CREATED)


class HeardBackAnswer(MeetingView):
    """The word of the organisation that was heard."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = HeardBackOut

    @extend_schema(request=HeardBackAnswerIn, responses=HeardBackOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Confirm it for one's organisation, or say how it was meant, once; 409 for others and afterwards."""
        rows = heard_in(self.meeting()).select_related("meeting")
        heard: HeardBack = get_object_or_404(rows, pk=self.kwargs["heard_back_id"])
        wanted = self.asked(HeardBackAnswerIn)
        return Response(HeardBackOut(self.done(lambda: confirm_heard(heard=heard, by=self.person, **wanted))).data)
