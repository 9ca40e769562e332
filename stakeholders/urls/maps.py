"""Addresses of maps, assessments and relations."""

from django.urls import URLPattern

space_urlpatterns: list[URLPattern] = []

link_urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
