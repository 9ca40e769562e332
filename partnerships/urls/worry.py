"""Addresses of worries: those of a person stand outside any partnership."""

from django.urls import path

from partnerships.api import worry as worry_api
from partnerships.urls.here import HERE
from partnerships.views import worry, worry_key

space_urlpatterns = [
    path("worries/", worry.worries, name="worry_list"),
    path("worries/key/", worry_key.worry_with_key, name="worry_with_key"),
    path("worries/<uuid:worry_id>/", worry.worry_detail, name="worry_detail"),
    path("worries/<uuid:worry_id>/step/", worry.worry_step, name="worry_step"),
    path(f"{HERE}worries/new/", worry.worry_new, name="worry_new"),
    path(f"{HERE}worries/contacts/", worry.worry_contacts, name="worry_contacts"),
]

api_urlpatterns = [
    path("worries/", worry_api.WorryList.as_view(), name="api_worry_list"),
    path("worries/<uuid:worry_id>/", worry_api.WorryDetail.as_view(), name="api_worry_detail"),
    path(f"{HERE}worries/", worry_api.WorryRaise.as_view(), name="api_worry_raise"),
]
