"""What happened with a stakeholder in the API: its time with us, and the history of its record."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.permissions import ByMembership
from core.api.views import SpaceAPIView
from core.models import AuditEvent
from stakeholders.models import Stakeholder
from stakeholders.queries.stakeholder import event_in_words, events_of, stakeholders_visible_to, who_did
from stakeholders.timeline import KINDS, timeline_of


class TimelineItemOut(serializers.Serializer[Any]):
    """Something that happened; ``url`` leads to its page, where there is one."""

    on = serializers.DateField()
    kind = serializers.ChoiceField(choices=sorted(KINDS))
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class TimelineIn(serializers.Serializer[Any]):
    """What a timeline is narrowed to."""

    kind = serializers.ChoiceField(choices=sorted(KINDS), required=False)


class EventOut(serializers.ModelSerializer[AuditEvent]):
    """One act on a record: when, by whom, and in words; ``verb`` stays the same in every language."""

    who = serializers.SerializerMethodField()
    what = serializers.SerializerMethodField()

    class Meta:
        model = AuditEvent
        fields = ["id", "at", "verb", "who", "what"]
        read_only_fields = fields

    def get_who(self, event: AuditEvent) -> str:
        """The person, or the system."""
        return who_did(event)

    def get_what(self, event: AuditEvent) -> str:
        """The act in words."""
        return event_in_words(event)


class _OfStakeholder(SpaceAPIView):
    """Something of the stakeholder in the address."""

    def stakeholder(self) -> Stakeholder:
        """The stakeholder; 404 out of sight."""
        return get_object_or_404(stakeholders_visible_to(self.viewer), pk=self.kwargs["stakeholder_id"])


class StakeholderTimeline(_OfStakeholder):
    """A stakeholder's time with us, for everybody who sees it."""

    permission_classes = [ByMembership]
    serializer_class = TimelineItemOut

    @extend_schema(parameters=[TimelineIn], responses=TimelineItemOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of talks, partnerships, agreements, promises and contributions one may see, the latest first."""
        stakeholder = self.stakeholder()
        wanted = TimelineIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        kind = wanted.validated_data.get("kind")
        items = [item for item in timeline_of(self.viewer, stakeholder) if kind in {None, item.kind}]
        return self.get_paginated_response(TimelineItemOut(self.paginate_queryset(items), many=True).data)


class StakeholderHistory(_OfStakeholder):
    """The history of a stakeholder's record."""

    reading = Permission.READ_AUDIT
    serializer_class = EventOut

    @extend_schema(responses=EventOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of what one may read of it, the latest first."""
        found = self.paginate_queryset(events_of(self.viewer, self.stakeholder()))
        return self.get_paginated_response(EventOut(found, many=True).data)
