"""Addresses of tasks."""

from django.urls import path

from partnerships.api import task as task_api
from partnerships.api import task_plan as plan_api
from partnerships.urls.here import HERE
from partnerships.views import task, task_board, task_calendar, task_link, task_word

TASK = f"{HERE}tasks/<int:number>/"

space_urlpatterns = [
    path("tasks/", task.own_tasks, name="my_tasks"),
    path("calendar/", task_calendar.own_calendar, name="own_calendar"),
    path("calendar/end/", task_calendar.own_calendar_end, name="own_calendar_end"),
    path(f"{HERE}tasks/", task.tasks, name="task_list"),
    path(f"{HERE}tasks/board/", task_board.task_board, name="task_board"),
    path(f"{HERE}tasks/timeline/", task_board.task_timeline, name="task_timeline"),
    path(f"{HERE}tasks/calendar/download/", task_calendar.task_calendar, name="task_calendar"),
    path(f"{HERE}tasks/new/", task.task_new, name="task_new"),
    path(TASK, task.task_detail, name="task_detail"),
    path(f"{TASK}edit/", task.task_edit, name="task_edit"),
    path(f"{TASK}move/", task_board.task_move, name="task_move"),
    path(f"{TASK}plan/", task.task_plan, name="task_plan"),
    path(f"{TASK}evidence/<uuid:evidence_id>/", task.task_file, name="task_file"),
    path(f"{TASK}confirm/", task_word.task_confirm, name="task_confirm"),
    path(f"{TASK}update/", task_word.task_update, name="task_update"),
    path(f"{TASK}date/", task_word.task_date_answer, name="task_date_answer"),
    path(f"{TASK}cancel/", task_word.task_cancel, name="task_cancel"),
    path(f"{TASK}link/", task_word.task_send_link, name="task_send_link"),
]

link_urlpatterns = [
    path("calendar/<str:token>/", task_calendar.calendar_feed, name="calendar_feed"),
    path("task/<str:token>/", task_link.task_link, name="task_link"),
    path("task/<str:token>/pass/", task_link.task_link_pass, name="task_link_pass"),
    path("task/<str:token>/renew/", task_link.task_link_renew, name="task_link_renew"),
    path("task/<str:token>/other/<uuid:task_id>/", task_link.task_link_other, name="task_link_other"),
]

api_urlpatterns = [
    path(f"{HERE}tasks/", task_api.TaskList.as_view(), name="api_task_list"),
    path(TASK, task_api.TaskDetail.as_view(), name="api_task_detail"),
    path(f"{TASK}cancel/", task_api.TaskCancel.as_view(), name="api_task_cancel"),
    path(f"{TASK}plan/", plan_api.TaskPlanView.as_view(), name="api_task_plan"),
    path(f"{TASK}evidence/", plan_api.TaskEvidenceView.as_view(), name="api_task_evidence"),
    path(
        f"{TASK}evidence/<uuid:evidence_id>/",
        plan_api.TaskEvidenceFile.as_view(),
        name="api_task_evidence_file",
    ),
    path(f"{TASK}confirmation/", plan_api.TaskConfirmation.as_view(), name="api_task_confirmation"),
    path(f"{TASK}date/", plan_api.TaskDateAnswer.as_view(), name="api_task_date"),
    path(f"{TASK}updates/", task_api.TaskUpdates.as_view(), name="api_task_update"),
]
