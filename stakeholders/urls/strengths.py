"""Addresses of what stakeholders are good at."""

from django.urls import path

from stakeholders.api import strength as strength_api
from stakeholders.views import strength

ALL = "stakeholders/<uuid:stakeholder_id>/strengths/"
ONE = f"{ALL}<uuid:strength_id>/"

space_urlpatterns = [
    path(f"{ALL}new/", strength.strength_new, name="strength_new"),
    path(ONE, strength.strength_edit, name="strength_edit"),
    path(f"{ONE}confirm/", strength.strength_confirm, name="strength_confirm"),
    path(f"{ONE}remove/", strength.strength_remove, name="strength_remove"),
]

api_urlpatterns = [
    path(ALL, strength_api.StrengthList.as_view(), name="api_strength_list"),
    path(ONE, strength_api.StrengthDetail.as_view(), name="api_strength_detail"),
    path(f"{ONE}confirm/", strength_api.StrengthConfirm.as_view(), name="api_strength_confirm"),
]
