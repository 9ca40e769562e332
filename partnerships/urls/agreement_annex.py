"""Addresses of the annexes of agreements."""

from django.urls import path

from partnerships.api import agreement_annex as annex_api
from partnerships.urls.agreement import AGREEMENT, VERSION
from partnerships.views import agreement_annex

ANNEX = "annexes/<uuid:annex_id>/"

space_urlpatterns = [
    path(f"{AGREEMENT}annexes/new/", agreement_annex.annex_new, name="annex_new"),
    path(f"{AGREEMENT}{ANNEX}file/", agreement_annex.annex_file, name="annex_file"),
    path(f"{AGREEMENT}{ANNEX}remove/", agreement_annex.annex_remove, name="annex_remove"),
]

link_urlpatterns = [
    path(f"agreement/<str:token>/{ANNEX}", agreement_annex.agreement_link_annex, name="agreement_link_annex"),
    path(f"agreement-review/<str:token>/{ANNEX}", agreement_annex.review_link_annex, name="review_link_annex"),
]

api_urlpatterns = [
    path(f"{VERSION}annexes/", annex_api.AnnexList.as_view(), name="api_annex_list"),
    path(f"{VERSION}{ANNEX}", annex_api.AnnexDetail.as_view(), name="api_annex_detail"),
    path(f"{VERSION}{ANNEX}file/", annex_api.AnnexFile.as_view(), name="api_annex_file"),
]
