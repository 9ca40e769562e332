"""Addresses of records of the same body."""

from django.urls import URLPattern

space_urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
