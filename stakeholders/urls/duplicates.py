"""Addresses of records of the same body."""

from django.urls import path

from stakeholders.api import duplicate as duplicate_api
from stakeholders.views import duplicate

PAIR = "stakeholders/<uuid:stakeholder_id>/same-as/<uuid:other_id>/"

space_urlpatterns = [
    path("stakeholders/duplicates/", duplicate.duplicate_list, name="duplicate_list"),
    path("stakeholders/duplicates/look/", duplicate.duplicates_look, name="duplicates_look"),
    path("stakeholders/merges/<uuid:stakeholder_merge_id>/undo/", duplicate.merge_undo, name="merge_undo"),
    path("stakeholders/<uuid:stakeholder_id>/same-as/", duplicate.stakeholder_twins, name="stakeholder_twins"),
    path(PAIR, duplicate.stakeholder_compare, name="stakeholder_compare"),
    path(f"{PAIR}two/", duplicate.stakeholder_not_duplicate, name="stakeholder_not_duplicate"),
]

api_urlpatterns = [
    path("stakeholder-duplicates/", duplicate_api.DuplicateList.as_view(), name="api_duplicate_list"),
    path("stakeholder-duplicates/not/", duplicate_api.NotDuplicateList.as_view(), name="api_not_duplicate_list"),
    path("stakeholder-merges/", duplicate_api.MergeList.as_view(), name="api_merge_list"),
    path(
        "stakeholder-merges/<uuid:stakeholder_merge_id>/undo/", duplicate_api.MergeUndo.as_view(), name="api_merge_undo"
    ),
]
