"""Addresses of what stakeholders can bring."""

from django.urls import path

from stakeholders.api import asset as asset_api
from stakeholders.views import asset

ALL = "stakeholders/<uuid:stakeholder_id>/assets/"
ONE = f"{ALL}<uuid:asset_id>/"

space_urlpatterns = [
    path("stakeholders/assets/", asset.asset_list, name="asset_list"),
    path(ALL, asset.stakeholder_assets, name="stakeholder_assets"),
    path(f"{ALL}new/", asset.asset_new, name="asset_new"),
    path(f"{ALL}start/", asset.asset_start, name="asset_start"),
    path(ONE, asset.asset_edit, name="asset_edit"),
    path(f"{ONE}verify/", asset.asset_verify, name="asset_verify"),
    path(f"{ONE}remove/", asset.asset_remove, name="asset_remove"),
]

api_urlpatterns = [
    path("stakeholder-assets/", asset_api.AssetSearch.as_view(), name="api_asset_search"),
    path(ALL, asset_api.AssetList.as_view(), name="api_asset_list"),
    path(ONE, asset_api.AssetDetail.as_view(), name="api_asset_detail"),
    path(f"{ONE}verify/", asset_api.AssetVerify.as_view(), name="api_asset_verify"),
]
