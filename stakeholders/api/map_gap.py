"""What maps are missing, in the API."""

from typing import Any

from rest_framework import serializers

from stakeholders.rules.map_gap import GapKind


class MapGapStepOut(serializers.Serializer[Any]):
    """Something to do, and the page it is done on."""

    label = serializers.CharField()  # type: ignore[assignment]  # a fact named so
    url = serializers.CharField()


class MapGapOut(serializers.Serializer[Any]):
    """One thing that is missing, in a sentence, with its next steps."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in GapKind])
    text = serializers.CharField()
    steps = MapGapStepOut(many=True)


class PromiseOut(serializers.Serializer[Any]):
    """What was promised publicly: less than its level may not be wanted."""

    level = serializers.IntegerField()
    words = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
