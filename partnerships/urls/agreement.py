"""Addresses of agreements and their signatures."""

from django.urls import path

from partnerships.api import agreement as agreement_api
from partnerships.urls.here import HERE
from partnerships.views import agreement, agreement_link, signature, signed_file

AGREEMENT = f"{HERE}agreements/<int:number>/"
VERSION = f"{AGREEMENT}versions/<int:version>/"

space_urlpatterns = [
    path(f"{HERE}agreements/", agreement.agreements, name="agreement_list"),
    path(f"{HERE}agreements/new/", agreement.agreement_new, name="agreement_new"),
    path(AGREEMENT, agreement.agreement_detail, name="agreement_detail"),
    path(f"{AGREEMENT}edit/", agreement.agreement_edit, name="agreement_edit"),
    path(f"{AGREEMENT}share/", agreement.agreement_share, name="agreement_share"),
    path(f"{AGREEMENT}next/", agreement.agreement_next, name="agreement_next"),
    path(f"{AGREEMENT}open/", signature.agreement_open, name="agreement_open"),
    path(f"{AGREEMENT}answer/", signature.agreement_answer, name="agreement_answer"),
    path(f"{AGREEMENT}force/", signature.agreement_force, name="agreement_force"),
    path(f"{AGREEMENT}signatures/<uuid:signature_id>/remind/", signature.signature_remind, name="signature_remind"),
    path(
        f"{AGREEMENT}signatures/<uuid:signature_id>/withdraw/", signature.signature_withdraw, name="signature_withdraw"
    ),
]

link_urlpatterns = [
    path("agreement/<str:token>/", agreement_link.agreement_link, name="agreement_link"),
    path("agreement/<str:token>/file/", signed_file.agreement_link_file, name="agreement_link_file"),
    path("agreement/<str:token>/document/download/", signed_file.agreement_link_pdf, name="agreement_link_pdf"),
    path("agreement/<str:token>/renew/", agreement_link.agreement_link_renew, name="agreement_link_renew"),
]

api_urlpatterns = [
    path(f"{HERE}agreements/", agreement_api.AgreementList.as_view(), name="api_agreement_list"),
    path(VERSION, agreement_api.AgreementDetail.as_view(), name="api_agreement_detail"),
    path(f"{VERSION}viewed/", agreement_api.AgreementViewed.as_view(), name="api_agreement_viewed"),
    path(f"{VERSION}answer/", agreement_api.AgreementAnswer.as_view(), name="api_agreement_answer"),
]
