"""Addresses of the document shelf."""

from django.urls import path

from partnerships.api import shelf as shelf_api
from partnerships.urls.here import HERE
from partnerships.views import shelf

SHELF = f"{HERE}documents/"
PAPER = f"{SHELF}<uuid:shelf_document_id>/"

space_urlpatterns = [
    path(SHELF, shelf.shelf, name="shelf"),
    path(f"{SHELF}new/", shelf.shelf_new, name="shelf_new"),
    path(PAPER, shelf.shelf_detail, name="shelf_detail"),
    path(f"{PAPER}put-away/", shelf.shelf_put_away, name="shelf_put_away"),
    path(f"{PAPER}<int:number>/download/", shelf.shelf_file, name="shelf_file"),
]

api_urlpatterns = [
    path(SHELF, shelf_api.ShelfDocumentList.as_view(), name="api_shelf"),
    path(PAPER, shelf_api.ShelfDocumentDetail.as_view(), name="api_shelf_detail"),
    path(f"{PAPER}<int:number>/download/", shelf_api.ShelfFile.as_view(), name="api_shelf_file"),
]
