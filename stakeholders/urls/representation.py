"""Addresses of the representation audit."""

from django.urls import path

from stakeholders.api import representation as representation_api
from stakeholders.api import representation_profile as profile_api
from stakeholders.api import representation_round as round_api
from stakeholders.views import representation, representation_profile, representation_round

ALL = "stakeholders/representation/"
PROFILES = f"{ALL}communities/"
ONE = f"{ALL}<uuid:audit_id>/"
API_ONE = "representation-audits/<uuid:audit_id>/"

space_urlpatterns = [
    path(ALL, representation.representation_list, name="representation_list"),
    path(f"{ALL}new/", representation.representation_new, name="representation_new"),
    path(PROFILES, representation_profile.reference_profile_list, name="reference_profile_list"),
    path(f"{PROFILES}new/", representation_profile.reference_profile_new, name="reference_profile_new"),
    path(f"{PROFILES}<uuid:profile_id>/", representation_profile.reference_profile_edit, name="reference_profile_edit"),
    path(
        f"{PROFILES}<uuid:profile_id>/remove/",
        representation_profile.reference_profile_remove,
        name="reference_profile_remove",
    ),
    path(ONE, representation.representation_detail, name="representation_detail"),
    path(f"{ONE}counts/", representation.representation_counts, name="representation_counts"),
    path(f"{ONE}slips/", representation_round.representation_round, name="representation_round"),
    path(f"{ONE}slips/end/", representation_round.representation_round_end, name="representation_round_end"),
    path(f"{ONE}close/", representation.representation_close, name="representation_close"),
    path(f"{ONE}action/", representation.representation_action, name="representation_action"),
    path(f"{ONE}place/", representation.representation_place, name="representation_place"),
    path(f"{ONE}delete/", representation.representation_delete, name="representation_delete"),
]

link_urlpatterns = [
    path("voices/<str:token>/", representation_round.representation_answer, name="representation_answer"),
]

api_urlpatterns = [
    path("representation-profiles/", profile_api.CommunityList.as_view(), name="api_reference_profile_list"),
    path(
        "representation-profiles/<uuid:profile_id>/",
        profile_api.CommunityDetail.as_view(),
        name="api_reference_profile_detail",
    ),
    path("representation-audits/", representation_api.AuditList.as_view(), name="api_representation_list"),
    path(API_ONE, representation_api.AuditDetail.as_view(), name="api_representation_detail"),
    path(f"{API_ONE}counts/", representation_api.AuditCounts.as_view(), name="api_representation_counts"),
    path(f"{API_ONE}round/", round_api.AuditRound.as_view(), name="api_representation_round"),
    path(f"{API_ONE}close/", representation_api.AuditClose.as_view(), name="api_representation_close"),
    path(f"{API_ONE}place/", representation_api.AuditPlace.as_view(), name="api_representation_place"),
    path(f"{API_ONE}action/", representation_api.AuditAction.as_view(), name="api_representation_action"),
]
