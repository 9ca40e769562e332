"""What partnerships need, in the API."""

from typing import Any, ClassVar

from django.utils import timezone
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
from partnerships.models import Partnership, ResourceNeed
from partnerships.operations.resource_need import (
    NeedRefusedError,
    change_resource_need,
    drop_resource_need,
    meet_resource_need,
    open_resource_need,
    reopen_resource_need,
)
from partnerships.queries.partnership import partnership_at
from partnerships.queries.resource_need import candidates_for_need, needs_of
from partnerships.queries.scouting import scouting_of
from stakeholders.api.asset import AnswerOut
from stakeholders.models import Asset
from stakeholders.queries.asset import assets_visible_to


class ResourceNeedOut(serializers.ModelSerializer[ResourceNeed]):
    """Something a partnership needs."""

    class Meta:
        model = ResourceNeed
        fields = ["id", "kind", "title", "description", "place", "needed_from", "needed_until", "state", "met_by_id"]
        read_only_fields = fields


class ResourceNeedIn(serializers.Serializer[Any]):
    """Something to ask for."""

    kind = serializers.ChoiceField(choices=Asset.Kind.choices)
    title = CleanTextField(max_length=120)
    description = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    place = CleanTextField(max_length=120, required=False, allow_blank=True)
    needed_from = serializers.DateField(required=False, allow_null=True)
    needed_until = serializers.DateField(required=False, allow_null=True)


class NeedMoveIn(serializers.Serializer[Any]):
    """Where a need goes, and what meets it."""

    to = serializers.ChoiceField(choices=ResourceNeed.State.choices)
    asset_id = serializers.UUIDField(required=False, allow_null=True)


class CandidateOut(serializers.Serializer[Any]):
    """Somebody to ask, and why."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    place = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class GapOut(serializers.Serializer[Any]):
    """A kind of organisation that is missing, with whom to ask."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute of that name
    why = serializers.CharField()
    is_centre = serializers.BooleanField()
    candidates = CandidateOut(many=True)


class ScoutingOut(serializers.Serializer[Any]):
    """Who is missing in a partnership."""

    gaps = GapOut(many=True)


class NeedView(SpaceAPIView):
    """Needs of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = ResourceNeedOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def editable(self) -> Partnership:
        """The partnership, in which the caller may edit; 403 otherwise."""
        found = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found

    def need(self, partnership: Partnership) -> ResourceNeed:
        """The need in the address; 404 out of sight."""
        return get_object_or_404(needs_of(self.viewer, partnership), pk=self.kwargs["resource_need_id"])


class ResourceNeedList(NeedView):
    """What a partnership needs."""

    @extend_schema(responses=ResourceNeedOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, open first."""
        found = self.paginate_queryset(needs_of(self.viewer, self.partnership()))
        return self.get_paginated_response(ResourceNeedOut(found, many=True).data)

    @extend_schema(request=ResourceNeedIn, responses={201: ResourceNeedOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask for something; 400 for days in the wrong order."""
        partnership = self.editable()
        wanted = ResourceNeedIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        need = open_resource_need(partnership=partnership, by=self.person, **wanted.validated_data)
        return Response(ResourceNeedOut(need).data, status=status.HTTP_201_CREATED)


class ResourceNeedDetail(NeedView):
    """One need."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The need."""
        return Response(ResourceNeedOut(self.need(self.partnership())).data)

    @extend_schema(request=ResourceNeedIn, responses=ResourceNeedOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Say more exactly what is needed; 409 for another kind than what meets it has."""
        need = self.need(self.editable())
        wanted = ResourceNeedIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        try:
            changed = change_resource_need(need=need, by=self.person, **wanted.validated_data)
        except NeedRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ResourceNeedOut(changed).data)


class ResourceNeedMove(NeedView):
    """Having a need met, dropped or asked for again."""

    @extend_schema(request=NeedMoveIn, responses=ResourceNeedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Move it; 409 where it cannot go."""
        need = self.need(self.editable())
        wanted = NeedMoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            moved = self._moved(need, **wanted.validated_data)
        except NeedRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ResourceNeedOut(moved).data)

    def _moved(self, need: ResourceNeed, *, to: str, asset_id: Any = None) -> ResourceNeed:
        if to == ResourceNeed.State.MET:
            asset = get_object_or_404(assets_visible_to(self.viewer), pk=asset_id) if asset_id else None
            return meet_resource_need(need=need, by=self.person, asset=asset)
        if to == ResourceNeed.State.DROPPED:
            return drop_resource_need(need=need, by=self.person)
        return reopen_resource_need(need=need, by=self.person)


class ResourceNeedCandidates(NeedView):
    """Who could bring what is needed."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = None
    serializer_class = AnswerOut

    @extend_schema(responses=AnswerOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """At most eight, the best fit first, with reasons."""
        need = self.need(self.partnership())
        return Response(AnswerOut(candidates_for_need(self.viewer, need, today=timezone.localdate())).data)


class Scouting(NeedView):
    """Who is missing in a partnership, and whom to ask."""

    reading = Permission.EDIT_PARTNERSHIP
    writing = None
    serializer_class = ScoutingOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The gaps, people affected first."""
        gaps = scouting_of(self.viewer, self.editable(), today=timezone.localdate())
        return Response(ScoutingOut({"gaps": gaps}).data)
