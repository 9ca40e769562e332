"""Records of the same body in the API."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.models import DuplicatePair, NotDuplicate, Stakeholder, StakeholderMerge
from stakeholders.operations.duplicate import ask_for_duplicates
from stakeholders.operations.merge import MergeRefusedError, merge_stakeholders, say_not_duplicate, undo_merge
from stakeholders.queries.duplicate import merges_visible_to, pairs_visible_to
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.merge import ABSORBED, CHOSEN_FIELDS, KEPT


class PairOut(serializers.ModelSerializer[DuplicatePair]):
    """Two that look like one. ``strength`` is 1 perhaps, 2 likely, 3 almost certain."""

    first = serializers.CharField(source="first.name", read_only=True)
    second = serializers.CharField(source="second.name", read_only=True)

    class Meta:
        model = DuplicatePair
        fields = ["first_id", "first", "second_id", "second", "strength", "reasons", "found_at"]
        read_only_fields = fields


class TwoIn(serializers.Serializer[Any]):
    """Two that are two."""

    first_id = serializers.UUIDField()
    second_id = serializers.UUIDField()


class NotDuplicateOut(serializers.ModelSerializer[NotDuplicate]):
    """Two that somebody said are two."""

    class Meta:
        model = NotDuplicate
        fields = ["first_id", "second_id", "said_at"]
        read_only_fields = fields


class MergeIn(serializers.Serializer[Any]):
    """Which record takes the other in; ``choices`` names for a field the record its value comes from."""

    kept_id = serializers.UUIDField()
    absorbed_id = serializers.UUIDField()
    choices = serializers.DictField(child=serializers.ChoiceField(choices=[KEPT, ABSORBED]), required=False)

    def validate_choices(self, choices: dict[str, str]) -> dict[str, str]:
        """Refuse names that are no field."""
        unknown = sorted(set(choices) - set(CHOSEN_FIELDS))
        if unknown:
            raise ValidationError([f"{name[:60]}?" for name in unknown[:10]])
        return choices


class MergeOut(serializers.ModelSerializer[StakeholderMerge]):
    """A merge."""

    class Meta:
        model = StakeholderMerge
        fields = ["id", "kept_id", "absorbed_id", "merged_at", "undone_at"]
        read_only_fields = fields


class DuplicateList(SpaceAPIView):
    """What the last look through the register found."""

    reading = Permission.EDIT_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = PairOut

    @extend_schema(responses=PairOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of pairs, the surest first."""
        found = self.paginate_queryset(pairs_visible_to(self.viewer))
        return self.get_paginated_response(PairOut(found, many=True).data)

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Have the register looked through again."""
        ask_for_duplicates()
        return Response(status=status.HTTP_202_ACCEPTED)


class NotDuplicateList(SpaceAPIView):
    """Pairs that are two."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = NotDuplicateOut

    @extend_schema(request=TwoIn, responses={201: NotDuplicateOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that two which look alike are two."""
        wanted = TwoIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        first, second = _both(self.viewer, wanted.validated_data["first_id"], wanted.validated_data["second_id"])
        said = say_not_duplicate(first=first, second=second, by=self.person)
        return Response(NotDuplicateOut(said).data, status=status.HTTP_201_CREATED)


class MergeList(SpaceAPIView):
    """Merges in force."""

    reading = Permission.EDIT_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = MergeOut

    @extend_schema(responses=MergeOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the latest first."""
        found = self.paginate_queryset(merges_visible_to(self.viewer))
        return self.get_paginated_response(MergeOut(found, many=True).data)

    @extend_schema(request=MergeIn, responses={201: MergeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Make one record of two; 409 when they cannot be one."""
        wanted = MergeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = wanted.validated_data
        kept, absorbed = _both(self.viewer, facts["kept_id"], facts["absorbed_id"])
        try:
            merge = merge_stakeholders(kept=kept, absorbed=absorbed, choices=facts.get("choices"), by=self.person)
        except MergeRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MergeOut(merge).data, status=status.HTTP_201_CREATED)


class MergeUndo(SpaceAPIView):
    """Taking a merge back."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = MergeOut

    @extend_schema(request=None, responses=MergeOut)
    def post(self, request: Request, stakeholder_merge_id: uuid.UUID, **kwargs: Any) -> Response:
        """Make two records of one again; 409 when it cannot be undone any more."""
        merge = get_object_or_404(merges_visible_to(self.viewer), pk=stakeholder_merge_id)
        try:
            undone = undo_merge(merge=merge, by=self.person)
        except MergeRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MergeOut(undone).data)


def _both(viewer: Viewer, first_id: uuid.UUID, second_id: uuid.UUID) -> tuple[Stakeholder, Stakeholder]:
    rows = stakeholders_kept_by(viewer)
    return get_object_or_404(rows, pk=first_id), get_object_or_404(rows, pk=second_id)
