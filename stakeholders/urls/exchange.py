"""Addresses of what comes in and goes out as files."""

from django.urls import path

from stakeholders.api import stakeholder_import as import_api
from stakeholders.views import stakeholder_import

space_urlpatterns = [
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
]

api_urlpatterns = [
    path("stakeholder-imports/", import_api.ImportList.as_view(), name="api_stakeholder_import_list"),
    path(
        "stakeholder-imports/<uuid:import_id>/", import_api.ImportDetail.as_view(), name="api_stakeholder_import_detail"
    ),
]
