"""Stakeholders in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import add_stakeholder, change_stakeholder
from stakeholders.operations.stakeholder_status import StatusRefusedError, move_stakeholder
from stakeholders.queries.register import SORTS, owners_to_choose, stakeholder_list
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.register import BASIS, CONTACT, SEEN, Narrowing, NarrowingError, narrowing_from
from stakeholders.rules.stakeholder import VISIBILITIES, statuses_by_hand


class StakeholderOut(serializers.ModelSerializer[Stakeholder]):
    """A stakeholder as the API shows it."""

    class Meta:
        model = Stakeholder
        fields = [
            "id",
            "kind",
            "name",
            "aliases",
            "sector",
            "subtype",
            "tax_code",
            "vat_number",
            "place",
            "province",
            "region",
            "territories",
            "languages",
            "email",
            "phone",
            "website",
            "language",
            "description",
            "stakes",
            "interest_statement",
            "expected_benefit",
            "possible_loss",
            "limits",
            "status",
            "ask_again_on",
            "source",
            "lawful_basis",
            "relationship_owner_id",
            "do_not_contact",
            "visibility",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class StakeholderIn(serializers.Serializer[Any]):
    """What may be said of a stakeholder. A partner is made by a membership, so that state cannot be set here."""

    name = CleanTextField(max_length=200)
    aliases = optional_text(600, multiline=True)
    kind = serializers.ChoiceField(choices=Stakeholder.Kind.choices, required=False)
    sector = serializers.ChoiceField(choices=Stakeholder.Sector.choices, required=False)
    subtype = optional_text(80)
    tax_code = optional_text(40)
    vat_number = optional_text(40)
    place = optional_text(120)
    province = optional_text(60)
    region = optional_text(60)
    territories = serializers.ListField(child=CleanTextField(max_length=120), max_length=30, required=False)
    languages = serializers.ListField(
        child=serializers.RegexField(r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$", max_length=8), max_length=20, required=False
    )
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    phone = optional_text(40)
    website = serializers.URLField(max_length=200, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=["it", "en"], required=False, allow_blank=True)
    description = optional_text(4000, multiline=True)
    stakes = serializers.ListField(
        child=serializers.ChoiceField(choices=Stakeholder.Stake.choices), max_length=6, required=False
    )
    interest_statement = optional_text(1000, multiline=True)
    expected_benefit = optional_text(1000, multiline=True)
    possible_loss = optional_text(1000, multiline=True)
    limits = optional_text(1000, multiline=True)
    ask_again_on = serializers.DateField(required=False, allow_null=True)
    lawful_basis = serializers.ChoiceField(
        choices=[(value, label) for value, label in Stakeholder.LawfulBasis.choices if value],
        required=False, allow_blank=True,
    )  # fmt: skip
    relationship_owner_id = serializers.UUIDField(required=False, allow_null=True)
    status = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in statuses_by_hand()], required=False
    )
    source = optional_text(120)  # type: ignore[assignment]  # a fact of a stakeholder named so
    do_not_contact = serializers.BooleanField(required=False)
    visibility = serializers.ChoiceField(choices=[(level.value, level.label) for level in VISIBILITIES], required=False)


class StakeholderChangeIn(MeantIn, StakeholderIn):
    """What of a stakeholder shall change."""


class StatusIn(serializers.Serializer[Any]):
    """Where a stakeholder is moved to."""

    status = serializers.ChoiceField(choices=[(state.value, state.label) for state in statuses_by_hand()])
    ask_again_on = serializers.DateField(required=False, allow_null=True, default=None)


class NarrowingIn(serializers.Serializer[Any]):
    """What a list is narrowed and ordered by."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=200, help_text="Words, or their beginnings.")
    kind = serializers.ChoiceField(choices=Stakeholder.Kind.choices, required=False)
    sector = serializers.ChoiceField(choices=Stakeholder.Sector.choices, required=False)
    status = serializers.ChoiceField(choices=Stakeholder.Status.choices, required=False)
    stake = serializers.ChoiceField(choices=Stakeholder.Stake.choices, required=False)
    place = serializers.CharField(required=False, allow_blank=True, max_length=120, help_text="A town or a territory.")
    tag = serializers.UUIDField(required=False)
    owner = serializers.CharField(required=False, max_length=36, help_text="An id of a person, ``me`` or ``none``.")
    contact = serializers.ChoiceField(choices=CONTACT, required=False)
    basis = serializers.ChoiceField(choices=BASIS, required=False)
    seen = serializers.ChoiceField(choices=SEEN, required=False, help_text="The level of who may see it, 1 to 4.")
    sort = serializers.ChoiceField(choices=sorted(SORTS), default="name")

    def narrowing(self) -> Narrowing:
        """What was asked for; raises ValidationError."""
        asked = {name: str(value) for name, value in self.validated_data.items()}
        try:
            return narrowing_from(asked)
        except NarrowingError as error:
            raise ValidationError({str(error): ["?"]}) from error


class StakeholderList(SpaceAPIView):
    """The register as the caller may see it."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StakeholderOut

    def get_queryset(self) -> QuerySet[Stakeholder]:
        """Visible ones, narrowed and ordered by the address; 400 for what there is not."""
        wanted = NarrowingIn(data=self.request.query_params)
        wanted.is_valid(raise_exception=True)
        return stakeholder_list(self.viewer, wanted.narrowing(), sort=wanted.validated_data["sort"]).rows

    @extend_schema(parameters=[NarrowingIn], responses=StakeholderOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them; with words at most the first thousand by name."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(StakeholderOut(found, many=True).data)

    @extend_schema(request=StakeholderIn, responses={201: StakeholderOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one; 400 for a tax code that cannot be right or that another one has."""
        wanted = StakeholderIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        added = add_stakeholder(by=self.viewer.user, **_facts(wanted))
        return Response(StakeholderOut(added).data, status=status.HTTP_201_CREATED)


class StakeholderDetail(SpaceAPIView):
    """One stakeholder."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StakeholderOut

    def get(self, request: Request, stakeholder_id: uuid.UUID, **kwargs: Any) -> Response:
        """The stakeholder."""
        return Response(StakeholderOut(self._found(stakeholder_id)).data)

    @extend_schema(request=StakeholderIn, responses=StakeholderOut)
    def patch(self, request: Request, stakeholder_id: uuid.UUID, **kwargs: Any) -> Response:
        """Change what is named in the body; the rest stays."""
        found = self._found(stakeholder_id)
        wanted = StakeholderChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        changed = change_stakeholder(stakeholder=found, by=self.viewer.user, **_facts(wanted))
        return Response(StakeholderOut(changed).data)

    def _found(self, stakeholder_id: uuid.UUID) -> Stakeholder:
        return get_object_or_404(stakeholders_kept_by(self.viewer), pk=stakeholder_id)


class StakeholderMove(SpaceAPIView):
    """Where we are with a stakeholder."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StatusIn

    @extend_schema(request=StatusIn, responses=StakeholderOut)
    def post(self, request: Request, stakeholder_id: uuid.UUID, **kwargs: Any) -> Response:
        """Move it on; 409 for a state that does not follow or a day that has not come."""
        found = get_object_or_404(stakeholders_kept_by(self.viewer), pk=stakeholder_id)
        wanted = StatusIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = wanted.validated_data
        try:
            moved = move_stakeholder(
                stakeholder=found, to=facts["status"], ask_again_on=facts["ask_again_on"], by=self.person
            )
        except StatusRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(StakeholderOut(moved).data)


def _facts(wanted: StakeholderIn) -> dict[str, Any]:
    """What an operation takes; a person who does not keep the register is 404."""
    facts = dict(wanted.validated_data)
    if "relationship_owner_id" in facts:
        owner_id = facts.pop("relationship_owner_id")
        facts["relationship_owner"] = get_object_or_404(owners_to_choose(), pk=owner_id) if owner_id else None
    return facts
