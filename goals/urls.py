"""Addresses of goals."""

from django.urls import path

from goals.api import goal as goal_api
from goals.api import milestone as milestone_api
from goals.views import goal, goal_step, milestone

HERE = "partnerships/<slug:slug>/goals/"
GOAL = f"{HERE}<int:number>/"
MILESTONE = f"{GOAL}milestones/<uuid:milestone_id>/"

space_urlpatterns = [
    path(HERE, goal.goals, name="goal_list"),
    path(f"{HERE}new/", goal.goal_new, name="goal_new"),
    path(f"{HERE}check/", goal.goal_check, name="goal_check"),
    path(GOAL, goal.goal_detail, name="goal_detail"),
    path(f"{GOAL}edit/", goal.goal_edit, name="goal_edit"),
    path(f"{GOAL}check/", goal.goal_check, name="goal_check_saved"),
    path(f"{GOAL}move/", goal_step.goal_move, name="goal_move"),
    path(f"{GOAL}adopt/", goal_step.goal_adopt, name="goal_adopt"),
    path(f"{GOAL}close/", goal_step.goal_close, name="goal_close"),
    path(f"{GOAL}confirm/", goal_step.goal_confirm, name="goal_confirm"),
    path(f"{GOAL}tasks/", goal_step.goal_tasks, name="goal_tasks"),
    path(f"{GOAL}milestones/new/", milestone.milestone_new, name="milestone_new"),
    path(f"{MILESTONE}edit/", milestone.milestone_edit, name="milestone_edit"),
    path(f"{MILESTONE}reach/", milestone.milestone_reach, name="milestone_reach"),
]

api_urlpatterns = [
    path(HERE, goal_api.GoalList.as_view(), name="api_goal_list"),
    path(GOAL, goal_api.GoalDetail.as_view(), name="api_goal_detail"),
    path(f"{GOAL}propose/", goal_api.GoalPropose.as_view(), name="api_goal_propose"),
    path(f"{GOAL}adopt/", goal_api.GoalAdopt.as_view(), name="api_goal_adopt"),
    path(f"{GOAL}milestones/", milestone_api.MilestoneList.as_view(), name="api_milestone_list"),
    path(f"{MILESTONE}reach/", milestone_api.MilestoneReach.as_view(), name="api_milestone_reach"),
]
