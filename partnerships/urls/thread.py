"""Addresses of threads."""

from django.urls import path

from partnerships.api import thread as thread_api
from partnerships.urls.here import HERE
from partnerships.views import comment_link, thread

TALK = f"{HERE}talk/<slug:subject_kind>/<uuid:subject_id>/"

space_urlpatterns = [
    path(TALK, thread.thread, name="thread"),
    path(f"{TALK}<uuid:comment_id>/withdraw/", thread.comment_withdraw, name="comment_withdraw"),
]

link_urlpatterns = [
    path("comment/<str:token>/", comment_link.comment_link, name="comment_link"),
    path("comment/<str:token>/renew/", comment_link.comment_link_renew, name="comment_link_renew"),
]

api_urlpatterns = [
    path(TALK, thread_api.CommentList.as_view(), name="api_comment_list"),
    path(f"{TALK}<uuid:comment_id>/", thread_api.CommentDetail.as_view(), name="api_comment_detail"),
]
