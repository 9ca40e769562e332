"""How long personal data is kept, in the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.operations.retention import change_retention
from core.queries.retention import DueClass, due_classes


class RetentionClassOut(serializers.Serializer[Any]):
    """A class of data and what the next run would take of it."""

    code = serializers.CharField(source="keeping.code")
    label = serializers.CharField(source="keeping.label")  # type: ignore[assignment]  # a field of that name
    clock = serializers.CharField(source="keeping.clock", help_text="From when days count.")
    effect = serializers.CharField(source="keeping.effect", help_text="What happens when they are over.")
    days = serializers.IntegerField()
    least_days = serializers.IntegerField(source="keeping.least_days")
    most_days = serializers.IntegerField(source="keeping.most_days")
    held = serializers.BooleanField(help_text="Nothing goes for now.")
    last_day = serializers.DateField(help_text="What began on or before this day goes.")
    due = serializers.IntegerField(source="count", help_text="How many would go on the next run.")


class RetentionOut(serializers.Serializer[Any]):
    """All classes."""

    classes = RetentionClassOut(many=True)


class RetentionIn(serializers.Serializer[Any]):
    """What to change: days by class, and the classes held for now."""

    days = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=100_000), required=False)
    holds = serializers.ListField(child=serializers.CharField(max_length=40), required=False)


class Retention(SpaceAPIView):
    """How long each class is kept, and what would go on the next run."""

    reading = Permission.ADMINISTER_SPACE
    writing = Permission.ADMINISTER_SPACE
    serializer_class = RetentionOut
    pagination_class = None

    @extend_schema(responses=RetentionOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Each class with its days and the number of rows the next run would take."""
        return _answer(due_classes(today=timezone.localdate()))

    @extend_schema(request=RetentionIn, responses=RetentionOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Keep classes longer or shorter, or hold them; 400 for what the law does not allow."""
        wanted = RetentionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        holds = wanted.validated_data.get("holds")
        found = due_classes(today=timezone.localdate())
        change_retention(
            days=wanted.validated_data.get("days", {}),
            holds=[one.keeping.code for one in found if one.held] if holds is None else holds,
            by=self.person,
        )
        return _answer(due_classes(today=timezone.localdate()))


def _answer(classes: list[DueClass]) -> Response:
    return Response(RetentionOut({"classes": classes}).data)
