"""Shifts of volunteer work in the API."""

import uuid
from typing import Any

from django.core.validators import MinValueValidator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import CleanTextField
from engagement.api.volunteer import OpportunityView
from engagement.models import Shift
from engagement.operations.volunteer_opportunity import add_shifts, cancel_shift
from engagement.queries.volunteer import shifts_of
from engagement.rules.volunteer import MOST_WEEKS
from partnerships.rules.meeting import EARLIEST


class ShiftOut(serializers.ModelSerializer[Shift]):
    """A shift and how many hold a place on it."""

    taken = serializers.SerializerMethodField()

    class Meta:
        model = Shift
        fields = [
            "id", "starts_at", "ends_at", "place", "capacity_min", "capacity_max", "taken", "cancelled_reason",
        ]  # fmt: skip
        read_only_fields = fields

    def get_taken(self, shift: Shift) -> int:
        """Accepted, confirmed and present."""
        return int(getattr(shift, "taken", 0))


class ShiftIn(serializers.Serializer[Any]):
    """A shift to add."""

    starts_at = serializers.DateTimeField(validators=[MinValueValidator(EARLIEST)])
    ends_at = serializers.DateTimeField(validators=[MinValueValidator(EARLIEST)])
    place = CleanTextField(max_length=200, required=False, allow_blank=True)
    capacity_min = serializers.IntegerField(min_value=1, max_value=500, required=False)
    capacity_max = serializers.IntegerField(min_value=1, max_value=500, required=False)
    weeks = serializers.IntegerField(min_value=0, max_value=MOST_WEEKS, default=0)


class ShiftList(OpportunityView):
    """The shifts of an offer."""

    serializer_class = ShiftOut
    pagination_class = None

    @extend_schema(responses=ShiftOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The next first."""
        return Response(ShiftOut(shifts_of(self.opportunity()), many=True).data)

    @extend_schema(request=ShiftIn, responses={201: ShiftOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one, and the same on so many ``weeks`` after it; tells the first. 409 when uninsured (R-V1)."""
        opportunity, asked = self.editable(), self.asked(ShiftIn)
        shifts = self.done(lambda: add_shifts(opportunity=opportunity, by=self.person, **asked))
        return Response(ShiftOut(shifts[0]).data, status=status.HTTP_201_CREATED)


class ShiftCancelIn(serializers.Serializer[Any]):
    """Why a shift is called off: people planned to come."""

    reason = CleanTextField(max_length=300)


class ShiftCancel(OpportunityView):
    """Calling a shift off."""

    reading = None
    serializer_class = ShiftCancelIn

    @extend_schema(request=ShiftCancelIn, responses=ShiftOut)
    def post(self, request: Request, shift_id: uuid.UUID, **kwargs: Any) -> Response:
        """Everybody on it is mailed once; 404 for a shift of another offer."""
        opportunity, asked = self.editable(), self.asked(ShiftCancelIn)
        shift = get_object_or_404(shifts_of(opportunity), pk=shift_id)
        cancel_shift(shift=shift, by=self.person, **asked)
        return Response(ShiftOut(get_object_or_404(shifts_of(opportunity), pk=shift_id)).data)
