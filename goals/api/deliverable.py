"""Deliverables and who plays which part in them, in the API."""

import uuid
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.models import Deliverable, DeliverableRole, Goal
from goals.operations.deliverable import (
    DeliverableRefusedError,
    change_deliverable,
    plan_deliverable,
    remove_deliverable,
)
from goals.queries.deliverable import candidates_for_skill, deliverables_visible_to
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at
from stakeholders.models import Strength


class RoleOut(serializers.ModelSerializer[DeliverableRole]):
    """One part of one member: A accountable, R responsible, C consulted, I informed."""

    class Meta:
        model = DeliverableRole
        fields = ["member_id", "person_id", "part"]
        read_only_fields = fields


class DeliverableOut(serializers.ModelSerializer[Deliverable]):
    """A deliverable; ``goal`` is the number of its goal, null for none and for one out of sight."""

    goal = serializers.IntegerField(source="goal.number", default=None, allow_null=True, read_only=True)
    roles = RoleOut(many=True, read_only=True)

    class Meta:
        model = Deliverable
        fields = ["number", "title", "description", "due_on", "goal", "visibility", "roles"]
        read_only_fields = fields


class RoleIn(serializers.Serializer[Any]):
    """A part to be played, and by whom when a person is named."""

    member_id = serializers.UUIDField()
    part = serializers.ChoiceField(choices=DeliverableRole.Part.choices)
    person_id = serializers.UUIDField(required=False, allow_null=True)


class DeliverableIn(serializers.Serializer[Any]):
    """What shall be there; ``roles`` are all parts, those left out are ended."""

    title = CleanTextField(max_length=160)
    description = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    goal = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=32767)
    roles = RoleIn(many=True, required=False)


class SkilledMemberOut(serializers.Serializer[Any]):
    """A member that has a skill, and why it stands where it stands."""

    organisation_id = serializers.UUIDField(source="holder.id")
    name = serializers.CharField(source="holder.name")
    reasons = serializers.ListField(child=serializers.CharField())


class SkilledMembersOut(serializers.Serializer[Any]):
    """Candidates, the best fit first; an empty list is a gap."""

    results = SkilledMemberOut(many=True)


class DeliverableList(SpaceAPIView):
    """Who does what in a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = DeliverableOut

    @extend_schema(responses=DeliverableOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of deliverables, by number."""
        rows = deliverables_visible_to(self.viewer).filter(partnership=self._partnership())
        return self.get_paginated_response(DeliverableOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=DeliverableIn, responses={201: DeliverableOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one; 409 for parts the partnership's rules stop (R-T3, R-T4)."""
        partnership = self._partnership()
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        wanted = DeliverableIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = _fields(self, partnership, wanted.validated_data)
        try:
            made = plan_deliverable(partnership=partnership, by=self.person, **fields)
        except DeliverableRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        found = deliverables_visible_to(self.viewer).get(pk=made.pk)
        return Response(DeliverableOut(found).data, status=status.HTTP_201_CREATED)

    def _partnership(self) -> Partnership:
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))


class DeliverableDetail(SpaceAPIView):
    """One deliverable."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = DeliverableOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """It and its parts."""
        return Response(DeliverableOut(found_deliverable(self)).data)

    @extend_schema(request=DeliverableIn, responses=DeliverableOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; 409 for parts the partnership's rules stop."""
        deliverable = self._editable()
        wanted = DeliverableIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        fields = _fields(self, deliverable.partnership, wanted.validated_data)
        try:
            change_deliverable(deliverable=deliverable, by=self.person, **fields)
        except DeliverableRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(DeliverableOut(found_deliverable(self)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out; its tasks stay."""
        remove_deliverable(deliverable=self._editable(), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _editable(self) -> Deliverable:
        deliverable = found_deliverable(self)
        self.require(Permission.EDIT_GOALS, deliverable.partnership.scope_id)
        return deliverable


class DeliverableCandidates(SpaceAPIView):
    """Who could do it."""

    reading = Permission.EDIT_GOALS
    serializer_class = SkilledMembersOut

    @extend_schema(
        parameters=[OpenApiParameter("skill", str, enum=Strength.Skill.values, required=True)],
        responses=SkilledMembersOut,
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Members with a skill, with reasons; 400 for a skill that is not in the list."""
        deliverable = found_deliverable(self)
        self.require(Permission.EDIT_GOALS, deliverable.partnership.scope_id)
        skill = request.query_params.get("skill", "")
        if skill not in Strength.Skill.values:
            raise serializers.ValidationError({"skill": [skill]})
        found = candidates_for_skill(self.viewer, deliverable.partnership, skill, today=timezone.localdate())
        return Response(SkilledMembersOut({"results": [candidate for candidate, _url in found]}).data)


def found_deliverable(view: SpaceAPIView) -> Deliverable:
    """The deliverable of an address; the same 404 for one that is nowhere, elsewhere or out of sight."""
    rows = deliverables_visible_to(view.viewer)
    slug, number = view.kwargs["slug"], view.kwargs["number"]
    deliverable: Deliverable = get_object_or_404(rows, partnership__slug=slug, number=number)
    return deliverable


def _fields(view: SpaceAPIView, partnership: Partnership, sent: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: sent[name] for name in ("title", "description", "due_on") if name in sent}
    if "goal" in sent:
        fields["goal"] = _goal(view, partnership, sent["goal"])
    if "roles" in sent:
        parts: dict[uuid.UUID, set[str]] = {}
        for role in sent["roles"]:
            parts.setdefault(role["member_id"], set()).add(role["part"])
        people = {role["member_id"]: role["person_id"] for role in sent["roles"] if role.get("person_id")}
        fields |= {"parts": parts, "people": people}
    return fields


def _goal(view: SpaceAPIView, partnership: Partnership, number: int | None) -> Goal | None:
    if number is None:
        return None
    goal = goals_visible_to(view.viewer).filter(partnership=partnership, number=number).first()
    if goal is None:
        raise serializers.ValidationError({"goal": [str(number)]})
    return goal
