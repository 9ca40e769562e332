"""Addresses of reports."""

from django.urls import path

from reports.views import start

space_urlpatterns = [
    path("", start.start, name="start"),
]
