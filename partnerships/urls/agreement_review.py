"""Addresses of comparing, remarks, minor changes, accession, signed files and documents of agreements."""

from django.urls import path

from partnerships.urls.agreement import AGREEMENT
from partnerships.views import agreement_review, review_link, signed_file

REQUEST = f"{AGREEMENT}requests/<uuid:clause_request_id>/"
SIGNATURE = f"{AGREEMENT}signatures/<uuid:signature_id>/"

space_urlpatterns = [
    path(f"{AGREEMENT}compare/", agreement_review.agreement_compare, name="agreement_compare"),
    path(f"{AGREEMENT}requests/new/", agreement_review.clause_request_new, name="clause_request_new"),
    path(f"{REQUEST}answer/", agreement_review.clause_request_answer, name="clause_request_answer"),
    path(f"{AGREEMENT}minor/", agreement_review.agreement_minor, name="agreement_minor"),
    path(f"{AGREEMENT}object/", agreement_review.agreement_object, name="agreement_object"),
    path(f"{AGREEMENT}accede/", agreement_review.agreement_accede, name="agreement_accede"),
    path(f"{SIGNATURE}upload/", signed_file.signature_upload, name="signature_upload"),
    path(f"{SIGNATURE}files/<str:which>/", signed_file.signature_file, name="signature_file"),
    path(f"{AGREEMENT}document/make/", signed_file.agreement_document, name="agreement_document"),
    path(f"{AGREEMENT}document/", signed_file.agreement_pdf, name="agreement_pdf"),
    path(f"{AGREEMENT}document/download/", signed_file.agreement_pdf_file, name="agreement_pdf_file"),
]

link_urlpatterns = [
    path("agreement-review/<str:token>/", review_link.review_link, name="review_link"),
    path("agreement-review/<str:token>/renew/", review_link.review_link_renew, name="review_link_renew"),
]
