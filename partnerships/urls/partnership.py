"""Addresses of partnerships, their kits and maps."""

from django.urls import path

from partnerships.api import closing as closing_api
from partnerships.api import kit as kit_api
from partnerships.api import partnership as partnership_api
from partnerships.api import partnership_map as map_api
from partnerships.urls.here import HERE
from partnerships.views import closing, kit, partnership, partnership_map

space_urlpatterns = [
    path("partnerships/", partnership.partnerships, name="partnership_list"),
    path("partnerships/new/", kit.partnership_new, name="partnership_new"),
    path("partnerships/kits/", kit.kits, name="kit_list"),
    path("partnerships/kits/<slug:code>/retire/", kit.kit_retire, name="kit_retire"),
    path(HERE, partnership.partnership_detail, name="partnership_detail"),
    path(f"{HERE}kit/", kit.partnership_kit, name="partnership_kit"),
    path(f"{HERE}kit/renew/", kit.partnership_kit_renew, name="partnership_kit_renew"),
    path(f"{HERE}kit/save/", kit.partnership_kit_save, name="partnership_kit_save"),
    path(f"{HERE}edit/", partnership.partnership_edit, name="partnership_edit"),
    path(f"{HERE}move/", partnership.partnership_move, name="partnership_move"),
    path(f"{HERE}closing/", closing.partnership_closing, name="partnership_closing"),
    path(f"{HERE}closing/settle/", closing.partnership_closing_settle, name="partnership_closing_settle"),
    path(f"{HERE}mode/", partnership.partnership_mode, name="partnership_mode"),
    path(f"{HERE}mode/switch/", partnership.partnership_mode_switch, name="partnership_mode_switch"),
    path(f"{HERE}maps/", partnership_map.partnership_maps, name="partnership_maps"),
    path(f"{HERE}maps/gaps/", partnership_map.partnership_map_gaps, name="partnership_map_gaps"),
    path(f"{HERE}maps/<uuid:map_id>/remove/", partnership_map.partnership_map_remove, name="partnership_map_remove"),
]

api_urlpatterns = [
    path("kits/", kit_api.KitList.as_view(), name="api_kit_list"),
    path("kits/<slug:code>/", kit_api.KitDetail.as_view(), name="api_kit_detail"),
    path("kits/<slug:code>/versions/", kit_api.KitVersionList.as_view(), name="api_kit_version_list"),
    path("kits/<slug:code>/versions/<int:number>/", kit_api.KitVersionDetail.as_view(), name="api_kit_version_detail"),
    path(f"{HERE}kit/", kit_api.PartnershipKit.as_view(), name="api_partnership_kit"),
    path(f"{HERE}kit/renew/", kit_api.PartnershipKitRenew.as_view(), name="api_partnership_kit_renew"),
    path("partnerships/", partnership_api.PartnershipList.as_view(), name="api_partnership_list"),
    path(HERE, partnership_api.PartnershipDetail.as_view(), name="api_partnership_detail"),
    path("rules/", partnership_api.RuleList.as_view(), name="api_rule_list"),
    path(f"{HERE}move/", partnership_api.PartnershipMove.as_view(), name="api_partnership_move"),
    path(f"{HERE}gates/", closing_api.PartnershipGates.as_view(), name="api_partnership_gates"),
    path(f"{HERE}closing/", closing_api.PartnershipClosing.as_view(), name="api_partnership_closing"),
    path(f"{HERE}maps/", map_api.PartnershipMapList.as_view(), name="api_partnership_map_list"),
    path(f"{HERE}maps/gaps/", map_api.PartnershipGapList.as_view(), name="api_partnership_gap_list"),
    path(f"{HERE}maps/<uuid:map_id>/", map_api.PartnershipMapDetail.as_view(), name="api_partnership_map_detail"),
]
