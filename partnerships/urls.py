"""Addresses of partnerships."""

from django.urls import path

from partnerships.api import partnership as partnership_api
from partnerships.views import member, partnership, representative, task, task_link, task_word

HERE = "partnerships/<slug:slug>/"
MEMBER = f"{HERE}members/<uuid:member_id>/"
TASK = f"{HERE}tasks/<int:number>/"

space_urlpatterns = [
    path("tasks/", task.own_tasks, name="my_tasks"),
    path("partnerships/", partnership.partnerships, name="partnership_list"),
    path(HERE, partnership.partnership_detail, name="partnership_detail"),
    path(f"{HERE}edit/", partnership.partnership_edit, name="partnership_edit"),
    path(f"{HERE}move/", partnership.partnership_move, name="partnership_move"),
    path(f"{HERE}members/", member.members, name="member_list"),
    path(f"{HERE}members/add/", member.member_add, name="member_add"),
    path(MEMBER, member.member_detail, name="member_detail"),
    path(f"{MEMBER}edit/", member.member_edit, name="member_edit"),
    path(f"{MEMBER}move/", member.member_move, name="member_move"),
    path(f"{MEMBER}people/add/", representative.representative_new, name="representative_new"),
    path(
        f"{MEMBER}people/<uuid:representative_id>/invite/",
        representative.representative_invite,
        name="representative_invite",
    ),
    path(f"{MEMBER}people/<uuid:representative_id>/end/", representative.representative_end, name="representative_end"),
    path(f"{HERE}tasks/", task.tasks, name="task_list"),
    path(f"{HERE}tasks/new/", task.task_new, name="task_new"),
    path(TASK, task.task_detail, name="task_detail"),
    path(f"{TASK}edit/", task.task_edit, name="task_edit"),
    path(f"{TASK}update/", task_word.task_update, name="task_update"),
    path(f"{TASK}date/", task_word.task_date_answer, name="task_date_answer"),
    path(f"{TASK}cancel/", task_word.task_cancel, name="task_cancel"),
    path(f"{TASK}link/", task_word.task_send_link, name="task_send_link"),
]

link_urlpatterns = [
    path("task/<str:token>/", task_link.task_link, name="task_link"),
    path("task/<str:token>/pass/", task_link.task_link_pass, name="task_link_pass"),
    path("task/<str:token>/renew/", task_link.task_link_renew, name="task_link_renew"),
    path("task/<str:token>/other/<uuid:task_id>/", task_link.task_link_other, name="task_link_other"),
]

api_urlpatterns = [
    path("partnerships/", partnership_api.PartnershipList.as_view(), name="api_partnership_list"),
    path(HERE, partnership_api.PartnershipDetail.as_view(), name="api_partnership_detail"),
    path(f"{HERE}move/", partnership_api.PartnershipMove.as_view(), name="api_partnership_move"),
]
