"""Addresses of members and those who speak for them."""

from django.urls import path

from partnerships.api import member as member_api
from partnerships.api import representative as representative_api
from partnerships.urls.here import HERE
from partnerships.views import leaving, member, representative

MEMBER = f"{HERE}members/<uuid:member_id>/"

space_urlpatterns = [
    path(f"{HERE}members/", member.members, name="member_list"),
    path(f"{HERE}members/add/", member.member_add, name="member_add"),
    path(MEMBER, member.member_detail, name="member_detail"),
    path(f"{MEMBER}edit/", member.member_edit, name="member_edit"),
    path(f"{HERE}welcome/", leaving.partnership_welcome, name="partnership_welcome"),
    path(f"{MEMBER}exit/", leaving.member_exit, name="member_exit"),
    path(
        f"{MEMBER}people/<uuid:representative_id>/handover/",
        leaving.representative_handover,
        name="representative_handover",
    ),
    path(
        f"{MEMBER}people/<uuid:representative_id>/welcome/",
        leaving.representative_welcome,
        name="representative_welcome",
    ),
    path(f"{MEMBER}move/", member.member_move, name="member_move"),
    path(f"{MEMBER}people/add/", representative.representative_new, name="representative_new"),
    path(
        f"{MEMBER}people/<uuid:representative_id>/invite/",
        representative.representative_invite,
        name="representative_invite",
    ),
    path(f"{MEMBER}people/<uuid:representative_id>/end/", representative.representative_end, name="representative_end"),
]

api_urlpatterns = [
    path(f"{HERE}members/", member_api.MemberList.as_view(), name="api_member_list"),
    path(MEMBER, member_api.MemberDetail.as_view(), name="api_member_detail"),
    path(f"{MEMBER}move/", member_api.MemberMove.as_view(), name="api_member_move"),
    path(f"{MEMBER}welcome/", representative_api.MemberWelcome.as_view(), name="api_member_welcome"),
    path(f"{MEMBER}people/", representative_api.RepresentativeList.as_view(), name="api_representative_list"),
    path(
        f"{MEMBER}people/<uuid:representative_id>/end/",
        representative_api.RepresentativeEnd.as_view(),
        name="api_representative_end",
    ),
    path(
        f"{MEMBER}people/<uuid:representative_id>/welcome/",
        representative_api.RepresentativeWelcome.as_view(),
        name="api_representative_welcome",
    ),
    path(f"{MEMBER}exit/", member_api.MemberExit.as_view(), name="api_member_exit"),
]
