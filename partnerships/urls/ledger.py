"""Addresses of the ledger and of promises made elsewhere than in a task."""

from django.urls import path

from partnerships.api import ledger as ledger_api
from partnerships.urls.here import HERE
from partnerships.views import commitment, commitment_link, ledger

PROMISE = f"{HERE}promises/<int:number>/"
COMMITMENT = f"{HERE}commitments/<int:number>/"

space_urlpatterns = [
    path("promises/", ledger.own_ledger, name="own_ledger"),
    path(f"{HERE}promises/", ledger.ledger, name="ledger"),
    path(f"{HERE}promises/new/", commitment.commitment_new, name="commitment_new"),
    path(PROMISE, commitment.commitment_detail, name="commitment_detail"),
    path(f"{PROMISE}confirm/", commitment.commitment_confirm, name="commitment_confirm"),
    path(f"{PROMISE}decline/", commitment.commitment_decline, name="commitment_decline"),
    path(f"{PROMISE}kept/", commitment.commitment_kept, name="commitment_kept"),
    path(f"{PROMISE}ask/", commitment.commitment_ask_release, name="commitment_ask_release"),
    path(f"{PROMISE}release/", commitment.commitment_release, name="commitment_release"),
    path(f"{PROMISE}date/", commitment.commitment_move, name="commitment_move"),
    path(f"{PROMISE}link/<uuid:representative_id>/", commitment_link.commitment_send_link, name="commitment_send_link"),
    path(f"{PROMISE}evidence/download/", commitment.commitment_file, name="commitment_file"),
]

link_urlpatterns = [
    path("promise/<str:token>/", commitment_link.commitment_link, name="commitment_link"),
    path("promise/<str:token>/renew/", commitment_link.commitment_link_renew, name="commitment_link_renew"),
]

api_urlpatterns = [
    path("ledger/", ledger_api.OwnLedger.as_view(), name="api_own_ledger"),
    path(f"{HERE}ledger/", ledger_api.PartnershipLedger.as_view(), name="api_ledger"),
    path(f"{HERE}commitments/", ledger_api.CommitmentList.as_view(), name="api_commitment_list"),
    path(COMMITMENT, ledger_api.CommitmentDetail.as_view(), name="api_commitment_detail"),
    path(f"{COMMITMENT}confirm/", ledger_api.CommitmentConfirm.as_view(), name="api_commitment_confirm"),
    path(f"{COMMITMENT}decline/", ledger_api.CommitmentDecline.as_view(), name="api_commitment_decline"),
    path(f"{COMMITMENT}kept/", ledger_api.CommitmentKept.as_view(), name="api_commitment_kept"),
    path(
        f"{COMMITMENT}release-request/",
        ledger_api.CommitmentReleaseRequest.as_view(),
        name="api_commitment_release_request",
    ),
    path(f"{COMMITMENT}release/", ledger_api.CommitmentRelease.as_view(), name="api_commitment_release"),
    path(f"{COMMITMENT}date/", ledger_api.CommitmentDate.as_view(), name="api_commitment_date"),
]
