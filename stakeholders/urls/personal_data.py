"""Addresses of what is held on a person."""

from django.urls import path

from stakeholders.api import personal_data as personal_data_api
from stakeholders.views import personal_data

ALL = "stakeholders/<uuid:stakeholder_id>/personal-data/"

space_urlpatterns = [
    path(ALL, personal_data.person_data, name="person_data"),
    path(f"{ALL}json/", personal_data.person_data_json, name="person_data_json"),
    path(f"{ALL}documents/new/", personal_data.person_document_new, name="person_document_new"),
    path(
        f"{ALL}documents/<uuid:person_export_id>/download/", personal_data.person_document_file, name="person_document"
    ),
    path(f"{ALL}erase/", personal_data.person_erase, name="person_erase"),
]

api_urlpatterns = [
    path(ALL, personal_data_api.PersonData.as_view(), name="api_person_data"),
    path(f"{ALL}export/", personal_data_api.PersonDataExport.as_view(), name="api_person_data_export"),
    path(f"{ALL}documents/", personal_data_api.PersonDocumentList.as_view(), name="api_person_document_list"),
    path(f"{ALL}erase/", personal_data_api.PersonErase.as_view(), name="api_person_erase"),
]
