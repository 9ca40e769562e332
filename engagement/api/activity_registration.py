"""Who comes to an activity, in the API, for those who prepare it."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from engagement.api.activity import ActivityView
from engagement.models import ActivityRegistration
from engagement.operations.activity import ActivityRefusedError
from engagement.operations.activity_day import check_in, undo_check_in
from engagement.operations.activity_registration import RegistrationRefusedError, accept_place, cancel_registration
from engagement.queries.activity_registration import card_sheets, registrations_of
from engagement.rules.activity_day import shows_cards
from engagement.rules.waiting_list import MOST_PEOPLE


class RegistrationOut(serializers.ModelSerializer[ActivityRegistration]):
    """A registration as the API shows it; what somebody needs is there until the day after."""

    access_needs = serializers.SerializerMethodField()

    class Meta:
        model = ActivityRegistration
        fields = [
            "id", "position", "name", "email", "phone", "people", "language", "state", "offered_until", "people_came",
            "has_guardian", "access_needs",
        ]  # fmt: skip
        read_only_fields = fields

    def get_access_needs(self, registration: ActivityRegistration) -> str:
        """In the person's own words."""
        return " ".join(need.text for need in registration.needs.all())


class RegistrationPresenceIn(serializers.Serializer[Any]):
    """How many came in; null takes it back."""

    people = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE, allow_null=True)


class CardRowOut(serializers.Serializer[Any]):
    """A group in words."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    words = serializers.CharField()
    share = serializers.CharField()


class CardSheetOut(serializers.Serializer[Any]):
    """What the cards say along one dimension; nothing below twenty."""

    community = serializers.CharField()
    cards = serializers.IntegerField()
    finding = serializers.CharField()
    rows = CardRowOut(many=True)


class RegistrationView(ActivityView):
    """Registrations of the activity in the address."""

    reading: ClassVar[Permission | None] = Permission.ANSWER_RESIDENTS
    serializer_class = RegistrationOut
    pagination_class = None

    def registration(self, registration_id: uuid.UUID) -> ActivityRegistration:
        """The registration in the address; 404 for one of another activity."""
        rows = ActivityRegistration.objects.filter(activity=self.editable())
        found: ActivityRegistration = get_object_or_404(
            rows.select_related("activity__partnership"), pk=registration_id
        )
        return found

    @staticmethod
    def settled(act: Callable[[], ActivityRegistration]) -> Response:
        """What became of a registration; 409 with the reason."""
        try:
            found = act()
        except (RegistrationRefusedError, ActivityRefusedError) as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(RegistrationOut(found).data)


class RegistrationList(RegistrationView):
    """Everybody who registered and did not cancel."""

    @extend_schema(responses=RegistrationOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """In the order of arrival."""
        return Response(RegistrationOut(registrations_of(self.editable()), many=True).data)


class RegistrationAccept(RegistrationView):
    """Taking an offered place for somebody who was called."""

    reading = None

    @extend_schema(request=None, responses=RegistrationOut)
    def post(self, request: Request, registration_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it; 409 when none is offered."""
        registration = self.registration(registration_id)
        return self.settled(lambda: accept_place(registration=registration))


class RegistrationCancel(RegistrationView):
    """Taking somebody off the list."""

    reading = None

    @extend_schema(request=None, responses=RegistrationOut)
    def post(self, request: Request, registration_id: uuid.UUID, **kwargs: Any) -> Response:
        """Name and contact are deleted, the next is asked; 409 once it began."""
        registration = self.registration(registration_id)
        return self.settled(lambda: cancel_registration(registration=registration, by=self.person))


class RegistrationPresence(RegistrationView):
    """Who is in."""

    reading = None

    @extend_schema(request=RegistrationPresenceIn, responses=RegistrationOut)
    def put(self, request: Request, registration_id: uuid.UUID, **kwargs: Any) -> Response:
        """Check somebody in, or take it back; 409 outside the day."""
        registration = self.registration(registration_id)
        people = self.asked(RegistrationPresenceIn)["people"]
        if people is None:
            return self.settled(lambda: undo_check_in(registration=registration, by=self.person))
        return self.settled(lambda: check_in(registration=registration, people=people, by=self.person))


class ActivityCards(ActivityView):
    """What the cards without a name say."""

    reading = Permission.ANSWER_RESIDENTS
    serializer_class = CardSheetOut
    pagination_class = None

    @extend_schema(responses=CardSheetOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Beside the community; nothing while cards may still come in."""
        activity = self.editable()
        sheets = card_sheets(activity) if shows_cards(activity, now=timezone.now()) else []
        return Response(CardSheetOut(sheets, many=True).data)
