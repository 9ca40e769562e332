"""Addresses of goals."""

from django.urls import path

from goals.api import change as change_api
from goals.api import claim as claim_api
from goals.api import deliverable as deliverable_api
from goals.api import goal as goal_api
from goals.api import lesson as lesson_api
from goals.api import milestone as milestone_api
from goals.api import suggestion as suggestion_api
from goals.api import trend_review as trend_review_api
from goals.views import (
    change,
    claim,
    deliverable,
    goal,
    goal_parts,
    goal_step,
    learning,
    lesson,
    milestone,
    suggestion,
    trend_review,
)

HERE = "partnerships/<slug:slug>/goals/"
GOAL = f"{HERE}<int:number>/"
MILESTONE = f"{GOAL}milestones/<uuid:milestone_id>/"
CHANGES = "partnerships/<slug:slug>/changes/"
CHANGE = f"{CHANGES}<int:number>/"
LESSONS = "partnerships/<slug:slug>/lessons/"
LESSON = f"{LESSONS}<int:number>/"
CLAIM = f"{GOAL}claims/<uuid:claim_id>/"
ALTERNATIVE = f"{CLAIM}alternatives/<uuid:alternative_id>/"
REVIEWS = "partnerships/<slug:slug>/trend-reviews/"
REVIEW = f"{REVIEWS}<int:number>/"
ROLES = "partnerships/<slug:slug>/roles/"
DELIVERABLE = f"{ROLES}<int:number>/"
API_SUGGESTIONS = "partnerships/<slug:slug>/goal-suggestions/"
API_DELIVERABLES = "partnerships/<slug:slug>/deliverables/"
API_DELIVERABLE = f"{API_DELIVERABLES}<int:number>/"

space_urlpatterns = [
    path(HERE, goal.goals, name="goal_list"),
    path(f"{HERE}new/", goal.goal_new, name="goal_new"),
    path(f"{HERE}check/", goal.goal_check, name="goal_check"),
    path(f"{HERE}suggest/", suggestion.suggestion_new, name="suggestion_new"),
    path(f"{HERE}suggestions/<uuid:suggestion_id>/", suggestion.suggestion_answer, name="suggestion_answer"),
    path(GOAL, goal.goal_detail, name="goal_detail"),
    path(f"{GOAL}edit/", goal.goal_edit, name="goal_edit"),
    path(f"{GOAL}check/", goal.goal_check, name="goal_check_saved"),
    path(f"{GOAL}move/", goal_step.goal_move, name="goal_move"),
    path(f"{GOAL}adopt/", goal_step.goal_adopt, name="goal_adopt"),
    path(f"{GOAL}close/", goal_step.goal_close, name="goal_close"),
    path(f"{GOAL}confirm/", goal_step.goal_confirm, name="goal_confirm"),
    path(f"{GOAL}accept/", goal_parts.goal_accept, name="goal_accept"),
    path(f"{GOAL}weights/", goal_parts.goal_weights, name="goal_weights"),
    path(f"{GOAL}suggest/", suggestion.suggestion_for_goal, name="suggestion_for_goal"),
    path(f"{GOAL}tasks/", goal_step.goal_tasks, name="goal_tasks"),
    path(f"{GOAL}milestones/new/", milestone.milestone_new, name="milestone_new"),
    path(f"{MILESTONE}edit/", milestone.milestone_edit, name="milestone_edit"),
    path(f"{MILESTONE}reach/", milestone.milestone_reach, name="milestone_reach"),
    path(f"{GOAL}learning/", learning.goal_learning, name="goal_learning"),
    path(f"{GOAL}claims/new/", claim.claim_new, name="claim_new"),
    path(CLAIM, claim.claim_detail, name="claim_detail"),
    path(f"{CLAIM}edit/", claim.claim_edit, name="claim_edit"),
    path(f"{CLAIM}withdraw/", claim.claim_withdraw, name="claim_withdraw"),
    path(f"{CLAIM}alternatives/", claim.alternative_new, name="alternative_new"),
    path(ALTERNATIVE, claim.alternative_examine, name="alternative_examine"),
    path(f"{ALTERNATIVE}remove/", claim.alternative_remove, name="alternative_remove"),
    path(CHANGES, change.changes, name="change_list"),
    path(f"{CHANGES}new/", change.change_new, name="change_new"),
    path(CHANGE, change.change_detail, name="change_detail"),
    path(f"{CHANGE}edit/", change.change_edit, name="change_edit"),
    path(f"{CHANGE}remove/", change.change_remove, name="change_remove"),
    path("lessons/", lesson.all_lessons, name="all_lessons"),
    path(LESSONS, lesson.lessons, name="lesson_list"),
    path(f"{LESSONS}new/", lesson.lesson_new, name="lesson_new"),
    path(LESSON, lesson.lesson_detail, name="lesson_detail"),
    path(f"{LESSON}edit/", lesson.lesson_edit, name="lesson_edit"),
    path(f"{LESSON}check/", lesson.lesson_check, name="lesson_check"),
    path(f"{LESSON}share/", lesson.lesson_share, name="lesson_share"),
    path(f"{LESSON}apply/", lesson.lesson_apply, name="lesson_apply"),
    path(REVIEWS, trend_review.trend_reviews, name="trend_review_list"),
    path(f"{REVIEWS}new/", trend_review.trend_review_new, name="trend_review_new"),
    path(REVIEW, trend_review.trend_review_detail, name="trend_review_detail"),
    path(f"{REVIEW}fill/", trend_review.trend_review_fill, name="trend_review_fill"),
    path(f"{REVIEW}move/", trend_review.trend_review_move, name="trend_review_move"),
    path(f"{REVIEW}check/", trend_review.trend_review_check, name="trend_review_check"),
    path(ROLES, deliverable.deliverables, name="deliverable_list"),
    path(f"{ROLES}new/", deliverable.deliverable_new, name="deliverable_new"),
    path(DELIVERABLE, deliverable.deliverable_detail, name="deliverable_detail"),
    path(f"{DELIVERABLE}edit/", deliverable.deliverable_edit, name="deliverable_edit"),
    path(f"{DELIVERABLE}tasks/", deliverable.deliverable_tasks, name="deliverable_tasks"),
    path(f"{DELIVERABLE}remove/", deliverable.deliverable_remove, name="deliverable_remove"),
]

api_urlpatterns = [
    path(HERE, goal_api.GoalList.as_view(), name="api_goal_list"),
    path(GOAL, goal_api.GoalDetail.as_view(), name="api_goal_detail"),
    path(f"{GOAL}propose/", goal_api.GoalPropose.as_view(), name="api_goal_propose"),
    path(f"{GOAL}adopt/", goal_api.GoalAdopt.as_view(), name="api_goal_adopt"),
    path(f"{GOAL}move/", goal_api.GoalMove.as_view(), name="api_goal_move"),
    path(f"{GOAL}close/", goal_api.GoalClose.as_view(), name="api_goal_close"),
    path(f"{GOAL}confirm/", goal_api.GoalConfirm.as_view(), name="api_goal_confirm"),
    path(f"{GOAL}warnings/", suggestion_api.GoalWarnings.as_view(), name="api_goal_warnings"),
    path(f"{GOAL}weights/", suggestion_api.GoalWeights.as_view(), name="api_goal_weights"),
    path(API_SUGGESTIONS, suggestion_api.SuggestionList.as_view(), name="api_suggestion_list"),
    path(
        f"{API_SUGGESTIONS}<uuid:suggestion_id>/answer/",
        suggestion_api.SuggestionAnswer.as_view(),
        name="api_suggestion_answer",
    ),
    path(f"{GOAL}milestones/", milestone_api.MilestoneList.as_view(), name="api_milestone_list"),
    path(f"{MILESTONE}reach/", milestone_api.MilestoneReach.as_view(), name="api_milestone_reach"),
    path(f"{GOAL}claims/", claim_api.ClaimList.as_view(), name="api_claim_list"),
    path(CLAIM, claim_api.ClaimDetail.as_view(), name="api_claim_detail"),
    path(f"{CLAIM}alternatives/", claim_api.AlternativeList.as_view(), name="api_alternative_list"),
    path(ALTERNATIVE, claim_api.AlternativeDetail.as_view(), name="api_alternative_detail"),
    path(CHANGES, change_api.ChangeList.as_view(), name="api_change_list"),
    path(CHANGE, change_api.ChangeDetail.as_view(), name="api_change_detail"),
    path("lessons/", lesson_api.AllLessons.as_view(), name="api_all_lessons"),
    path(LESSONS, lesson_api.LessonList.as_view(), name="api_lesson_list"),
    path(LESSON, lesson_api.LessonDetail.as_view(), name="api_lesson_detail"),
    path(f"{LESSON}check/", lesson_api.LessonCheck.as_view(), name="api_lesson_check"),
    path(f"{LESSON}share/", lesson_api.LessonShare.as_view(), name="api_lesson_share"),
    path(f"{LESSON}apply/", lesson_api.LessonApply.as_view(), name="api_lesson_apply"),
    path(REVIEWS, trend_review_api.TrendReviewList.as_view(), name="api_trend_review_list"),
    path(REVIEW, trend_review_api.TrendReviewDetail.as_view(), name="api_trend_review_detail"),
    path(f"{REVIEW}tasks/", trend_review_api.TrendReviewTasks.as_view(), name="api_trend_review_tasks"),
    path(f"{REVIEW}move/", trend_review_api.TrendReviewMove.as_view(), name="api_trend_review_move"),
    path(f"{REVIEW}check/", trend_review_api.TrendReviewCheck.as_view(), name="api_trend_review_check"),
    path(API_DELIVERABLES, deliverable_api.DeliverableList.as_view(), name="api_deliverable_list"),
    path(API_DELIVERABLE, deliverable_api.DeliverableDetail.as_view(), name="api_deliverable_detail"),
    path(
        f"{API_DELIVERABLE}candidates/",
        deliverable_api.DeliverableCandidates.as_view(),
        name="api_deliverable_candidates",
    ),
]
