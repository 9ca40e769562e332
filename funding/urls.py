"""Addresses of funding."""

from django.urls import path

from funding.api import source as source_api
from funding.api import volunteer_time as time_api
from funding.views import source, volunteer_time

space_urlpatterns = [
    path("partnerships/<slug:slug>/funding/", source.sources, name="funding_list"),
    path("partnerships/<slug:slug>/funding/new/", source.source_new, name="funding_new"),
    path("partnerships/<slug:slug>/funding/time/", volunteer_time.volunteer_time, name="volunteer_time"),
    path("partnerships/<slug:slug>/funding/<uuid:source_id>/", source.source_detail, name="funding_detail"),
    path("partnerships/<slug:slug>/funding/<uuid:source_id>/edit/", source.source_edit, name="funding_edit"),
    path("partnerships/<slug:slug>/funding/<uuid:source_id>/decide/", source.source_decide, name="funding_decide"),
    path("partnerships/<slug:slug>/goals/<int:number>/funding/", source.goal_funding, name="goal_funding"),
]

api_urlpatterns = [
    path("funding/", source_api.SourceList.as_view(), name="api_funding_list"),
    path("partnerships/<slug:slug>/funding/time/", time_api.VolunteerTime.as_view(), name="api_volunteer_time"),
    path("funding/<uuid:source_id>/", source_api.SourceDetail.as_view(), name="api_funding_detail"),
]
