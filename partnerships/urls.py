"""Addresses of partnerships."""

from django.urls import path

from partnerships.api import partnership as partnership_api
from partnerships.views import partnership

space_urlpatterns = [
    path("partnerships/", partnership.partnerships, name="partnership_list"),
    path("partnerships/<slug:slug>/", partnership.partnership_detail, name="partnership_detail"),
    path("partnerships/<slug:slug>/edit/", partnership.partnership_edit, name="partnership_edit"),
    path("partnerships/<slug:slug>/move/", partnership.partnership_move, name="partnership_move"),
]

api_urlpatterns = [
    path("partnerships/", partnership_api.PartnershipList.as_view(), name="api_partnership_list"),
    path("partnerships/<slug:slug>/", partnership_api.PartnershipDetail.as_view(), name="api_partnership_detail"),
    path("partnerships/<slug:slug>/move/", partnership_api.PartnershipMove.as_view(), name="api_partnership_move"),
]
