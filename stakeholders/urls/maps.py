"""Addresses of maps, assessments and relations."""

from django.urls import path

from stakeholders.api import influence_link as relation_api
from stakeholders.api import map_meant as meant_api
from stakeholders.api import stakeholder_map as map_api
from stakeholders.views import assessment, influence_link, map_meant, map_rater, stakeholder_map

ALL = "stakeholders/maps/"
ONE = f"{ALL}<uuid:map_id>/"
RATER = f"{ONE}raters/<uuid:map_rater_id>/"
RELATIONS = "stakeholders/<uuid:stakeholder_id>/relations/"
API_ONE = "stakeholder-maps/<uuid:map_id>/"

space_urlpatterns = [
    path(ALL, stakeholder_map.stakeholder_maps, name="map_list"),
    path(f"{ALL}new/", stakeholder_map.stakeholder_map_new, name="map_new"),
    path(ONE, stakeholder_map.stakeholder_map_detail, name="map_detail"),
    path(f"{ONE}edit/", stakeholder_map.stakeholder_map_edit, name="map_edit"),
    path(f"{ONE}add/", stakeholder_map.stakeholder_map_add, name="map_add"),
    path(f"{ONE}entries/<uuid:map_entry_id>/", stakeholder_map.map_entry_change, name="map_entry_change"),
    path(f"{ONE}meant/", map_meant.map_meant, name="map_meant"),
    path(f"{ONE}meant/<uuid:subject_id>/", map_meant.map_meant_edit, name="map_meant_edit"),
    path(f"{ONE}round/", stakeholder_map.map_round_move, name="map_round_move"),
    path(f"{ONE}rate/", assessment.map_rate, name="map_rate"),
    path(f"{ONE}network/", influence_link.map_network, name="map_network"),
    path(f"{ONE}raters/", map_rater.map_raters, name="map_raters"),
    path(f"{RATER}link/", map_rater.map_rater_link, name="map_rater_link"),
    path(f"{RATER}remove/", map_rater.map_rater_remove, name="map_rater_remove"),
    path(RELATIONS, influence_link.stakeholder_relations, name="stakeholder_relations"),
    path(f"{RELATIONS}new/", influence_link.relation_new, name="relation_new"),
    path(f"{RELATIONS}<uuid:influence_link_id>/end/", influence_link.relation_end, name="relation_end"),
]

link_urlpatterns = [path("rate/<str:token>/", assessment.rating_link, name="rating_link")]

api_urlpatterns = [
    path("stakeholder-maps/", map_api.MapList.as_view(), name="api_map_list"),
    path(API_ONE, map_api.MapDetail.as_view(), name="api_map_detail"),
    path(f"{API_ONE}entries/", map_api.EntryList.as_view(), name="api_map_entry_list"),
    path(f"{API_ONE}entries/<uuid:map_entry_id>/", map_api.EntryDetail.as_view(), name="api_map_entry_detail"),
    path(f"{API_ONE}entries/<uuid:map_entry_id>/rate/", map_api.EntryRate.as_view(), name="api_map_entry_rate"),
    path(f"{API_ONE}meant/", meant_api.MeantList.as_view(), name="api_map_meant_list"),
    path(f"{API_ONE}meant/<uuid:subject_id>/", meant_api.MeantDetail.as_view(), name="api_map_meant_detail"),
    path(f"{API_ONE}round/", map_api.RoundMove.as_view(), name="api_map_round_move"),
    path(f"{API_ONE}raters/", map_api.RaterList.as_view(), name="api_map_rater_list"),
    path(f"{API_ONE}network/", relation_api.MapNetwork.as_view(), name="api_map_network"),
    path(
        "stakeholders/<uuid:stakeholder_id>/network/",
        relation_api.StakeholderNetwork.as_view(),
        name="api_stakeholder_network",
    ),
    path(RELATIONS, relation_api.RelationList.as_view(), name="api_relation_list"),
    path(f"{RELATIONS}<uuid:influence_link_id>/", relation_api.RelationDetail.as_view(), name="api_relation_detail"),
]
