"""Addresses of stakeholders."""

from django.urls import path

from stakeholders.api import stakeholder as stakeholder_api
from stakeholders.api import stakeholder_import as import_api
from stakeholders.views import search, stakeholder, stakeholder_import

space_urlpatterns = [
    path("search/", search.search, name="search"),
    path("stakeholders/", stakeholder.stakeholders, name="stakeholder_list"),
    path("stakeholders/new/", stakeholder.stakeholder_new, name="stakeholder_new"),
    path("stakeholders/import/", stakeholder_import.stakeholder_import, name="stakeholder_import"),
    path(
        "stakeholders/import/<uuid:import_id>/columns/",
        stakeholder_import.stakeholder_import_columns,
        name="stakeholder_import_columns",
    ),
    path(
        "stakeholders/import/<uuid:import_id>/check/",
        stakeholder_import.stakeholder_import_preview,
        name="stakeholder_import_preview",
    ),
    path(
        "stakeholders/import/<uuid:import_id>/",
        stakeholder_import.stakeholder_import_result,
        name="stakeholder_import_result",
    ),
    path("stakeholders/<uuid:stakeholder_id>/", stakeholder.stakeholder_detail, name="stakeholder_detail"),
    path("stakeholders/<uuid:stakeholder_id>/edit/", stakeholder.stakeholder_edit, name="stakeholder_edit"),
    path(
        "stakeholders/<uuid:stakeholder_id>/people/new/",
        stakeholder.stakeholder_person_new,
        name="stakeholder_person_new",
    ),
]

api_urlpatterns = [
    path("stakeholders/", stakeholder_api.StakeholderList.as_view(), name="api_stakeholder_list"),
    path(
        "stakeholders/<uuid:stakeholder_id>/",
        stakeholder_api.StakeholderDetail.as_view(),
        name="api_stakeholder_detail",
    ),
    path("stakeholder-imports/", import_api.ImportList.as_view(), name="api_stakeholder_import_list"),
    path(
        "stakeholder-imports/<uuid:import_id>/", import_api.ImportDetail.as_view(), name="api_stakeholder_import_detail"
    ),
]
