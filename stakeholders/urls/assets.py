"""Addresses of what stakeholders can bring."""

from django.urls import URLPattern

space_urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
