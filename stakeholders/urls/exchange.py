"""Addresses of what comes in and goes out as files."""

from django.urls import path

from stakeholders.api import exchange as exchange_api
from stakeholders.api import import_profile as profile_api
from stakeholders.api import stakeholder_import as import_api
from stakeholders.views import exchange, import_profile, import_undo, stakeholder_import

space_urlpatterns = [
    path("stakeholders/export/", exchange.stakeholder_export, name="stakeholder_export"),
    path("stakeholders/export/cards/", exchange.stakeholder_export_cards, name="stakeholder_export_cards"),
    path("stakeholders/export/directory/", exchange.stakeholder_export_directory, name="stakeholder_export_directory"),
    path("stakeholders/<uuid:stakeholder_id>/card/", exchange.stakeholder_card, name="stakeholder_card"),
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
    path(
        "stakeholders/import/<uuid:import_id>/undo/",
        import_undo.stakeholder_import_undo,
        name="stakeholder_import_undo",
    ),
    path("stakeholders/import/profiles/", import_profile.import_profiles, name="import_profile_list"),
    path(
        "stakeholders/import/profiles/<uuid:import_profile_id>/",
        import_profile.import_profile_edit,
        name="import_profile_edit",
    ),
    path(
        "stakeholders/import/profiles/<uuid:import_profile_id>/delete/",
        import_profile.import_profile_delete,
        name="import_profile_delete",
    ),
]

api_urlpatterns = [
    path("stakeholder-export/cards/", exchange_api.ExportCards.as_view(), name="api_export_cards"),
    path("stakeholder-export/csv/", exchange_api.ExportCsv.as_view(), name="api_export_csv"),
    path("stakeholder-export/xlsx/", exchange_api.ExportXlsx.as_view(), name="api_export_xlsx"),
    path("stakeholder-export/directory/", exchange_api.ExportDirectory.as_view(), name="api_export_directory"),
    path(
        "stakeholders/<uuid:stakeholder_id>/card/", exchange_api.StakeholderCard.as_view(), name="api_stakeholder_card"
    ),
    path("stakeholder-imports/files/", import_api.ImportFile.as_view(), name="api_import_file"),
    path("stakeholder-imports/", import_api.ImportList.as_view(), name="api_stakeholder_import_list"),
    path(
        "stakeholder-imports/<uuid:import_id>/", import_api.ImportDetail.as_view(), name="api_stakeholder_import_detail"
    ),
    path("stakeholder-imports/<uuid:import_id>/undo/", import_api.ImportUndo.as_view(), name="api_import_undo"),
    path("import-profiles/", profile_api.ProfileList.as_view(), name="api_import_profile_list"),
    path(
        "import-profiles/<uuid:import_profile_id>/",
        profile_api.ProfileDetail.as_view(),
        name="api_import_profile_detail",
    ),
]
