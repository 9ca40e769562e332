"""Maps, their stakeholders, rounds, raters and one's own assessments in the API."""

from decimal import Decimal
from typing import Any, ClassVar

from django.http import Http404
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
from stakeholders.api.fields import optional_text
from stakeholders.api.map_gap import MapGapOut, PromiseOut
from stakeholders.models import Assessment, MapEntry, StakeholderMap
from stakeholders.operations.assessment import NotYoursToRateError, assess
from stakeholders.operations.stakeholder_map import (
    MapRefusedError,
    add_rater,
    change_map,
    close_round,
    open_round,
    put_on_map,
    set_ring,
    start_map,
    take_off_map,
)
from stakeholders.queries.assessment import rater_of
from stakeholders.queries.register import owners_to_choose
from stakeholders.queries.stakeholder import stakeholders_visible_to
from stakeholders.queries.stakeholder_map import EntryRow, maps_visible_to, picture_of, raters_of


class MapOut(serializers.ModelSerializer[StakeholderMap]):
    """A map."""

    class Meta:
        model = StakeholderMap
        fields = ["id", "title", "issue", "place", "is_archived", "created_at"]
        read_only_fields = fields


class MapIn(serializers.Serializer[Any]):
    """A map to begin or change."""

    title = CleanTextField(max_length=120)
    issue = CleanTextField(max_length=300)
    place = optional_text(120)
    is_archived = serializers.BooleanField(required=False)


class SaidOut(serializers.Serializer[Any]):
    """Why a rater scored as they did, and how sure they are; who it was is not told."""

    reason = serializers.CharField()
    confidence = serializers.ChoiceField(choices=Assessment.Confidence.choices)


class EntryOut(serializers.Serializer[Any]):
    """A stakeholder on a map, with what raters say together; a mean nobody scored is null."""

    id = serializers.UUIDField()
    stakeholder_id = serializers.UUIDField()
    name = serializers.CharField()
    ring = serializers.IntegerField(allow_null=True)
    raters = serializers.IntegerField(source="standing.raters")
    means = serializers.DictField(child=serializers.DecimalField(max_digits=4, decimal_places=2, allow_null=True))
    differ = serializers.ListField(child=serializers.CharField())
    quadrant = serializers.CharField(allow_null=True)
    advice = serializers.CharField()
    salience = serializers.CharField()
    moved = serializers.CharField()
    current_engagement = serializers.DecimalField(max_digits=4, decimal_places=2, allow_null=True)
    desired_engagement = serializers.DecimalField(max_digits=4, decimal_places=2, allow_null=True)
    said = SaidOut(many=True)
    promise = PromiseOut(allow_null=True)

    def to_representation(self, instance: EntryRow) -> dict[str, Any]:
        """The row with means to two digits."""
        standing = instance.standing
        return {
            "id": str(instance.id),
            "stakeholder_id": str(instance.stakeholder_id),
            "name": instance.name,
            "ring": instance.ring,
            "raters": standing.raters,
            "means": {name: _two_digits(mean) for name, mean in standing.means.items()},
            "differ": standing.differ,
            "quadrant": standing.quadrant.value if standing.quadrant else None,
            "advice": instance.advice,
            "salience": instance.salience,
            "moved": instance.moved,
            "current_engagement": _two_digits(standing.current_engagement),
            "desired_engagement": _two_digits(standing.desired_engagement),
            "said": SaidOut(instance.said, many=True).data,
            "promise": PromiseOut(instance.promise).data if instance.promise else None,
        }


def _two_digits(mean: Decimal | None) -> str | None:
    return None if mean is None else f"{mean:.2f}"


class PictureOut(serializers.Serializer[Any]):
    """A whole map: everybody on it, and what is missing in sentences with the next steps."""

    map = MapOut()
    entries = EntryOut(many=True)
    gaps = MapGapOut(many=True)
    is_due = serializers.BooleanField(help_text="Whether the next round should be opened: after half a year.")


class EntriesIn(serializers.Serializer[Any]):
    """Stakeholders to put on a map."""

    stakeholder_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)
    ring = serializers.ChoiceField(choices=MapEntry.Ring.choices, required=False, allow_null=True)


class RingIn(serializers.Serializer[Any]):
    """How close a stakeholder is to the issue; null for not said."""

    ring = serializers.ChoiceField(choices=MapEntry.Ring.choices, allow_null=True)


class RoundIn(serializers.Serializer[Any]):
    """Close the open round or open the next."""

    to = serializers.ChoiceField(choices=[("open", "open"), ("closed", "closed")])


class RaterIn(serializers.Serializer[Any]):
    """Somebody of the space to ask; people without an account are asked on the page, which mails their link."""

    user_id = serializers.UUIDField()


class RaterOut(serializers.Serializer[Any]):
    """Somebody who rates, with how many of the open round they have done."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    by_link = serializers.BooleanField()
    done = serializers.IntegerField()


def _score() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True)


class AssessmentIn(serializers.Serializer[Any]):
    """One's own scores of a stakeholder, 1 to 5; ``may_be_read`` confirms words about a person (R-S7)."""

    power = _score()
    interest = _score()
    legitimacy = _score()
    urgency = _score()
    attitude = _score()
    current_engagement = serializers.ChoiceField(choices=Assessment.Engagement.choices, required=False, allow_null=True)
    desired_engagement = serializers.ChoiceField(choices=Assessment.Engagement.choices, required=False, allow_null=True)
    reason = optional_text(600, multiline=True)
    confidence = serializers.ChoiceField(choices=Assessment.Confidence.choices, required=False)
    may_be_read = serializers.BooleanField(required=False)


class AssessmentOut(serializers.ModelSerializer[Assessment]):
    """What one said."""

    class Meta:
        model = Assessment
        fields = [
            "id", "entry_id", "rated_on", "power", "interest", "legitimacy", "urgency", "attitude",
            "current_engagement", "desired_engagement", "reason", "confidence",
        ]  # fmt: skip
        read_only_fields = fields


class MapView(SpaceAPIView):
    """The map in the address."""

    reading: ClassVar[Permission | None] = Permission.ASSESS_STAKEHOLDERS
    writing: ClassVar[Permission | None] = Permission.ASSESS_STAKEHOLDERS
    serializer_class: Any = MapOut

    def found(self) -> StakeholderMap:
        """The map; 404 out of sight."""
        return get_object_or_404(maps_visible_to(self.viewer), pk=self.kwargs["map_id"])

    def entry(self) -> MapEntry:
        """The stakeholder on it; 404 out of sight."""
        return get_object_or_404(MapEntry, map=self.found(), pk=self.kwargs["map_entry_id"])


class MapList(MapView):
    """The maps of the space."""

    @extend_schema(responses=MapOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        found = self.paginate_queryset(maps_visible_to(self.viewer))
        return self.get_paginated_response(MapOut(found, many=True).data)

    @extend_schema(request=MapIn, responses={201: MapOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin a map; its first round is open and you are its first rater."""
        wanted = MapIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = {name: value for name, value in wanted.validated_data.items() if name != "is_archived"}
        return Response(MapOut(start_map(by=self.person, **facts)).data, status=status.HTTP_201_CREATED)


class MapDetail(MapView):
    """One map."""

    serializer_class = PictureOut

    @extend_schema(responses=PictureOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Everybody on it with what raters say together, and what is missing."""
        found = self.found()
        return Response(_picture(self, found))

    @extend_schema(request=MapIn, responses=MapOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change its words, or put it away."""
        found = self.found()
        wanted = MapIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        return Response(MapOut(change_map(found=found, by=self.person, **wanted.validated_data)).data)


def _picture(view: SpaceAPIView, found: StakeholderMap) -> Any:
    picture = picture_of(view.viewer, found, today=timezone.localdate())
    told = {"map": found, "entries": picture.entries, "gaps": picture.gaps, "is_due": picture.is_due}
    return PictureOut(told).data


class EntryList(MapView):
    """Putting stakeholders on a map."""

    reading = None

    @extend_schema(request=EntriesIn, responses=PictureOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Those of the list that you may see; 409 for more than two hundred."""
        found = self.found()
        wanted = EntriesIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        ids = wanted.validated_data["stakeholder_ids"]
        some = list(stakeholders_visible_to(self.viewer).filter(pk__in=ids))
        if len(some) != len(set(ids)):
            raise Http404
        try:
            put_on_map(found=found, stakeholders=some, by=self.person, ring=wanted.validated_data.get("ring"))
        except MapRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(_picture(self, found))


class EntryDetail(MapView):
    """One stakeholder on a map."""

    reading = None

    @extend_schema(request=RingIn, responses={204: None})
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Say how close it is to the issue."""
        entry = self.entry()
        wanted = RingIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        set_ring(entry=entry, by=self.person, **wanted.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it off, with what raters said of it there."""
        take_off_map(entry=self.entry(), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class EntryRate(MapView):
    """Saying what one thinks of a stakeholder."""

    reading = None
    serializer_class = AssessmentOut

    @extend_schema(request=AssessmentIn, responses=AssessmentOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Keep one's scores; 404 for who was not asked, 409 with no open round.

        400 without a reason for a 1 or a 5, and for wanting less than was promised publicly.
        """
        entry = self.entry()
        rater = rater_of(self.person, entry.map_id)
        if rater is None:
            raise Http404
        wanted = AssessmentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        scores = dict(wanted.validated_data)
        if not scores.pop("may_be_read", False) and scores.get("reason") and entry.stakeholder.kind == "person":
            raise serializers.ValidationError({"may_be_read": "Words about a person are kept when this is true."})
        try:
            assessment = assess(entry=entry, rater=rater, by=self.person, **scores)
        except NotYoursToRateError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(AssessmentOut(assessment).data)


class RoundMove(MapView):
    """Closing the open round and opening the next."""

    reading = None

    @extend_schema(request=RoundIn, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Move it; 409 with fewer than two raters or nobody who lives the issue (R-S4)."""
        found = self.found()
        wanted = RoundIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        move = open_round if wanted.validated_data["to"] == "open" else close_round
        try:
            move(found=found, by=self.person)
        except MapRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)


class RaterList(MapView):
    """Who rates a map."""

    serializer_class = RaterOut
    # Forty at most.
    pagination_class = None

    @extend_schema(responses=RaterOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All of them, in the order they were asked."""
        return Response(RaterOut(raters_of(self.found()), many=True).data)

    @extend_schema(request=RaterIn, responses=RaterOut(many=True))
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask somebody of the space; 404 for who does not keep the register, 409 for the forty-first."""
        found = self.found()
        wanted = RaterIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        user = get_object_or_404(owners_to_choose(), pk=wanted.validated_data["user_id"])
        try:
            add_rater(found=found, by=self.person, user=user)
        except MapRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(RaterOut(raters_of(found), many=True).data)
