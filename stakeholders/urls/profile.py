"""Addresses of what an organisation says of itself."""

from django.urls import URLPattern

space_urlpatterns: list[URLPattern] = []

link_urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
