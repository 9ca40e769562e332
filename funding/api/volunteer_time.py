"""Volunteers' time as a gift in kind, in the API."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from funding.api.source import NOT_HERE, CleanText, SourceOut
from funding.operations.volunteer_time import value_volunteer_time
from funding.queries.source import goals_to_fund
from funding.queries.volunteer_time import open_hours
from funding.rules.volunteer_time import MOST_RATE_CENTS
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at


class OpenHoursOut(serializers.Serializer[Any]):
    """Confirmed hours no gift holds yet."""

    hours = serializers.DecimalField(max_digits=9, decimal_places=2)
    people = serializers.IntegerField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class VolunteerTimeIn(serializers.Serializer[Any]):
    """Which hours, and what one is worth in cents; ``goal`` is the number of one."""

    since = serializers.DateField()
    until = serializers.DateField()
    rate_cents = serializers.IntegerField(min_value=1, max_value=MOST_RATE_CENTS)
    valued_by = CleanText(max_length=200)
    goal = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=32_767)


class VolunteerTime(SpaceAPIView):
    """The time volunteers give to a partnership."""

    reading = Permission.SEE_FUNDING
    writing = Permission.EDIT_FUNDING
    serializer_class = OpenHoursOut

    @extend_schema(responses=OpenHoursOut)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """How many confirmed hours are not valued yet."""
        partnership = self._partnership(slug, Permission.SEE_FUNDING)
        return Response(OpenHoursOut(open_hours(partnership)).data)

    @extend_schema(request=VolunteerTimeIn, responses={201: SourceOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Write those of a period down as a gift in kind; 400 where none are left, none counts twice."""
        partnership = self._partnership(slug, Permission.EDIT_FUNDING)
        form = VolunteerTimeIn(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = dict(form.validated_data)
        if (number := wanted.pop("goal", None)) is not None:
            wanted["goal"] = goals_to_fund(self.viewer, partnership).filter(number=number).first()
            if wanted["goal"] is None:
                raise serializers.ValidationError({"goal": NOT_HERE})
        try:
            source = value_volunteer_time(partnership=partnership, by=self.person, **wanted)
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(SourceOut(source).data, status=status.HTTP_201_CREATED)

    def _partnership(self, slug: str, permission: Permission) -> Partnership:
        found = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(permission, found.scope_id)
        return found
