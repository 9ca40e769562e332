"""Addresses of who may see a record."""

from django.urls import path

from partnerships.api import shown as shown_api
from partnerships.urls.here import HERE
from partnerships.views import shown

SHOWN = f"{HERE}shown/<slug:subject_kind>/<uuid:subject_id>/"

space_urlpatterns = [path(SHOWN, shown.shown_to, name="shown_to")]
api_urlpatterns = [path(SHOWN, shown_api.ShownTo.as_view(), name="api_shown_to")]
