"""Addresses of stakeholders, a module a subject; fixed words come before the ``<uuid>`` of the register."""

from stakeholders.urls import (
    assets,
    duplicates,
    exchange,
    maps,
    personal_data,
    profile,
    register,
    representation,
    requests,
    strengths,
)

SUBJECTS = (exchange, duplicates, maps, assets, strengths, representation, profile, personal_data, requests, register)

space_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.space_urlpatterns]
link_urlpatterns = [*maps.link_urlpatterns, *profile.link_urlpatterns, *representation.link_urlpatterns]
api_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.api_urlpatterns]
