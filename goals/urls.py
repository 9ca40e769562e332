"""Addresses of goals."""

from django.urls import path

from goals.api import deliverable as deliverable_api
from goals.api import endorsement as endorsement_api
from goals.api import goal as goal_api
from goals.api import milestone as milestone_api
from goals.api import review as review_api
from goals.api import version as version_api
from goals.views import (
    deliverable,
    endorsement,
    endorsement_link,
    goal,
    goal_step,
    goal_timeline,
    milestone,
    review,
    version,
)

HERE = "partnerships/<slug:slug>/goals/"
GOAL = f"{HERE}<int:number>/"
MILESTONE = f"{GOAL}milestones/<uuid:milestone_id>/"
ENDORSEMENT = f"{GOAL}endorsement/"
ROLES = "partnerships/<slug:slug>/roles/"
DELIVERABLE = f"{ROLES}<int:number>/"
API_DELIVERABLES = "partnerships/<slug:slug>/deliverables/"
API_DELIVERABLE = f"{API_DELIVERABLES}<int:number>/"

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
    path(f"{GOAL}reviews/new/", review.review_new, name="review_new"),
    path(f"{GOAL}versions/", version.version_compare, name="version_compare"),
    path(f"{GOAL}milestones/new/", milestone.milestone_new, name="milestone_new"),
    path(f"{MILESTONE}edit/", milestone.milestone_edit, name="milestone_edit"),
    path(MILESTONE, milestone.milestone_detail, name="milestone_detail"),
    path(f"{MILESTONE}reach/", milestone.milestone_reach, name="milestone_reach"),
    path(f"{MILESTONE}drop/", milestone.milestone_drop, name="milestone_drop"),
    path(f"{MILESTONE}file/", milestone.milestone_file, name="milestone_file"),
    path(f"{HERE}timeline/", goal_timeline.goals_timeline, name="goal_timeline"),
    path(f"{HERE}endorsements/", endorsement.endorsements, name="endorsement_matrix"),
    path(ENDORSEMENT, endorsement.endorsement_detail, name="endorsement_detail"),
    path(f"{ENDORSEMENT}voice/", endorsement.endorsement_voice, name="endorsement_voice"),
    path(f"{ENDORSEMENT}newcomers/", endorsement.endorsement_newcomers, name="endorsement_newcomers"),
    path(f"{ENDORSEMENT}<uuid:endorsement_id>/", endorsement.endorsement_answer, name="endorsement_answer"),
    path(f"{ENDORSEMENT}<uuid:endorsement_id>/remind/", endorsement.endorsement_remind, name="endorsement_remind"),
    path(ROLES, deliverable.deliverables, name="deliverable_list"),
    path(f"{ROLES}new/", deliverable.deliverable_new, name="deliverable_new"),
    path(DELIVERABLE, deliverable.deliverable_detail, name="deliverable_detail"),
    path(f"{DELIVERABLE}edit/", deliverable.deliverable_edit, name="deliverable_edit"),
    path(f"{DELIVERABLE}tasks/", deliverable.deliverable_tasks, name="deliverable_tasks"),
    path(f"{DELIVERABLE}remove/", deliverable.deliverable_remove, name="deliverable_remove"),
]

link_urlpatterns = [
    path("goal/<str:token>/", endorsement_link.endorsement_link, name="endorsement_link"),
    path("goal/<str:token>/renew/", endorsement_link.endorsement_link_renew, name="endorsement_link_renew"),
]

api_urlpatterns = [
    path(HERE, goal_api.GoalList.as_view(), name="api_goal_list"),
    path(GOAL, version_api.GoalDetail.as_view(), name="api_goal_detail"),
    path(f"{GOAL}propose/", goal_api.GoalPropose.as_view(), name="api_goal_propose"),
    path(f"{GOAL}adopt/", version_api.GoalAdopt.as_view(), name="api_goal_adopt"),
    path(f"{GOAL}move/", version_api.GoalMove.as_view(), name="api_goal_move"),
    path(f"{GOAL}close/", version_api.GoalClose.as_view(), name="api_goal_close"),
    path(f"{GOAL}versions/", version_api.GoalVersions.as_view(), name="api_goal_versions"),
    path(
        f"{GOAL}versions/<int:old>/<int:new>/",
        version_api.GoalVersionChange.as_view(),
        name="api_goal_version_change",
    ),
    path(f"{GOAL}reviews/", review_api.GoalReviews.as_view(), name="api_goal_reviews"),
    path(f"{GOAL}ask/", endorsement_api.GoalAsk.as_view(), name="api_goal_ask"),
    path(f"{GOAL}endorsement/", endorsement_api.GoalEndorsement.as_view(), name="api_goal_endorsement"),
    path(f"{GOAL}endorsement/voices/", endorsement_api.GoalVoices.as_view(), name="api_goal_voices"),
    path(f"{HERE}endorsements/", endorsement_api.EndorsementMatrix.as_view(), name="api_endorsement_matrix"),
    path(f"{GOAL}milestones/", milestone_api.MilestoneList.as_view(), name="api_milestone_list"),
    path(MILESTONE, milestone_api.MilestoneDetail.as_view(), name="api_milestone_detail"),
    path(f"{MILESTONE}drop/", milestone_api.MilestoneDrop.as_view(), name="api_milestone_drop"),
    path(f"{MILESTONE}file/", milestone_api.MilestoneFile.as_view(), name="api_milestone_file"),
    path(f"{MILESTONE}reach/", milestone_api.MilestoneReach.as_view(), name="api_milestone_reach"),
    path(API_DELIVERABLES, deliverable_api.DeliverableList.as_view(), name="api_deliverable_list"),
    path(API_DELIVERABLE, deliverable_api.DeliverableDetail.as_view(), name="api_deliverable_detail"),
    path(
        f"{API_DELIVERABLE}candidates/",
        deliverable_api.DeliverableCandidates.as_view(),
        name="api_deliverable_candidates",
    ),
]
