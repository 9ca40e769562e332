"""Addresses of the ledger and of promises made elsewhere than in a task."""

from django.urls import URLPattern, path

from partnerships.urls.here import HERE
from partnerships.views import commitment, ledger

PROMISE = f"{HERE}promises/<int:number>/"

space_urlpatterns = [
    path("promises/", ledger.own_ledger, name="own_ledger"),
    path(f"{HERE}promises/", ledger.ledger, name="ledger"),
    path(f"{HERE}promises/new/", commitment.commitment_new, name="commitment_new"),
    path(PROMISE, commitment.commitment_detail, name="commitment_detail"),
    path(f"{PROMISE}kept/", commitment.commitment_kept, name="commitment_kept"),
    path(f"{PROMISE}ask/", commitment.commitment_ask_release, name="commitment_ask_release"),
    path(f"{PROMISE}release/", commitment.commitment_release, name="commitment_release"),
    path(f"{PROMISE}date/", commitment.commitment_move, name="commitment_move"),
    path(f"{PROMISE}evidence/download/", commitment.commitment_file, name="commitment_file"),
]

link_urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
