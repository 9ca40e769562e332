"""Volunteer work in the API, for those who offer it."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.translation import gettext as _
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
from engagement.models import HoursEntry, VolunteerOpportunity, VolunteerSignup
from engagement.operations.hours import confirm_hours, query_hours, reject_hours
from engagement.operations.volunteer import (
    accept_signup,
    cancel_signup,
    check_in_volunteer,
    decline_signup,
    settle_signup,
)
from engagement.operations.volunteer_opportunity import (
    OpportunityRefusedError,
    archive_work,
    change_work,
    close_work,
    offer_work,
    pause_work,
    publish_work,
)
from engagement.queries.volunteer import hours_to_settle, opportunity_list, signups_of
from engagement.rules.volunteer import ADULT
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership
from partnerships.queries.meeting import speakers_of
from partnerships.queries.member import active_members
from partnerships.queries.partnership import coordinating_people, partnership_at

MOST_COUNTED = 10_000


class OpportunityOut(serializers.ModelSerializer[VolunteerOpportunity]):
    """An offer as the API shows it; ``goal`` is the number of one."""

    goal = serializers.SerializerMethodField()

    class Meta:
        model = VolunteerOpportunity
        fields = [
            "id", "number", "title", "purpose", "goal", "host_id", "supervisor_id", "safeguarding_lead_id", "tasks",
            "skills", "min_age", "place", "accessibility", "time_needed", "capacity", "is_insured", "insured_until",
            "check_policy", "needs_training", "needs_agreement", "contact_with_people_at_risk", "minor_hours_a_day",
            "risk_notes", "refunds_policy", "benefits", "keeps_register", "state",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goal(self, opportunity: VolunteerOpportunity) -> int | None:
        """The number of the goal it serves."""
        return opportunity.goal.number if opportunity.goal else None


class OpportunityChangeIn(serializers.Serializer[Any]):
    """What of an offer shall change; the rest stays. Host is a member, supervisor somebody who speaks for one."""

    title = CleanTextField(max_length=120, required=False)
    purpose = CleanTextField(max_length=300, required=False)
    goal = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, allow_null=True)
    host_id = serializers.UUIDField(required=False)
    supervisor_id = serializers.UUIDField(required=False)
    safeguarding_lead_id = serializers.UUIDField(required=False, allow_null=True)
    tasks = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    skills = CleanTextField(max_length=300, required=False, allow_blank=True)
    min_age = serializers.IntegerField(min_value=14, max_value=ADULT, required=False)
    place = CleanTextField(max_length=200, required=False, allow_blank=True)
    accessibility = CleanTextField(max_length=300, required=False, allow_blank=True)
    time_needed = CleanTextField(max_length=200, required=False, allow_blank=True)
    capacity = serializers.IntegerField(min_value=1, max_value=MOST_COUNTED, required=False, allow_null=True)
    is_insured = serializers.BooleanField(required=False)
    insured_until = serializers.DateField(required=False, allow_null=True)
    check_policy = serializers.ChoiceField(choices=VolunteerOpportunity.CheckPolicy.choices, required=False)
    needs_training = serializers.BooleanField(required=False)
    needs_agreement = serializers.BooleanField(required=False)
    contact_with_people_at_risk = serializers.ChoiceField(choices=VolunteerOpportunity.Contact.choices, required=False)
    minor_hours_a_day = serializers.IntegerField(min_value=1, max_value=8, required=False)
    risk_notes = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    refunds_policy = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    benefits = CleanTextField(max_length=300, required=False, allow_blank=True)
    keeps_register = serializers.BooleanField(required=False)


class OpportunityIn(OpportunityChangeIn):
    """Work to offer; a draft nobody else reads."""

    title = CleanTextField(max_length=120)
    purpose = CleanTextField(max_length=300)
    host_id = serializers.UUIDField()
    supervisor_id = serializers.UUIDField()


class SignupOut(serializers.ModelSerializer[VolunteerSignup]):
    """Somebody on the roster."""

    name = serializers.CharField(source="volunteer.name")
    email = serializers.CharField(source="volunteer.email")
    phone = serializers.CharField(source="volunteer.phone")
    is_minor = serializers.BooleanField(source="volunteer.is_minor")

    class Meta:
        model = VolunteerSignup
        fields = ["id", "shift_id", "volunteer_id", "name", "email", "phone", "is_minor", "position", "state"]
        read_only_fields = fields


class SignupPresenceIn(serializers.Serializer[Any]):
    """Here now, was there, or did not come."""

    presence = serializers.ChoiceField(choices=["checked_in", "attended", "no_show"])


class HoursOut(serializers.ModelSerializer[HoursEntry]):
    """Hours of a volunteer."""

    class Meta:
        model = HoursEntry
        fields = [
            "id", "volunteer_id", "shift_id", "on", "begins", "hours", "source", "state", "question", "note",
            "settled_on",
        ]  # fmt: skip
        read_only_fields = fields


class HoursQueryIn(serializers.Serializer[Any]):
    """What the host wants to know."""

    note = CleanTextField(max_length=300)


class OpportunityView(SpaceAPIView):
    """Volunteer work of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.ANSWER_RESIDENTS
    serializer_class: Any = OpportunityOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def opportunity(self) -> VolunteerOpportunity:
        """The offer in the address; 404 out of sight."""
        rows = opportunity_list(self.viewer, self.partnership())
        found: VolunteerOpportunity = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def editable(self) -> VolunteerOpportunity:
        """The offer, which the caller prepares; 403 for who only reads."""
        found = self.opportunity()
        self.require(Permission.ANSWER_RESIDENTS, found.partnership.scope_id)
        return found

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)

    def fields_of(self, serializer: type[serializers.Serializer[Any]], partnership: Partnership) -> dict[str, Any]:
        """An offer's fields with the records themselves; 400 for one that is not to be had here."""
        asked = self.asked(serializer)
        speakers = {one.person_id: one.person for one in speakers_of(partnership)}
        finders: dict[str, Callable[[Any], Any]] = {
            "goal": lambda key: goals_visible_to(self.viewer).filter(partnership=partnership, number=key).first(),
            "host_id": lambda key: active_members(partnership).filter(pk=key).first(),
            "supervisor_id": speakers.get,
            "safeguarding_lead_id": lambda key: coordinating_people(partnership).filter(pk=key).first(),
        }
        for name, find in finders.items():
            if name not in asked:
                continue
            key = asked.pop(name)
            found = None if key is None else find(key)
            if key is not None and found is None:
                raise serializers.ValidationError({name: [_("This is not in the list any more. Choose another one.")]})
            asked[name.removesuffix("_id")] = found
        return asked

    @staticmethod
    def done[Made](act: Callable[[], Made]) -> Made:
        """What a step makes; 409 with the reason where state or rules do not allow it."""
        try:
            return act()
        except OpportunityRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal


class OpportunityList(OpportunityView):
    """What volunteers can do in a partnership."""

    @extend_schema(responses=OpportunityOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        rows = opportunity_list(self.viewer, self.partnership())
        return self.get_paginated_response(OpportunityOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=OpportunityIn, responses={201: OpportunityOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Offer work, as a draft."""
        partnership = self.partnership()
        self.require(Permission.ANSWER_RESIDENTS, partnership.scope_id)
        fields = self.fields_of(OpportunityIn, partnership)
        made = offer_work(partnership=partnership, by=self.person, **fields)
        return Response(OpportunityOut(made).data, status=status.HTTP_201_CREATED)


class OpportunityDetail(OpportunityView):
    """One offer."""

    @extend_schema(responses=OpportunityOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The offer."""
        return Response(OpportunityOut(self.opportunity()).data)

    @extend_schema(request=OpportunityChangeIn, responses=OpportunityOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; 409 once it is over, and when it would lose its insurance."""
        opportunity = self.editable()
        fields = self.fields_of(OpportunityChangeIn, opportunity.partnership)
        changed = self.done(lambda: change_work(opportunity=opportunity, by=self.person, **fields))
        return Response(OpportunityOut(changed).data)


class OpportunityStep(OpportunityView):
    """A step of an offer."""

    reading = None
    step: ClassVar[Callable[..., VolunteerOpportunity]]

    @extend_schema(request=None, responses=OpportunityOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take it; 409 with the reason that stops it."""
        opportunity, step = self.editable(), type(self).step
        return Response(OpportunityOut(self.done(lambda: step(opportunity=opportunity, by=self.person))).data)


class OpportunityPublish(OpportunityStep):
    """Letting everybody sign up."""

    step = staticmethod(publish_work)


class OpportunityPause(OpportunityStep):
    """Taking no more names for now."""

    step = staticmethod(pause_work)


class OpportunityClose(OpportunityStep):
    """Ending it."""

    step = staticmethod(close_work)


class OpportunityArchive(OpportunityStep):
    """Putting it away."""

    step = staticmethod(archive_work)


class SignupView(OpportunityView):
    """The roster of the offer in the address."""

    reading = None
    serializer_class = SignupOut

    def settled(self, signup_id: uuid.UUID, act: Callable[[VolunteerSignup], VolunteerSignup]) -> Response:
        """What became of somebody on the roster; 404 for one of another offer, 409 with the reason."""
        rows = VolunteerSignup.objects.filter(shift__opportunity=self.editable())
        signup: VolunteerSignup = get_object_or_404(rows, pk=signup_id)
        return Response(SignupOut(self.done(lambda: act(signup))).data)


class Roster(OpportunityView):
    """Who comes when."""

    reading = Permission.ANSWER_RESIDENTS
    serializer_class = SignupOut
    pagination_class = None

    @extend_schema(responses=SignupOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """By shift and arrival."""
        return Response(SignupOut(signups_of(self.editable()), many=True).data)


class SignupAccept(SignupView):
    """Taking somebody on."""

    @extend_schema(request=None, responses=SignupOut)
    def post(self, request: Request, signup_id: uuid.UUID, **kwargs: Any) -> Response:
        """Onto the shift, or its waiting list; 409 for what protects people (R-V1, R-V3)."""
        return self.settled(signup_id, lambda one: accept_signup(signup=one, by=self.person))


class SignupDecline(SignupView):
    """Saying no."""

    @extend_schema(request=None, responses=SignupOut)
    def post(self, request: Request, signup_id: uuid.UUID, **kwargs: Any) -> Response:
        """With thanks; 409 once answered."""
        return self.settled(signup_id, lambda one: decline_signup(signup=one, by=self.person))


class SignupCancel(SignupView):
    """Taking somebody off."""

    @extend_schema(request=None, responses=SignupOut)
    def post(self, request: Request, signup_id: uuid.UUID, **kwargs: Any) -> Response:
        """The first who waits has the place; 409 once they were there."""
        return self.settled(signup_id, lambda one: cancel_signup(signup=one, by=self.person))


class SignupPresence(SignupView):
    """Who is here."""

    @extend_schema(request=SignupPresenceIn, responses=SignupOut)
    def put(self, request: Request, signup_id: uuid.UUID, **kwargs: Any) -> Response:
        """Write it down; 409 without checks, or in a team that protects nobody (R-V1, R-V3, R-V4)."""
        presence = self.asked(SignupPresenceIn)["presence"]
        if presence == "checked_in":
            return self.settled(signup_id, lambda one: check_in_volunteer(signup=one, by=self.person))
        was_there = presence == "attended"
        return self.settled(signup_id, lambda one: settle_signup(signup=one, was_there=was_there, by=self.person))


class HoursList(OpportunityView):
    """Hours that wait for an answer."""

    reading = Permission.ANSWER_RESIDENTS
    serializer_class = HoursOut
    pagination_class = None

    @extend_schema(responses=HoursOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The oldest first."""
        return Response(HoursOut(hours_to_settle(self.editable()), many=True).data)


class HoursView(OpportunityView):
    """Hours of the offer in the address."""

    reading = None
    serializer_class = HoursOut

    def settled(self, hours_entry_id: uuid.UUID, act: Callable[[HoursEntry], HoursEntry]) -> Response:
        """What became of hours; 404 for those of another offer, 409 once answered."""
        rows = HoursEntry.objects.filter(opportunity=self.editable())
        entry: HoursEntry = get_object_or_404(rows, pk=hours_entry_id)
        return Response(HoursOut(self.done(lambda: act(entry))).data)


class HoursConfirm(HoursView):
    """Hours that are right."""

    @extend_schema(request=None, responses=HoursOut)
    def post(self, request: Request, hours_entry_id: uuid.UUID, **kwargs: Any) -> Response:
        """Confirm them."""
        return self.settled(hours_entry_id, lambda one: confirm_hours(entry=one, by=self.person))


class HoursQuery(HoursView):
    """Hours that raise a question."""

    @extend_schema(request=HoursQueryIn, responses=HoursOut)
    def post(self, request: Request, hours_entry_id: uuid.UUID, **kwargs: Any) -> Response:
        """Mail it to the volunteer."""
        note = self.asked(HoursQueryIn)["note"]
        return self.settled(hours_entry_id, lambda one: query_hours(entry=one, note=note, by=self.person))


class HoursReject(HoursView):
    """Hours that do not count."""

    @extend_schema(request=None, responses=HoursOut)
    def post(self, request: Request, hours_entry_id: uuid.UUID, **kwargs: Any) -> Response:
        """Leave them out."""
        return self.settled(hours_entry_id, lambda one: reject_hours(entry=one, by=self.person))
