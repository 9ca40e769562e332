"""Addresses of the register."""

from django.urls import path

from stakeholders.api import bulk as bulk_api
from stakeholders.api import interaction as interaction_api
from stakeholders.api import register as register_api
from stakeholders.api import stakeholder as stakeholder_api
from stakeholders.api import stakeholder_timeline as timeline_api
from stakeholders.views import contact, interaction, register, saved_filter, search, stakeholder, stakeholder_timeline

ONE = "stakeholders/<uuid:stakeholder_id>/"

space_urlpatterns = [
    path("search/", search.search, name="search"),
    path("stakeholders/", register.stakeholders, name="stakeholder_list"),
    path("stakeholders/new/", stakeholder.stakeholder_new, name="stakeholder_new"),
    path("stakeholders/bulk/", register.stakeholder_bulk, name="stakeholder_bulk"),
    path("stakeholders/bulk/<uuid:audit_event_id>/undo/", register.stakeholder_bulk_undo, name="stakeholder_bulk_undo"),
    path("stakeholders/filters/new/", saved_filter.saved_filter_new, name="saved_filter_new"),
    path("stakeholders/filters/<uuid:saved_filter_id>/", saved_filter.saved_filter_edit, name="saved_filter_edit"),
    path(
        "stakeholders/filters/<uuid:saved_filter_id>/delete/",
        saved_filter.saved_filter_delete,
        name="saved_filter_delete",
    ),
    path(ONE, stakeholder.stakeholder_detail, name="stakeholder_detail"),
    path(f"{ONE}edit/", stakeholder.stakeholder_edit, name="stakeholder_edit"),
    path(f"{ONE}move/", stakeholder.stakeholder_move, name="stakeholder_move"),
    path(f"{ONE}people/new/", stakeholder.stakeholder_person_new, name="stakeholder_person_new"),
    path(f"{ONE}timeline/", stakeholder_timeline.stakeholder_timeline, name="stakeholder_timeline"),
    path(f"{ONE}talks/new/", interaction.interaction_new, name="interaction_new"),
    path(f"{ONE}talks/<uuid:interaction_id>/", interaction.interaction_edit, name="interaction_edit"),
    path(f"{ONE}talks/<uuid:interaction_id>/delete/", interaction.interaction_delete, name="interaction_delete"),
    path(f"{ONE}contacts/new/", contact.contact_new, name="contact_new"),
    path(f"{ONE}contacts/<uuid:contact_point_id>/remove/", contact.contact_remove, name="contact_remove"),
    path(f"{ONE}numbers/new/", contact.identifier_new, name="identifier_new"),
    path(f"{ONE}numbers/<uuid:identifier_id>/remove/", contact.identifier_remove, name="identifier_remove"),
    path(f"{ONE}tags/new/", contact.tag_new, name="tag_new"),
    path(f"{ONE}tags/<uuid:stakeholder_tag_id>/remove/", contact.tag_remove, name="tag_remove"),
]

api_urlpatterns = [
    path("stakeholders/", stakeholder_api.StakeholderList.as_view(), name="api_stakeholder_list"),
    path(ONE, stakeholder_api.StakeholderDetail.as_view(), name="api_stakeholder_detail"),
    path(f"{ONE}move/", stakeholder_api.StakeholderMove.as_view(), name="api_stakeholder_move"),
    path(f"{ONE}contacts/", register_api.ContactPointList.as_view(), name="api_contact_point_list"),
    path(
        f"{ONE}contacts/<uuid:contact_point_id>/",
        register_api.ContactPointDetail.as_view(),
        name="api_contact_point_detail",
    ),
    path(f"{ONE}identifiers/", register_api.IdentifierList.as_view(), name="api_identifier_list"),
    path(
        f"{ONE}identifiers/<uuid:identifier_id>/", register_api.IdentifierDetail.as_view(), name="api_identifier_detail"
    ),
    path(f"{ONE}tags/", register_api.TagList.as_view(), name="api_tag_list"),
    path(f"{ONE}tags/<uuid:stakeholder_tag_id>/", register_api.TagDetail.as_view(), name="api_tag_detail"),
    path(f"{ONE}interactions/", interaction_api.InteractionList.as_view(), name="api_interaction_list"),
    path(
        f"{ONE}interactions/<uuid:interaction_id>/",
        interaction_api.InteractionDetail.as_view(),
        name="api_interaction_detail",
    ),
    path(f"{ONE}timeline/", timeline_api.StakeholderTimeline.as_view(), name="api_stakeholder_timeline"),
    path(f"{ONE}history/", timeline_api.StakeholderHistory.as_view(), name="api_stakeholder_history"),
    path("stakeholder-bulk/", bulk_api.BulkChange.as_view(), name="api_stakeholder_bulk"),
    path(
        "stakeholder-bulk/<uuid:audit_event_id>/undo/",
        bulk_api.BulkUndo.as_view(),
        name="api_stakeholder_bulk_undo",
    ),
    path("stakeholder-filters/", register_api.SavedFilterList.as_view(), name="api_saved_filter_list"),
    path(
        "stakeholder-filters/<uuid:saved_filter_id>/",
        register_api.SavedFilterDetail.as_view(),
        name="api_saved_filter_detail",
    ),
]
