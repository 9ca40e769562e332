"""What the caller's own organisation can bring, in the API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.api.asset import AssetIn, AssetOut
from stakeholders.api.profile import OwnView, refused
from stakeholders.models import Asset
from stakeholders.operations.profile import change_offer, offer_asset
from stakeholders.queries.profile import own_assets
from stakeholders.rules.profile import ASSET


class OwnAssetIn(AssetIn):
    """Something the organisation can bring; who may know of it the coordination says."""

    offered = serializers.ChoiceField(
        choices=[(one.value, one.label) for one in Asset.Offered if one != Asset.Offered.NOT_ASKED], required=False
    )
    visibility = None  # type: ignore[assignment]  # not the organisation's to say


class OwnAssetList(OwnView):
    """What an organisation of the caller's can bring."""

    serializer_class = AssetOut

    def get_queryset(self) -> QuerySet[Asset]:
        """By name."""
        return own_assets(self.organisation())

    @extend_schema(responses=AssetOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it."""
        return self.get_paginated_response(AssetOut(self.paginate_queryset(self.get_queryset()), many=True).data)

    @extend_schema(request=OwnAssetIn, responses={201: AssetOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Offer something; in force at once, and the coordination sees it. 409 while a hundred changes wait."""
        organisation = self.organisation()
        wanted = OwnAssetIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = {"offered": Asset.Offered.YES, **wanted.validated_data}
        with refused():
            edit = offer_asset(organisation=organisation, editor=self.editor(), **facts)
        (name,) = edit.changes
        made = own_assets(organisation).get(pk=name.removeprefix(ASSET))
        return Response(AssetOut(made).data, status=status.HTTP_201_CREATED)


class OwnAsset(OwnView):
    """One of these things."""

    serializer_class = AssetOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """What is known of it."""
        return Response(AssetOut(self._found()).data)

    @extend_schema(request=OwnAssetIn, responses=AssetOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; what is not offered any more stays on record as such."""
        asset = self._found()
        wanted = OwnAssetIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        with refused():
            change_offer(organisation=self.organisation(), asset=asset, editor=self.editor(), **wanted.validated_data)
        return Response(AssetOut(self._found()).data)

    def _found(self) -> Asset:
        return get_object_or_404(own_assets(self.organisation()), pk=self.kwargs["asset_id"])
