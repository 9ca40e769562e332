"""Volunteers themselves in the API: their files, the register, and what worries somebody, for its lead alone."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from engagement.models import RegisterEntry, SafeguardingConcern, Volunteer, VolunteerOpportunity
from engagement.operations.safeguarding import close_concern, read_concern
from engagement.operations.volunteer import change_file
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.operations.volunteer_register import end_in_register, enter_in_register
from engagement.queries.volunteer import concerns_for, volunteer_register_of, volunteers_of, words_of_concern
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

_IDENTIFIED = _("Write the tax code, or place and date of birth.")


class VolunteerOut(serializers.ModelSerializer[Volunteer]):
    """Somebody who gives time; of a check only outcome and day (R-V2)."""

    state = serializers.ChoiceField(Volunteer.State.choices, read_only=True)
    check_outcome = serializers.ChoiceField(Volunteer.Outcome.choices, read_only=True, allow_blank=True)

    class Meta:
        model = Volunteer
        fields = [
            "id", "name", "email", "phone", "language", "is_minor", "guardian_name", "guardian_email",
            "guardian_consent_on", "check_outcome", "check_on", "trained_on", "agreed_on", "state", "left_on",
        ]  # fmt: skip
        read_only_fields = fields


class VolunteerFileIn(serializers.Serializer[Any]):
    """What of a file shall change; the rest stays."""

    check_outcome = serializers.ChoiceField(Volunteer.Outcome.choices, required=False, allow_blank=True)
    check_on = serializers.DateField(required=False, allow_null=True)
    trained_on = serializers.DateField(required=False, allow_null=True)
    agreed_on = serializers.DateField(required=False, allow_null=True)
    guardian_consent_on = serializers.DateField(required=False, allow_null=True)
    state = serializers.ChoiceField(
        [one for one in Volunteer.State.choices if one[0] != Volunteer.State.FORMER], required=False
    )


class RegisterEntryOut(serializers.ModelSerializer[RegisterEntry]):
    """A numbered line; never deleted (domain 12.6)."""

    class Meta:
        model = RegisterEntry
        fields = [
            "id", "host_id", "number", "volunteer_id", "name", "tax_code", "born", "residence", "is_occasional",
            "starts_on", "ends_on",
        ]  # fmt: skip
        read_only_fields = fields


class RegisterEntryIn(serializers.Serializer[Any]):
    """Somebody to enter: with a tax code, or place and date of birth. ``opportunity`` is the number of the work."""

    volunteer_id = serializers.UUIDField()
    opportunity = serializers.IntegerField(min_value=1, max_value=1_000_000)
    tax_code = CleanTextField(max_length=16, required=False, allow_blank=True)
    born = CleanTextField(max_length=120, required=False, allow_blank=True)
    residence = CleanTextField(max_length=200)
    is_occasional = serializers.BooleanField(default=False)
    starts_on = serializers.DateField()


class RegisterEndIn(serializers.Serializer[Any]):
    """The day somebody stopped."""

    ends_on = serializers.DateField()


class ConcernOut(serializers.ModelSerializer[SafeguardingConcern]):
    """That somebody worries about a person's safety."""

    class Meta:
        model = SafeguardingConcern
        fields = ["id", "code", "state", "raised_on", "closed_on"]
        read_only_fields = fields


class ConcernWordsOut(ConcernOut):
    """The same with its words."""

    words = serializers.SerializerMethodField()

    class Meta(ConcernOut.Meta):
        fields = [*ConcernOut.Meta.fields, "words"]
        read_only_fields = fields

    def get_words(self, concern: SafeguardingConcern) -> str:
        """What was written, unsealed for the lead."""
        return words_of_concern(concern)


class PeopleView(SpaceAPIView):
    """Volunteers of the partnership in the address, for whoever looks after them."""

    reading: ClassVar[Permission | None] = Permission.ANSWER_RESIDENTS
    writing: ClassVar[Permission | None] = Permission.ANSWER_RESIDENTS

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight, 403 for who does not look after its volunteers."""
        found = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.ANSWER_RESIDENTS, found.scope_id)
        return found

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)


class VolunteerList(PeopleView):
    """Everybody who gives time to a partnership."""

    serializer_class = VolunteerOut

    @extend_schema(responses=VolunteerOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, without those whose file was deleted."""
        found = self.paginate_queryset(volunteers_of(self.partnership()).exclude(name=""))
        return self.get_paginated_response(VolunteerOut(found, many=True).data)


class VolunteerDetail(PeopleView):
    """One file."""

    serializer_class = VolunteerOut

    def get(self, request: Request, volunteer_id: uuid.UUID, **kwargs: Any) -> Response:
        """What is known of somebody."""
        return Response(VolunteerOut(self._volunteer(volunteer_id)).data)

    @extend_schema(request=VolunteerFileIn, responses=VolunteerOut)
    def patch(self, request: Request, volunteer_id: uuid.UUID, **kwargs: Any) -> Response:
        """Write down training, agreement, or outcome and day of a check; 400 for one without the other."""
        volunteer = self._volunteer(volunteer_id)
        asked = self.asked(VolunteerFileIn)
        try:
            changed = change_file(volunteer=volunteer, by=self.person, **asked)
        except DjangoValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(VolunteerOut(changed).data)

    def _volunteer(self, key: uuid.UUID) -> Volunteer:
        found: Volunteer = get_object_or_404(Volunteer.objects.filter(partnership=self.partnership()), pk=key)
        return found


class RegisterList(PeopleView):
    """The register of volunteers that Italian law asks of hosts."""

    serializer_class = RegisterEntryOut

    @extend_schema(responses=RegisterEntryOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, in the order of its numbers."""
        found = self.paginate_queryset(volunteer_register_of(self.partnership()))
        return self.get_paginated_response(RegisterEntryOut(found, many=True).data)

    @extend_schema(request=RegisterEntryIn, responses={201: RegisterEntryOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Enter somebody under the next number; 409 where no register is kept, and for who is in it."""
        partnership, asked = self.partnership(), self.asked(RegisterEntryIn)
        volunteers = Volunteer.objects.filter(partnership=partnership)
        work = VolunteerOpportunity.objects.filter(partnership=partnership)
        volunteer = get_object_or_404(volunteers, pk=asked.pop("volunteer_id"))
        opportunity = get_object_or_404(work, number=asked.pop("opportunity"))
        if not asked.get("tax_code") and not asked.get("born"):
            raise serializers.ValidationError({"tax_code": [str(_IDENTIFIED)]})
        try:
            made = enter_in_register(volunteer=volunteer, opportunity=opportunity, by=self.person, **asked)
        except OpportunityRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except DjangoValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(RegisterEntryOut(made).data, status=status.HTTP_201_CREATED)


class RegisterEnd(PeopleView):
    """The end of a line."""

    reading = None
    serializer_class = RegisterEndIn

    @extend_schema(request=RegisterEndIn, responses=RegisterEntryOut)
    def post(self, request: Request, register_entry_id: uuid.UUID, **kwargs: Any) -> Response:
        """Write it beside the line, once: 409 the second time."""
        entry: RegisterEntry = get_object_or_404(volunteer_register_of(self.partnership()), pk=register_entry_id)
        asked = self.asked(RegisterEndIn)
        try:
            ended = end_in_register(entry=entry, by=self.person, **asked)
        except OpportunityRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except DjangoValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(RegisterEntryOut(ended).data)


class ConcernView(SpaceAPIView):
    """Worries the caller is the named lead of; for anybody else they do not exist (R-V5)."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    serializer_class: Any = ConcernOut

    def concern(self, key: uuid.UUID) -> SafeguardingConcern:
        """One of the caller's own; 404 for any other."""
        found: SafeguardingConcern = get_object_or_404(concerns_for(self.person), pk=key)
        return found


class ConcernList(ConcernView):
    """The caller's own."""

    writing = None

    @extend_schema(responses=ConcernOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, without their words."""
        found = self.paginate_queryset(concerns_for(self.person))
        return self.get_paginated_response(ConcernOut(found, many=True).data)


class ConcernDetail(ConcernView):
    """One of them."""

    writing = None
    serializer_class = ConcernWordsOut

    def get(self, request: Request, concern_id: uuid.UUID, **kwargs: Any) -> Response:
        """With its words."""
        return Response(ConcernWordsOut(self.concern(concern_id)).data)


class ConcernStep(ConcernView):
    """A step of the lead."""

    reading = None
    step: ClassVar[Any]

    @extend_schema(request=None, responses=ConcernOut)
    def post(self, request: Request, concern_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it; 409 once it is closed."""
        concern, step = self.concern(concern_id), type(self).step
        try:
            moved = step(concern=concern, by=self.person)
        except OpportunityRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ConcernOut(moved).data)


class ConcernRead(ConcernStep):
    """Looking into it."""

    step = staticmethod(read_concern)


class ConcernClose(ConcernStep):
    """Settling it."""

    step = staticmethod(close_concern)
