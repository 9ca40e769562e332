"""Addresses of what an organisation says of itself."""

from django.urls import path

from stakeholders.api import own_asset
from stakeholders.api import profile as profile_api
from stakeholders.views import profile, profile_edit

ONE = "profile/<uuid:stakeholder_id>/"
EDIT = "profile-edits/<uuid:profile_edit_id>/"
API_ONE = "own-organisations/<uuid:stakeholder_id>/"
LINK = "profile/<str:token>/"

space_urlpatterns = [
    path("profile/", profile.profile_list, name="profile_list"),
    path(ONE, profile.profile_detail, name="profile_detail"),
    path(f"{ONE}people/new/", profile.profile_person_new, name="profile_person_new"),
    path(f"{ONE}people/<uuid:person_id>/", profile.profile_person, name="profile_person"),
    path(f"{ONE}offers/new/", profile.profile_asset_new, name="profile_asset_new"),
    path(f"{ONE}offers/<uuid:asset_id>/", profile.profile_asset, name="profile_asset"),
    path("stakeholders/edits/", profile_edit.profile_edits, name="profile_edit_list"),
    path("stakeholders/edits/<uuid:profile_edit_id>/", profile_edit.profile_edit_decide, name="profile_edit_decide"),
    path("stakeholders/<uuid:stakeholder_id>/profile-link/", profile_edit.profile_link_send, name="profile_link_send"),
]

link_urlpatterns = [
    path(LINK, profile.profile_link, name="profile_link"),
    path(f"{LINK}people/new/", profile.profile_link_person_new, name="profile_link_person_new"),
    path(f"{LINK}people/<uuid:person_id>/", profile.profile_link_person, name="profile_link_person"),
    path(f"{LINK}offers/new/", profile.profile_link_asset_new, name="profile_link_asset_new"),
    path(f"{LINK}offers/<uuid:asset_id>/", profile.profile_link_asset, name="profile_link_asset"),
]

api_urlpatterns = [
    path("own-organisations/", profile_api.OwnOrganisationList.as_view(), name="api_own_organisation_list"),
    path(API_ONE, profile_api.OwnOrganisation.as_view(), name="api_own_organisation"),
    path(f"{API_ONE}people/", profile_api.OwnPersonList.as_view(), name="api_own_person_list"),
    path(f"{API_ONE}people/<uuid:person_id>/", profile_api.OwnPerson.as_view(), name="api_own_person"),
    path(f"{API_ONE}offers/", own_asset.OwnAssetList.as_view(), name="api_own_asset_list"),
    path(f"{API_ONE}offers/<uuid:asset_id>/", own_asset.OwnAsset.as_view(), name="api_own_asset"),
    path("profile-edits/", profile_api.EditList.as_view(), name="api_profile_edit_list"),
    path(
        "profile-edits/<uuid:profile_edit_id>/accept/", profile_api.EditAccept.as_view(), name="api_profile_edit_accept"
    ),
    path(
        "profile-edits/<uuid:profile_edit_id>/put-back/",
        profile_api.EditPutBack.as_view(),
        name="api_profile_edit_put_back",
    ),
]
