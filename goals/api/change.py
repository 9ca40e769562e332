"""The log of changes in the community in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import CleanTextField, MeantIn
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.models import CommunityChange
from goals.operations.change import correct_change, note_change, remove_change
from goals.queries.change import change_choices, change_list, changes_visible_to, goals_of
from metrics.api.caller import caller
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

MOST = 32767
LEVELS = [choice for choice in Visibility.choices if choice[0] > Visibility.SEALED]


class ChangeOut(serializers.ModelSerializer[CommunityChange]):
    """A change; ``goals`` are the numbers of those in sight it belongs to."""

    goals = serializers.SerializerMethodField()
    claim = serializers.UUIDField(source="claim_id", allow_null=True)

    class Meta:
        model = CommunityChange
        fields = [
            "number", "kind", "what_en", "what_it", "place", "since", "source", "goals", "our_part_en", "our_part_it",
            "claim", "visibility",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goals(self, change: CommunityChange) -> list[int]:
        """In order."""
        return [goal.number for goal in goals_of(change)]


class ChangeIn(serializers.Serializer[Any]):
    """What changed; without ``claim``, our part is said in the weakest words."""

    kind = serializers.ChoiceField(choices=CommunityChange.Kind.choices)
    what_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    what_it = CleanTextField(max_length=300, required=False, allow_blank=True)
    place = CleanTextField(max_length=120, required=False, allow_blank=True)
    since = serializers.DateField()
    source = CleanTextField(max_length=300)  # type: ignore[assignment]  # a field's own attribute of that name
    goals = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=MOST), max_length=100)
    our_part_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    our_part_it = CleanTextField(max_length=300, required=False, allow_blank=True)
    claim = serializers.UUIDField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=LEVELS, required=False)


class CorrectionIn(MeantIn, ChangeIn):
    """What of a noted change shall change."""


class ChangeView(SpaceAPIView):
    """Changes around the partnership in the address."""

    serializer_class: Any = ChangeOut

    def get_queryset(self) -> QuerySet[CommunityChange]:
        """Visible ones, the latest first."""
        return changes_visible_to(self.viewer).filter(partnership__slug=self.kwargs["slug"])

    def editable(self) -> CommunityChange:
        """The change of the address that the caller may correct."""
        change: CommunityChange = get_object_or_404(self.get_queryset(), number=self.kwargs["number"])
        self.require(Permission.EDIT_GOALS, change.partnership.scope_id)
        return change

    def answer(self, number: int, status: int = 200) -> Response:
        """A change as it stands now."""
        return Response(ChangeOut(get_object_or_404(self.get_queryset(), number=number)).data, status=status)

    def wanted(self, partnership: Partnership, *, partial: bool = False) -> dict[str, Any]:
        """What was sent, with the records it names; a bad request for what is out of sight."""
        sent = (CorrectionIn if partial else ChangeIn)(data=self.request.data, partial=partial)
        sent.is_valid(raise_exception=True)
        fields, choices = dict(sent.validated_data), change_choices(self.viewer, partnership)
        if "goals" in fields:
            numbers = set(fields["goals"])
            fields["goals"] = choices.numbered(numbers)
            if unknown := numbers - {goal.number for goal in fields["goals"]}:
                raise serializers.ValidationError({"goals": [str(number) for number in sorted(unknown)]})
        if fields.get("claim") is not None:
            claim = choices.claim(str(fields["claim"]))
            if claim is None:
                raise serializers.ValidationError({"claim": [str(fields["claim"])]})
            fields["claim"] = claim
        return fields


class ChangeList(ChangeView):
    """What changed around a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS

    @extend_schema(parameters=[OpenApiParameter("kind", str)])
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A page of them, of one kind when asked."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        kind = request.GET.get("kind", "")
        rows = change_list(self.viewer, partnership, kind=kind if kind in CommunityChange.Kind.values else "")
        return self.get_paginated_response(ChangeOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=ChangeIn, responses={201: ChangeOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Note one; 400 for words about our part that its claim cannot bear, with a hint."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        fields = self.wanted(partnership)
        change = note_change(partnership=partnership, by=caller(self), today=timezone.localdate(), **fields)
        return self.answer(change.number, 201)


class ChangeDetail(ChangeView):
    """One change."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The change."""
        return self.answer(self.kwargs["number"])

    @extend_schema(request=CorrectionIn, responses=ChangeOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Correct it; 400 as when noted."""
        change = self.editable()
        fields = self.wanted(change.partnership, partial=True)
        correct_change(change=change, by=caller(self), today=timezone.localdate(), **fields)
        return self.answer(change.number)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out of the log."""
        remove_change(change=self.editable(), by=caller(self))
        return Response(status=204)
