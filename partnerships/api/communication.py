"""The communication plan and updates in the API."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.models import CommunicationLine, Partnership, Update
from partnerships.models.communication import AUDIENCES
from partnerships.operations.communication import (
    UpdateRefusedError,
    approve_update,
    change_update,
    correct_update,
    publish_update,
    save_communication_line,
    withdraw_update,
    write_update,
)
from partnerships.queries.communication import communication_plan, updates_visible_to
from partnerships.queries.member import active_members
from partnerships.queries.partnership import partnership_at

LARGEST_NUMBER = 2_147_483_647


class CommunicationLineOut(serializers.ModelSerializer[CommunicationLine]):
    """A line of the plan."""

    class Meta:
        model = CommunicationLine
        fields = ["id", "audience", "who", "purpose", "owner_id", "channel", "rhythm", "wording", "feedback_route"]
        read_only_fields = fields


class CommunicationLineIn(serializers.Serializer[Any]):
    """A line to add."""

    audience = serializers.ChoiceField(choices=AUDIENCES)
    who = CleanTextField(max_length=120)
    purpose = CleanTextField(max_length=200)
    owner_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    channel = CleanTextField(max_length=80, required=False, allow_blank=True, default="")
    rhythm = serializers.ChoiceField(choices=Partnership.Rhythm.choices, required=False, allow_blank=True, default="")
    wording = CleanTextField(max_length=120, required=False, allow_blank=True, default="")
    feedback_route = CleanTextField(max_length=160, required=False, allow_blank=True, default="")


class UpdateOut(serializers.ModelSerializer[Update]):
    """An update; its words are empty once it was withdrawn."""

    class Meta:
        model = Update
        fields = [
            "number", "title", "body", "went_well", "not_going_well", "needs", "next_dates", "visibility", "state",
            "published_on", "correction", "corrected_on", "earlier_corrections", "withdrawn_on",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, update: Update) -> dict[str, Any]:
        """Nothing but the tombstone of what was withdrawn."""
        shown: dict[str, Any] = super().to_representation(update)
        if update.state == Update.State.WITHDRAWN:
            words = ("title", "body", "went_well", "not_going_well", "needs", "next_dates", "correction")
            shown |= dict.fromkeys(words, "") | {"earlier_corrections": []}
        return shown


class UpdateIn(serializers.Serializer[Any]):
    """An update to write."""

    title = CleanTextField(max_length=160)
    visibility = serializers.ChoiceField(choices=AUDIENCES)
    not_going_well = CleanTextField(max_length=4000, multiline=True)
    body = CleanTextField(max_length=4000, multiline=True, required=False, allow_blank=True)
    went_well = CleanTextField(max_length=4000, multiline=True, required=False, allow_blank=True)
    needs = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    next_dates = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)


class UpdateStepIn(serializers.Serializer[Any]):
    """What is done with an update; ``note`` is the correction."""

    step = serializers.ChoiceField(choices=["approve", "publish", "correct", "withdraw"])
    note = CleanTextField(max_length=500, required=False, allow_blank=True, default="")


class ChannelView(SpaceAPIView):
    """Of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = UpdateOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def editable(self) -> Partnership:
        """The partnership, in which the caller may edit; 403 otherwise."""
        found = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found

    def update_of(self, partnership: Partnership) -> Update:
        """The update in the address; 404 out of sight and for a number no column holds."""
        number: int = self.kwargs["number"]
        if number > LARGEST_NUMBER:
            raise Http404
        rows = updates_visible_to(self.viewer).filter(partnership=partnership)
        return get_object_or_404(rows, number=number)


class CommunicationPlan(ChannelView):
    """The communication plan."""

    serializer_class = CommunicationLineOut

    @extend_schema(responses=CommunicationLineOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of its lines."""
        found = self.paginate_queryset(communication_plan(self.partnership()))
        return self.get_paginated_response(CommunicationLineOut(found, many=True).data)

    @extend_schema(request=CommunicationLineIn, responses={201: CommunicationLineOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add a line; 404 for an owner that is no member."""
        partnership = self.editable()
        wanted = CommunicationLineIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        owner_id = fields.pop("owner_id")
        owner = get_object_or_404(active_members(partnership), pk=owner_id) if owner_id else None
        line = save_communication_line(partnership=partnership, by=self.person, owner=owner, **fields)
        return Response(CommunicationLineOut(line).data, status=status.HTTP_201_CREATED)


class UpdateList(ChannelView):
    """What a partnership tells."""

    @extend_schema(responses=UpdateOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, newest first."""
        rows = updates_visible_to(self.viewer).filter(partnership=self.partnership())
        return self.get_paginated_response(UpdateOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=UpdateIn, responses={201: UpdateOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write a draft."""
        partnership = self.editable()
        wanted = UpdateIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        update = write_update(partnership=partnership, by=self.person, **wanted.validated_data)
        return Response(UpdateOut(update).data, status=status.HTTP_201_CREATED)


class UpdateDetail(ChannelView):
    """One update."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The update."""
        return Response(UpdateOut(self.update_of(self.partnership())).data)

    @extend_schema(request=UpdateIn, responses=UpdateOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Reword it; 409 once it is published."""
        update = self.update_of(self.editable())
        wanted = UpdateIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        try:
            changed = change_update(update=update, by=self.person, **wanted.validated_data)
        except UpdateRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(UpdateOut(changed).data)


class UpdateStep(ChannelView):
    """Approving, publishing, correcting and withdrawing an update."""

    @extend_schema(request=UpdateStepIn, responses=UpdateOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Do it; 409 where it cannot be."""
        update = self.update_of(self.editable())
        wanted = UpdateStepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        steps: dict[str, Any] = {"approve": approve_update, "publish": publish_update, "withdraw": withdraw_update}
        step, note = wanted.validated_data["step"], wanted.validated_data["note"]
        if step == "correct" and not note.strip():
            raise serializers.ValidationError({"note": _("Write what was wrong.")})
        try:
            if step == "correct":
                correct_update(update=update, note=note, by=self.person)
            else:
                steps[step](update=update, by=self.person)
        except UpdateRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        update.refresh_from_db()
        return Response(UpdateOut(update).data)
