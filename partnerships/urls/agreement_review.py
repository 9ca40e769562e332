"""Addresses of comparing, remarks, minor changes, accession, signed files and documents of agreements."""

from django.urls import path

from partnerships.api import agreement_document as document_api
from partnerships.api import agreement_step as step_api
from partnerships.urls.agreement import AGREEMENT, VERSION
from partnerships.views import agreement_ending, agreement_review, review_link, signed_file

REQUEST = f"{AGREEMENT}requests/<uuid:clause_request_id>/"
SIGNATURE = f"{AGREEMENT}signatures/<uuid:signature_id>/"

space_urlpatterns = [
    path(f"{AGREEMENT}compare/", agreement_review.agreement_compare, name="agreement_compare"),
    path(f"{AGREEMENT}requests/new/", agreement_review.clause_request_new, name="clause_request_new"),
    path(f"{REQUEST}answer/", agreement_review.clause_request_answer, name="clause_request_answer"),
    path(f"{AGREEMENT}minor/", agreement_review.agreement_minor, name="agreement_minor"),
    path(f"{AGREEMENT}object/", agreement_review.agreement_object, name="agreement_object"),
    path(f"{AGREEMENT}keep/", agreement_ending.agreement_keep, name="agreement_keep"),
    path(f"{AGREEMENT}end/", agreement_ending.agreement_end, name="agreement_end"),
    path(f"{AGREEMENT}accede/", agreement_review.agreement_accede, name="agreement_accede"),
    path(f"{SIGNATURE}upload/", signed_file.signature_upload, name="signature_upload"),
    path(f"{SIGNATURE}file/", signed_file.signature_file, name="signature_file"),
    path(f"{SIGNATURE}delegation/", signed_file.signature_delegation, name="signature_delegation"),
    path(f"{AGREEMENT}document/make/", signed_file.agreement_document, name="agreement_document"),
    path(f"{AGREEMENT}document/", signed_file.agreement_pdf, name="agreement_pdf"),
    path(f"{AGREEMENT}document/download/", signed_file.agreement_pdf_file, name="agreement_pdf_file"),
]

link_urlpatterns = [
    path("agreement-review/<str:token>/", review_link.review_link, name="review_link"),
    path("agreement-review/<str:token>/document/download/", signed_file.review_link_pdf, name="review_link_pdf"),
    path("agreement-review/<str:token>/renew/", review_link.review_link_renew, name="review_link_renew"),
]

api_urlpatterns = [
    path(f"{VERSION}text/", step_api.AgreementText.as_view(), name="api_agreement_text"),
    path(f"{VERSION}share/", step_api.AgreementShare.as_view(), name="api_agreement_share"),
    path(f"{VERSION}next/", step_api.AgreementNext.as_view(), name="api_agreement_next"),
    path(f"{VERSION}open/", step_api.AgreementOpen.as_view(), name="api_agreement_open"),
    path(f"{VERSION}minor/", step_api.AgreementMinor.as_view(), name="api_agreement_minor"),
    path(f"{VERSION}force/", step_api.AgreementForce.as_view(), name="api_agreement_force"),
    path(f"{VERSION}keep/", step_api.AgreementKeep.as_view(), name="api_agreement_keep"),
    path(f"{VERSION}end/", step_api.AgreementEnd.as_view(), name="api_agreement_end"),
    path(
        f"{VERSION}signatures/<uuid:signature_id>/withdraw/",
        step_api.SignatureWithdrawal.as_view(),
        name="api_signature_withdraw",
    ),
    path(f"{VERSION}accessions/", step_api.AgreementAccession.as_view(), name="api_agreement_accession"),
    path(
        f"{VERSION}signatures/<uuid:signature_id>/file/",
        document_api.SignatureFile.as_view(),
        name="api_signature_file",
    ),
    path(
        f"{VERSION}signatures/<uuid:signature_id>/delegation/",
        document_api.SignatureDelegation.as_view(),
        name="api_signature_delegation",
    ),
    path(f"{VERSION}document/", document_api.AgreementDocument.as_view(), name="api_agreement_document"),
    path(
        f"{VERSION}document/download/",
        document_api.AgreementDocumentFile.as_view(),
        name="api_agreement_document_file",
    ),
    path(f"{VERSION}requests/", step_api.ClauseRequestList.as_view(), name="api_clause_request_list"),
    path(
        f"{VERSION}requests/<uuid:clause_request_id>/answer/",
        step_api.ClauseRequestAnswer.as_view(),
        name="api_clause_request_answer",
    ),
]
