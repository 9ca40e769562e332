"""One change to many stakeholders in the API, and taking it back."""

import uuid
from typing import Any

from django.http import Http404, QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import AuditEvent
from stakeholders.operations.bulk import BULK_VERBS, MOST_AT_ONCE, BulkRefusedError, change_many, undo_bulk
from stakeholders.queries.register import ids_to_change, owners_to_choose, stakeholder_list
from stakeholders.rules.register import ACTS, NarrowingError, narrowing_from
from stakeholders.rules.stakeholder import VISIBILITIES, statuses_by_hand
from stakeholders.rules.tag import LONGEST_TAG


class BulkIn(serializers.Serializer[Any]):
    """What is done to whom: ``ids``, or all that fit ``query``, the parameters of the list (an empty text for all)."""

    do = serializers.ChoiceField(choices=ACTS)
    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE, required=False)
    query = serializers.CharField(max_length=600, required=False, allow_blank=True)
    tag = CleanTextField(max_length=LONGEST_TAG, required=False)
    owner_id = serializers.UUIDField(required=False, allow_null=True, help_text="Null for nobody.")
    status = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in statuses_by_hand()], required=False
    )

    level = serializers.ChoiceField(choices=[(one.value, one.label) for one in VISIBILITIES], required=False)
    is_meant = serializers.BooleanField(default=False, help_text="Needed where more people would see one than now.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One way to say whom, and what the act needs."""
        if ("ids" in attrs) == ("query" in attrs):
            raise serializers.ValidationError({"ids": "Send either ids or query."})
        needed = {"tag": "tag", "untag": "tag", "owner": "owner_id", "move": "status", "show": "level"}[attrs["do"]]
        if needed not in attrs:
            raise serializers.ValidationError({needed: "This act needs it."})
        return attrs


class BulkOut(serializers.Serializer[Any]):
    """To how many it was done and to how many it could not be; ``event_id`` takes it back for an hour."""

    changed = serializers.IntegerField()
    left_out = serializers.IntegerField()
    event_id = serializers.UUIDField(allow_null=True)


class BulkUndoneOut(serializers.Serializer[Any]):
    """For how many it was taken back."""

    put_back = serializers.IntegerField()


class BulkChange(SpaceAPIView):
    """Many at once."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = BulkOut

    @extend_schema(request=BulkIn, responses=BulkOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Tag, untag, move, say who knows them best or who may see them; 409 for more than 5,000.

        With an id that is gone or out of sight nothing is changed: 404.
        """
        wanted = BulkIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = wanted.validated_data
        owner_id = facts.get("owner_id")
        owner = get_object_or_404(owners_to_choose(), pk=owner_id) if owner_id else None
        try:
            done = change_many(
                ids=self._chosen(facts),
                do=facts["do"],
                tag=facts.get("tag", ""),
                owner=owner,
                status=facts.get("status", ""),
                level=facts.get("level", Visibility.COORDINATION),
                is_meant=facts["is_meant"],
                by=self.person,
            )
        except BulkRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(BulkOut(done).data)

    def _chosen(self, facts: dict[str, Any]) -> list[uuid.UUID]:
        if "ids" in facts:
            found = ids_to_change(self.viewer, facts["ids"])
            if found is None:
                raise Http404
            return found
        try:
            narrowing = narrowing_from(QueryDict(facts["query"]).dict())
        except NarrowingError as error:
            raise serializers.ValidationError({"query": [str(error)]}) from error
        return list(stakeholder_list(self.viewer, narrowing).rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])


class BulkUndo(SpaceAPIView):
    """Taking a change of many back."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = BulkUndoneOut

    @extend_schema(request=None, responses=BulkUndoneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Within an hour, one's own; what somebody changed since stays. 409 once it is undone or too late."""
        mine = AuditEvent.objects.filter(actor=self.person, verb__in=BULK_VERBS)
        event = get_object_or_404(mine, pk=self.kwargs["audit_event_id"])
        try:
            put_back = undo_bulk(event=event, by=self.person)
        except BulkRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(BulkUndoneOut({"put_back": put_back}).data)
