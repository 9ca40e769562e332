"""Partnerships in the API."""

import uuid
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from core.web.forms import NOT_FOUND
from partnerships.kits.kit import ChosenKit
from partnerships.models import Partnership
from partnerships.operations.kit import start_partnership_from_kit
from partnerships.operations.partnership import TransitionRefusedError, change_partnership, move_partnership
from partnerships.queries.kit import available_kits
from partnerships.queries.partnership import coordinating_people, partnership_list
from partnerships.queries.partnership_review import next_review_of
from partnerships.queries.severity import rule_lines
from partnerships.rules.severity import Severity


class PartnershipOut(serializers.ModelSerializer[Partnership]):
    """A partnership as the API shows it."""

    member_count = serializers.IntegerField(read_only=True)
    agreement_expired = serializers.BooleanField(
        source="has_lapsed", read_only=True, help_text="Whether the agreements that were in force have all expired."
    )
    review_due_on = serializers.SerializerMethodField()

    class Meta:
        model = Partnership
        fields = [
            "id",
            "slug",
            "name",
            "purpose",
            "territory",
            "state",
            "mode",
            "why_partnership",
            "coordinator",
            "deputy",
            "rhythm",
            "template_code",
            "template_version",
            "starts_on",
            "ends_on",
            "visibility",
            "withdrawn_on",
            "member_count",
            "agreement_expired",
            "review_due_on",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_review_due_on(self, partnership: Partnership) -> date | None:
        """When an active partnership is to be reviewed together: once a year."""
        return next_review_of(partnership)


class MoveIn(serializers.Serializer[Any]):
    """Where a partnership shall go, and why, when a condition is not met."""

    to = serializers.ChoiceField(choices=Partnership.State.choices)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class PartnershipIn(serializers.Serializer[Any]):
    """What may be said of a partnership."""

    name = CleanTextField(max_length=120)
    purpose = CleanTextField(max_length=300, required=False, allow_blank=True)
    territory = CleanTextField(max_length=120, required=False, allow_blank=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)


class PartnershipNewIn(PartnershipIn):
    """A partnership to start, from a kit or (an empty code) from scratch."""

    kit = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")
    mode = serializers.ChoiceField(
        choices=Partnership.Mode.choices, required=False, help_text="Light, unless a kit of the space says otherwise."
    )

    def validate_kit(self, code: str) -> ChosenKit:
        """The kit; refused when there is none of that code."""
        kit = next((kit for kit in available_kits() if kit.code == code), None)
        if kit is None:
            raise serializers.ValidationError(_("There is no such kit."))
        return kit


class PartnershipChangeIn(MeantIn, PartnershipIn):
    """What of a partnership shall change; the rest stays."""

    why_partnership = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    rhythm = serializers.ChoiceField(choices=Partnership.Rhythm.choices, required=False, allow_blank=True)
    mode = serializers.ChoiceField(choices=Partnership.Mode.choices, required=False)
    visibility = serializers.ChoiceField(
        choices=[(level.value, level.label) for level in Visibility if level != Visibility.SEALED], required=False
    )
    coordinator = serializers.UUIDField(
        required=False, allow_null=True, help_text="The account that leads it: one that coordinates here."
    )
    deputy = serializers.UUIDField(required=False, allow_null=True, help_text="The account that stands in.")


class RuleOut(serializers.Serializer[Any]):
    """A rule in words and what it does in each mode: ``blocks`` or ``warns``."""

    code = serializers.CharField()
    words = serializers.CharField(source="label")
    light = serializers.ChoiceField(choices=[one.value for one in Severity], source="hardness.light")
    full = serializers.ChoiceField(choices=[one.value for one in Severity], source="hardness.full")


class RuleList(SpaceAPIView):
    """What stops a light and a full partnership, and what is only told."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = RuleOut

    @extend_schema(responses=RuleOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of rules: the gates in the order of a partnership's life, then those of working together."""
        found = self.paginate_queryset(rule_lines())
        return self.get_paginated_response(RuleOut(found, many=True).data)


class PartnershipList(SpaceAPIView):
    """The partnerships the caller may see."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.CREATE_PARTNERSHIPS
    serializer_class = PartnershipOut

    def get_queryset(self) -> QuerySet[Partnership]:
        """Visible ones, by name."""
        return partnership_list(self.viewer)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(PartnershipOut(found, many=True).data)

    @extend_schema(request=PartnershipNewIn, responses={201: PartnershipOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Start one; 400 for a kit there is none of or an end before the start."""
        wanted = PartnershipNewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        made = start_partnership_from_kit(by=self.viewer.user, **wanted.validated_data)
        return Response(
            PartnershipOut(partnership_list(self.viewer).get(pk=made.pk)).data, status=status.HTTP_201_CREATED
        )


class PartnershipDetail(SpaceAPIView):
    """One partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = PartnershipOut

    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """The partnership."""
        return Response(PartnershipOut(get_object_or_404(partnership_list(self.viewer), slug=slug)).data)

    @extend_schema(request=PartnershipChangeIn, responses=PartnershipOut)
    def patch(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Change what is named in the body; the rest stays."""
        partnership = get_object_or_404(partnership_list(self.viewer), slug=slug)
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        wanted = PartnershipChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        fields = wanted.validated_data | _people_named(partnership, wanted.validated_data)
        changed = change_partnership(partnership=partnership, by=cast("User", request.user), **fields)
        return Response(PartnershipOut(partnership_list(self.viewer).get(pk=changed.pk)).data)


def _people_named(partnership: Partnership, wanted: dict[str, Any]) -> dict[str, User | None]:
    """Who shall lead and stand in; 400 for somebody who does not coordinate here."""
    named: dict[str, uuid.UUID | None] = {name: wanted[name] for name in ("coordinator", "deputy") if name in wanted}
    able = {
        person.pk: person for person in coordinating_people(partnership).filter(pk__in=filter(None, named.values()))
    }
    if wrong := {name: [str(NOT_FOUND)] for name, key in named.items() if key and key not in able}:
        raise serializers.ValidationError(wrong)
    return {name: able[key] if key else None for name, key in named.items()}


class PartnershipMove(SpaceAPIView):
    """Moving a partnership through its life."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = MoveIn

    @extend_schema(request=MoveIn, responses=PartnershipOut)
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Move; 409 when a gate is closed and no reason was given."""
        partnership = get_object_or_404(partnership_list(self.viewer), slug=slug)
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        wanted = MoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            move_partnership(partnership=partnership, by=cast("User", request.user), **wanted.validated_data)
        except TransitionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(PartnershipOut(partnership_list(self.viewer).get(pk=partnership.pk)).data)
