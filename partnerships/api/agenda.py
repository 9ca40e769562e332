"""Agendas in the API: subjects, what is offered for them, papers, sending them, and notes taken on them."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.rules.upload_content import UploadError
from partnerships.agenda import suggestions_for
from partnerships.api.meeting import MeetingOut, MeetingView
from partnerships.api.task import TaskOut
from partnerships.models import AgendaItem, Partnership, PartnershipMember
from partnerships.operations.agenda import (
    ActionIncompleteError,
    add_item,
    change_item,
    move_item,
    put_suggestion_aside,
    remove_item,
    take_suggestion,
    write_action,
    write_notes,
)
from partnerships.operations.meeting import send_agenda
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import speakers_of
from partnerships.queries.member import active_members
from stakeholders.models import Stakeholder


class AgendaItemOut(serializers.ModelSerializer[AgendaItem]):
    """A subject of a meeting; a file to read before is downloaded from the meeting's page."""

    paper_name = serializers.CharField(source="paper_file.name", default="", read_only=True)

    class Meta:
        model = AgendaItem
        fields = [
            "id", "position", "title", "kind", "minutes_planned", "owner_member_id", "owner_person_id",
            "proposed_by_id", "desired_outcome", "paper_link", "paper_name", "summary", "state",
        ]  # fmt: skip
        read_only_fields = fields


class AgendaItemChangeIn(serializers.Serializer[Any]):
    """What of a subject shall change; the rest stays. Who leads it is a member, or a person who speaks for it."""

    title = CleanTextField(max_length=200, required=False)
    kind = serializers.ChoiceField(choices=AgendaItem.Kind.choices, required=False)
    minutes_planned = serializers.IntegerField(min_value=0, max_value=600, required=False)
    owner_member_id = serializers.UUIDField(required=False, allow_null=True)
    owner_person_id = serializers.UUIDField(required=False, allow_null=True)
    proposed_by_id = serializers.UUIDField(required=False, allow_null=True)
    desired_outcome = CleanTextField(max_length=300, required=False, allow_blank=True)
    paper_link = serializers.URLField(max_length=300, required=False, allow_blank=True)


class AgendaItemIn(AgendaItemChangeIn):
    """A subject to put at the end of an agenda."""

    title = CleanTextField(max_length=200)


class AgendaOut(serializers.Serializer[Any]):
    """An agenda in order."""

    items = AgendaItemOut(many=True)


class AgendaPaperIn(serializers.Serializer[Any]):
    """A file to read before."""

    paper = serializers.FileField()


class AgendaMoveIn(serializers.Serializer[Any]):
    """Where a subject goes: before its neighbour or behind it."""

    to = serializers.ChoiceField(choices=["up", "down"])


class AgendaSendIn(serializers.Serializer[Any]):
    """Why an agenda goes out although a rule says no."""

    reason = CleanTextField(max_length=300, required=False, allow_blank=True, default="")


class SuggestionOut(serializers.Serializer[Any]):
    """A subject that is offered, and why."""

    code = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField()
    kind = serializers.ChoiceField(choices=AgendaItem.Kind.choices)
    minutes = serializers.IntegerField()
    url = serializers.CharField()


class SuggestionsOut(serializers.Serializer[Any]):
    """What could be talked about."""

    results = SuggestionOut(many=True)


class SuggestionIn(serializers.Serializer[Any]):
    """A suggestion to take over, or to put aside for this meeting."""

    code = serializers.CharField(max_length=80)
    to = serializers.ChoiceField(choices=["agenda", "aside"], required=False, default="agenda")


class NotesIn(serializers.Serializer[Any]):
    """What was agreed on a subject and why, and whether it is dealt with."""

    summary = CleanTextField(max_length=5000, multiline=True, allow_blank=True)
    state = serializers.ChoiceField(choices=AgendaItem.State.choices, required=False)


class MeetingActionIn(serializers.Serializer[Any]):
    """A promise made in a meeting: who, by when, and what shows that it is done (R-C2)."""

    title = CleanTextField(max_length=200)
    member_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    person_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    result_expected = CleanTextField(max_length=500, required=False, allow_blank=True, default="")


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
        meeting = self.editable_meeting()
        fields = _item_fields(self.asked(AgendaItemIn), meeting.partnership)
        item = self.done(lambda: add_item(meeting=meeting, by=self.person, **fields))
        return Response(AgendaItemOut(item).data, status=status.HTTP_201_CREATED)


class AgendaItemDetail(MeetingView):
    """One subject of an agenda."""

    serializer_class = AgendaItemOut

    @extend_schema(responses=AgendaItemOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The subject."""
        return Response(AgendaItemOut(self.item(self.meeting())).data)

    @extend_schema(request=AgendaItemChangeIn, responses=AgendaItemOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Reword it; 409 once the minutes went round."""
        meeting = self.editable_meeting()
        item = self.item(meeting)
        fields = _item_fields(self.asked(AgendaItemChangeIn), meeting.partnership)
        return Response(AgendaItemOut(self.done(lambda: change_item(item=item, by=self.person, **fields))).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it off; 409 once the meeting runs or notes stand on it."""
        item = self.item(self.editable_meeting())
        self.done(lambda: remove_item(item=item, by=self.person))
        return Response(status=status.HTTP_204_NO_CONTENT)


class AgendaItemPaper(MeetingView):
    """The file to read before."""

    reading = None
    parser_classes = [MultiPartParser]
    serializer_class = AgendaItemOut

    @extend_schema(request={"multipart/form-data": AgendaPaperIn}, responses=AgendaItemOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put it with a subject, in place of the one before; 400 for a file that is not taken."""
        item = self.item(self.editable_meeting())
        paper = self.asked(AgendaPaperIn)["paper"]
        try:
            changed = self.done(lambda: change_item(item=item, by=self.person, paper=paper))
        except UploadError as error:
            raise serializers.ValidationError({"paper": [str(error)]}) from error
        return Response(AgendaItemOut(changed).data)


class AgendaItemMove(MeetingView):
    """The order of an agenda."""

    reading = None
    serializer_class = AgendaOut

    @extend_schema(request=AgendaMoveIn, responses=AgendaOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Have a subject change places with its neighbour; at the end of the list nothing happens."""
        meeting = self.editable_meeting()
        item, is_up = self.item(meeting), self.asked(AgendaMoveIn)["to"] == "up"
        self.done(lambda: move_item(item=item, up=is_up, by=self.person))
        return Response(AgendaOut({"items": items_of(meeting)}).data)


class AgendaSuggestions(MeetingView):
    """What an agenda proposes by itself."""

    reading = Permission.EDIT_PARTNERSHIP
    serializer_class = SuggestionsOut

    @extend_schema(responses=SuggestionsOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """What is late, due, parked or asked: neither on the agenda nor put aside."""
        meeting = self.editable_meeting()
        return Response(SuggestionsOut({"results": suggestions_for(meeting, today=timezone.localdate())}).data)

    @extend_schema(request=SuggestionIn, responses=AgendaOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take one over or put it aside; 409 for one that is not offered any more."""
        meeting, wanted = self.editable_meeting(), self.asked(SuggestionIn)
        if wanted["to"] == "aside":
            self.done(lambda: put_suggestion_aside(meeting=meeting, code=wanted["code"], by=self.person))
        else:
            self.done(lambda: take_suggestion(meeting=meeting, code=wanted["code"], by=self.person))
        return Response(AgendaOut({"items": items_of(meeting)}).data)


class AgendaSend(MeetingView):
    """Sending an agenda."""

    reading = None

    @extend_schema(request=AgendaSendIn, responses=MeetingOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Mail it to everybody invited; 409 before the invitations left and for what the rules refuse (R-C1)."""
        meeting, wanted = self.editable_meeting(), self.asked(AgendaSendIn)
        return Response(MeetingOut(self.done(lambda: send_agenda(meeting=meeting, by=self.person, **wanted))).data)


class AgendaItemNotes(MeetingView):
    """What was agreed on a subject."""

    reading = None
    # As wide as the door of the running meeting: who takes the minutes writes them.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = AgendaItemOut

    @extend_schema(request=NotesIn, responses=AgendaItemOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Keep the notes in place of those before; 409 outside the time for notes."""
        item, wanted = self.item(self.meeting_to_note()), self.asked(NotesIn)
        return Response(AgendaItemOut(self.done(lambda: write_notes(item=item, by=self.person, **wanted))).data)


class AgendaItemActions(MeetingView):
    """Promises made on a subject."""

    reading = None
    # As wide as the door of the running meeting: who takes the minutes writes them.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = TaskOut

    @extend_schema(request=MeetingActionIn, responses={201: TaskOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; it is a task at once. 400 for what R-C2 misses, 409 outside the time for notes."""
        meeting = self.meeting_to_note()
        item, wanted = self.item(meeting), self.asked(MeetingActionIn)
        asked_member, asked_person = ("member_id", wanted.pop("member_id")), ("person_id", wanted.pop("person_id"))
        member, person = _owner(meeting.partnership, asked_member, asked_person)
        try:
            action = self.done(
                lambda: write_action(meeting=meeting, item=item, by=self.person, member=member, person=person, **wanted)
            )
        except ActionIncompleteError as missing:
            raise serializers.ValidationError(_by_field(missing)) from missing
        return Response(TaskOut(action.task).data, status=status.HTTP_201_CREATED)


def _by_field(missing: ActionIncompleteError) -> dict[str, list[str]]:
    return {"member_id" if name == "who" else name: [str(message)] for name, message in missing.fields.items()}


def _item_fields(asked: dict[str, Any], partnership: Partnership) -> dict[str, Any]:
    """A subject's fields with its people as records; 400 for who is not of the partnership."""
    fields = dict(asked)
    if "proposed_by_id" in fields:
        fields["proposed_by"] = _member(partnership, "proposed_by_id", fields.pop("proposed_by_id"))
    if {"owner_member_id", "owner_person_id"} & set(fields):
        owner_member, owner_person = fields.pop("owner_member_id", None), fields.pop("owner_person_id", None)
        owner = _owner(partnership, ("owner_member_id", owner_member), ("owner_person_id", owner_person))
        fields["owner_member"], fields["owner_person"] = owner
    return fields


def _owner(
    partnership: Partnership, member: tuple[str, uuid.UUID | None], person: tuple[str, uuid.UUID | None]
) -> tuple[PartnershipMember | None, Stakeholder | None]:
    """A member and a person who speaks for it, each with the name of its field; a person alone brings the member."""
    (member_field, member_id), (person_field, person_id) = member, person
    found = _member(partnership, member_field, member_id)
    if person_id is None:
        return found, None
    speaking = speakers_of(partnership).filter(person=person_id)
    speaker = (speaking.filter(member=found) if found else speaking).first()
    if speaker is None:
        raise serializers.ValidationError(
            {person_field: [_("This person does not speak for a member of the partnership.")]}
        )
    return speaker.member, speaker.person


def _member(partnership: Partnership, name: str, member_id: uuid.UUID | None) -> PartnershipMember | None:
    if member_id is None:
        return None
    found: PartnershipMember | None = active_members(partnership).filter(pk=member_id).first()
    if found is None:
        raise serializers.ValidationError({name: [_("This organisation is not in the partnership.")]})
    return found
