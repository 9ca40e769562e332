"""Addresses of the representation audit."""

from django.urls import URLPattern

space_urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
