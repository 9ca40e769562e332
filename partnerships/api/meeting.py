"""Meetings in the API: planning, calling, moving, cancelling and ending them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.models import AgendaItem, Attendance, Meeting, MeetingKind, Partnership
from partnerships.operations.meeting import (
    MeetingRefusedError,
    cancel_meeting,
    change_meeting,
    close_meeting,
    plan_meeting,
    schedule_meeting,
)
from partnerships.operations.notes_link import NotesLinkRefusedError, send_notes_link
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import (
    VoiceRow,
    may_take_notes,
    meetings_to_note,
    meetings_visible_to,
    others_to_take_notes,
    own_attendances,
    speakers_of,
    voice_of,
)
from partnerships.queries.partnership import partnership_at
from partnerships.rules.meeting import EARLIEST
from partnerships.rules.visibility import LEVELS

LEVEL_CHOICES = [(level.value, level.label) for level in LEVELS]
OFFICES = ("chair_id", "note_taker_id")


def moment(**kwargs: Any) -> serializers.DateTimeField:
    """When something of a meeting is, in our times."""
    return serializers.DateTimeField(validators=[MinValueValidator(EARLIEST)], **kwargs)


class MeetingOut(serializers.ModelSerializer[Meeting]):
    """A meeting as the API shows it; without a chair coordination leads it."""

    class Meta:
        model = Meeting
        fields = [
            "id", "number", "kind", "title", "purpose", "starts_at", "ends_at", "place", "online_link", "series_id",
            "chair_id", "chair_member_id", "note_taker_id", "accessibility", "visibility", "state", "cancelled_reason",
            "sequence", "invited_at", "agenda_sent_at",
        ]  # fmt: skip
        read_only_fields = fields


class MeetingFieldsIn(serializers.Serializer[Any]):
    """What may be said of a meeting. Chair and note taker speak for a member; a guest may take the minutes."""

    title = CleanTextField(max_length=120, required=False)
    purpose = CleanTextField(max_length=200, required=False)
    kind = serializers.ChoiceField(choices=MeetingKind.choices, required=False)
    starts_at = moment(required=False)
    ends_at = moment(required=False)
    place = CleanTextField(max_length=200, required=False, allow_blank=True)
    online_link = serializers.URLField(max_length=300, required=False, allow_blank=True)
    accessibility = CleanTextField(max_length=500, required=False, allow_blank=True)
    chair_id = serializers.UUIDField(required=False, allow_null=True)
    note_taker_id = serializers.UUIDField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=LEVEL_CHOICES, required=False)


class MeetingChangeIn(MeantIn, MeetingFieldsIn):
    """What of a meeting shall change; the rest stays."""


class MeetingIn(MeetingFieldsIn):
    """A meeting to plan; nobody is told yet."""

    title = CleanTextField(max_length=120)
    purpose = CleanTextField(max_length=200)
    starts_at = moment()
    ends_at = moment()


class MeetingCancelIn(serializers.Serializer[Any]):
    """Why a meeting does not take place; who was invited reads it."""

    reason = CleanTextField(max_length=300)


class MeetingView(SpaceAPIView):
    """Meetings of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = MeetingOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

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

    def editable_meeting(self) -> Meeting:
        """The meeting, which the caller may change; 403 for who only takes part."""
        self.editable()
        return self.meeting()

    def meeting_to_note(self) -> Meeting:
        """The meeting, whose minutes the caller writes: coordination, note taker and chair; 403 for others.

        Its named note taker comes in although they may see nothing else of the partnership.
        """
        rows = meetings_to_note(self.viewer).filter(partnership__slug=self.kwargs["slug"])
        found: Meeting = get_object_or_404(rows, number=self.kwargs["number"])
        if not may_take_notes(self.viewer, found):
            raise PermissionDenied
        return found

    def item(self, meeting: Meeting) -> AgendaItem:
        """The subject in the address; 404 for one of another meeting."""
        found: AgendaItem = get_object_or_404(items_of(meeting), pk=self.kwargs["agenda_item_id"])
        return found

    def own(self, meeting: Meeting) -> Attendance:
        """The caller's own place at a meeting; 404 for who was not invited."""
        found = own_attendances(self.person, meeting).values_list("pk", flat=True).first()
        row: Attendance = get_object_or_404(own_attendances(self.person, meeting), pk=found)
        return row

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)

    @staticmethod
    def done[Made](act: Callable[[], Made]) -> Made:
        """What a step makes; 409 with the reason where the meeting's state does not allow it."""
        try:
            return act()
        except MeetingRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal


def fields_of(asked: dict[str, Any], partnership: Partnership, meeting: Meeting | None = None) -> dict[str, Any]:
    """A meeting's fields, with chair and note taker as people; 400 for somebody who speaks for no member.

    A guest of the ``meeting`` can take its minutes as well.
    """
    fields = {name: value for name, value in asked.items() if name not in OFFICES}
    wanted = {asked[name] for name in OFFICES if asked.get(name)}
    known = {one.person_id: one for one in speakers_of(partnership).filter(person__in=wanted)} if wanted else {}
    others = others_to_take_notes(meeting) if meeting else None
    for name in OFFICES:
        if name not in asked:
            continue
        speaker = known.get(asked[name])
        person = speaker.person if speaker else None
        if person is None and asked[name]:
            person = others.filter(pk=asked[name]).first() if others is not None and name == "note_taker_id" else None
            if person is None:
                refused = _("This person does not speak for a member of the partnership.")
                raise serializers.ValidationError({name: [refused]})
        fields[name.removesuffix("_id")] = person
        if name == "chair_id":
            fields["chair_member"] = speaker.member if speaker else None
    return fields


class VoiceOut(serializers.Serializer[VoiceRow]):
    """One organisation's part over the last twelve months, in numbers and whole per cent of all."""

    member_id = serializers.UUIDField(source="voice.member_id")
    organisation = serializers.CharField(source="name")
    items_proposed = serializers.IntegerField(source="voice.proposed")
    items_proposed_percent = serializers.IntegerField(source="voice.proposed_percent")
    meetings_chaired = serializers.IntegerField(source="voice.chaired")
    meetings_chaired_percent = serializers.IntegerField(source="voice.chaired_percent")


class VoicesOut(serializers.Serializer[Any]):
    """All organisations in the order of their names: nobody is ranked."""

    results = VoiceOut(many=True)


class MeetingVoices(MeetingView):
    """Whose voice is heard in the meetings of a partnership (R-C5)."""

    writing = None
    serializer_class = VoicesOut

    @extend_schema(responses=VoicesOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Who proposed subjects and chaired meetings; nobody while nothing of that was written down."""
        rows = voice_of(self.partnership(), today=timezone.localdate())
        return Response(VoicesOut({"results": rows}).data)


class MeetingList(MeetingView):
    """The meetings of a partnership."""

    @extend_schema(responses=MeetingOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        rows = meetings_visible_to(self.viewer).filter(partnership=self.partnership())
        return self.get_paginated_response(MeetingOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=MeetingIn, responses={201: MeetingOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Plan one; 400 when it would end before it begins or be shown more widely than the partnership."""
        partnership = self.editable()
        fields = fields_of(self.asked(MeetingIn), partnership)
        meeting = plan_meeting(partnership=partnership, by=self.person, **fields)
        return Response(MeetingOut(meeting).data, status=status.HTTP_201_CREATED)


class MeetingDetail(MeetingView):
    """One meeting."""

    @extend_schema(responses=MeetingOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The meeting."""
        return Response(MeetingOut(self.meeting()).data)

    @extend_schema(request=MeetingChangeIn, responses=MeetingOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change or move it; who was invited is told of another name, time or place. 409 once it runs or is over."""
        meeting = self.editable_meeting()
        fields = fields_of(self.asked(MeetingChangeIn), meeting.partnership, meeting)
        changed = self.done(lambda: change_meeting(meeting=meeting, by=self.person, **fields))
        return Response(MeetingOut(changed).data)


class MeetingSchedule(MeetingView):
    """Calling a meeting."""

    reading = None

    @extend_schema(request=None, responses=MeetingOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Mail the invitations; 409 without guests, in the past, or when they left already."""
        meeting = self.editable_meeting()
        return Response(MeetingOut(self.done(lambda: schedule_meeting(meeting=meeting, by=self.person))).data)


class MeetingNotesLink(MeetingView):
    """The link with which somebody without an account takes the minutes."""

    reading = None

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Mail it to the named note taker; 409 without one, one without address, and outside the time for notes."""
        meeting = self.editable_meeting()
        try:
            send_notes_link(meeting=meeting, by=self.person)
        except NotesLinkRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeetingCancel(MeetingView):
    """Cancelling a meeting."""

    reading = None

    @extend_schema(request=MeetingCancelIn, responses=MeetingOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Cancel it; who was invited gets the reason. 409 once it runs or is over."""
        meeting = self.editable_meeting()
        reason: str = self.asked(MeetingCancelIn)["reason"]
        return Response(
            MeetingOut(self.done(lambda: cancel_meeting(meeting=meeting, by=self.person, reason=reason))).data
        )


class MeetingClose(MeetingView):
    """Ending a meeting."""

    reading = None
    # As wide as the door of the running meeting: who takes the minutes ends it.
    writing = Permission.SEE_PARTNERSHIP

    @extend_schema(request=None, responses=MeetingOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """End it, after which its minutes are written; 409 before it began or with nobody there."""
        meeting = self.meeting_to_note()
        return Response(MeetingOut(self.done(lambda: close_meeting(meeting=meeting, by=self.person))).data)
