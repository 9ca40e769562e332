"""What stakeholders can bring, in the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.forms.asset import WishForm
from stakeholders.models import Asset, Stakeholder
from stakeholders.operations.asset import AssetInUseError, add_asset, change_asset, remove_asset, verify_asset
from stakeholders.queries.asset import assets_of, assets_visible_to, who_can_bring
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.stakeholder import VISIBILITIES


class AssetOut(serializers.ModelSerializer[Asset]):
    """Something a stakeholder can bring."""

    class Meta:
        model = Asset
        fields = [
            "id", "owner_id", "kind", "title", "description", "place", "conditions", "offered", "free_from",
            "free_until", "verified_on", "visibility",
        ]  # fmt: skip
        read_only_fields = fields


class AssetIn(serializers.Serializer[Any]):
    """Something to write down."""

    kind = serializers.ChoiceField(choices=Asset.Kind.choices)
    title = CleanTextField(max_length=120)
    description = optional_text(1000, multiline=True)
    place = optional_text(120)
    conditions = optional_text(300)
    offered = serializers.ChoiceField(choices=Asset.Offered.choices, required=False)
    free_from = serializers.DateField(required=False, allow_null=True)
    free_until = serializers.DateField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=[(one.value, one.label) for one in VISIBILITIES], required=False)


class AssetChangeIn(MeantIn, AssetIn):
    """What of it shall change."""


class ReasonOut(serializers.Serializer[Any]):
    """Why an offer fits or does not."""

    text = serializers.CharField()
    tone = serializers.CharField()


class FoundAssetOut(serializers.Serializer[Any]):
    """Something found for a wish, with why it fits."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    owner = serializers.CharField()
    owner_id = serializers.UUIDField()
    place = serializers.CharField()
    reasons = ReasonOut(many=True)


class AnswerOut(serializers.Serializer[Any]):
    """What was found, the best fit first."""

    results = FoundAssetOut(many=True, source="rows")
    is_cut = serializers.BooleanField()


class AssetSearch(SpaceAPIView):
    """Who can bring what is looked for, of what the caller may know."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = AnswerOut

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words its name or description holds."),
            OpenApiParameter("kind", str, enum=Asset.Kind.values),
            OpenApiParameter("place", str, description="Near this place."),
            OpenApiParameter("starts_on", str, description="First day it is needed (YYYY-MM-DD)."),
            OpenApiParameter("ends_on", str, description="Last day it is needed (YYYY-MM-DD)."),
        ],
        responses=AnswerOut,
    )
    def get(self, request: Request, **kwargs: Any) -> Response:
        """At most fifty, the best fit first, with reasons; 400 for a wish that cannot be read."""
        wanted = WishForm(request.query_params)
        if not wanted.is_valid():
            raise serializers.ValidationError(
                {name: [str(one) for one in errors] for name, errors in wanted.errors.items()}
            )
        return Response(AnswerOut(who_can_bring(self.viewer, wanted.wish(), today=timezone.localdate())).data)


class AssetList(SpaceAPIView):
    """What one stakeholder can bring."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = AssetOut

    @extend_schema(responses=AssetOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, by kind."""
        found = self.paginate_queryset(assets_of(self.viewer, self._stakeholder()))
        return self.get_paginated_response(AssetOut(found, many=True).data)

    @extend_schema(request=AssetIn, responses={201: AssetOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write something down; 400 for days in the wrong order and for the 201st."""
        stakeholder = self._stakeholder()
        wanted = AssetIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asset = add_asset(owner=stakeholder, by=self.person, **wanted.validated_data)
        return Response(AssetOut(asset).data, status=status.HTTP_201_CREATED)

    def _stakeholder(self) -> Stakeholder:
        return get_object_or_404(stakeholders_kept_by(self.viewer), pk=self.kwargs["stakeholder_id"])


class AssetDetail(SpaceAPIView):
    """One thing."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = AssetOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """What is known of it."""
        return Response(AssetOut(self._found()).data)

    @extend_schema(request=AssetIn, responses=AssetOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change what is known of it."""
        found = self._found()
        wanted = AssetChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        return Response(AssetOut(change_asset(asset=found, by=self.person, **wanted.validated_data)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out; 409 while a partnership counts on it."""
        try:
            remove_asset(asset=self._found(), by=self.person)
        except AssetInUseError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self) -> Asset:
        return get_object_or_404(
            assets_visible_to(self.viewer), owner=self.kwargs["stakeholder_id"], pk=self.kwargs["asset_id"]
        )


class AssetVerify(SpaceAPIView):
    """Asked today, and still so."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = AssetOut

    @extend_schema(request=None, responses=AssetOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Note it as checked today."""
        rows = assets_visible_to(self.viewer).filter(owner=self.kwargs["stakeholder_id"])
        return Response(
            AssetOut(verify_asset(asset=get_object_or_404(rows, pk=self.kwargs["asset_id"]), by=self.person)).data
        )
