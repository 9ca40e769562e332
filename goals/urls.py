"""Addresses of goals."""

from django.urls import path

from goals.api import change as change_api
from goals.api import claim as claim_api
from goals.api import deliverable as deliverable_api
from goals.api import endorsement as endorsement_api
from goals.api import goal as goal_api
from goals.api import lesson as lesson_api
from goals.api import logframe as logframe_api
from goals.api import milestone as milestone_api
from goals.api import need as need_api
from goals.api import review as review_api
from goals.api import risk as risk_api
from goals.api import suggestion as suggestion_api
from goals.api import theory as theory_api
from goals.api import trend_review as trend_review_api
from goals.api import version as version_api
from goals.api import why as why_api
from goals.views import (
    change,
    claim,
    deliverable,
    endorsement,
    endorsement_link,
    goal,
    goal_panel,
    goal_parts,
    goal_step,
    goal_timeline,
    goal_write,
    learning,
    lesson,
    logframe,
    milestone,
    need,
    review,
    risk,
    suggestion,
    theory,
    trend_review,
    version,
    why,
)

HERE = "partnerships/<slug:slug>/goals/"
GOAL = f"{HERE}<int:number>/"
MILESTONE = f"{GOAL}milestones/<uuid:milestone_id>/"
ENDORSEMENT = f"{GOAL}endorsement/"
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
NEEDS = "partnerships/<slug:slug>/community-needs/"
NEED = f"{NEEDS}<int:number>/"
THEORY = "partnerships/<slug:slug>/theory/"
STEP = f"{THEORY}steps/<uuid:toc_node_id>/"
LINK = f"{THEORY}links/<uuid:toc_link_id>/"
RISKS = "partnerships/<slug:slug>/risks/"
RISK = f"{RISKS}<int:number>/"
API_DELIVERABLES = "partnerships/<slug:slug>/deliverables/"
API_DELIVERABLE = f"{API_DELIVERABLES}<int:number>/"

space_urlpatterns = [
    path(HERE, goal.goals, name="goal_list"),
    path(f"{HERE}standing/", goal_panel.partnership_goals, name="partnership_goals"),
    path(f"{HERE}new/", goal_write.goal_new, name="goal_new"),
    path(f"{HERE}check/", goal_write.goal_check, name="goal_check"),
    path(f"{HERE}suggest/", suggestion.suggestion_new, name="suggestion_new"),
    path(f"{HERE}suggestions/<uuid:suggestion_id>/", suggestion.suggestion_answer, name="suggestion_answer"),
    path(GOAL, goal.goal_detail, name="goal_detail"),
    path(f"{GOAL}edit/", goal_write.goal_edit, name="goal_edit"),
    path(f"{GOAL}check/", goal_write.goal_check, name="goal_check_saved"),
    path(f"{GOAL}move/", goal_step.goal_move, name="goal_move"),
    path(f"{GOAL}adopt/", goal_step.goal_adopt, name="goal_adopt"),
    path(f"{GOAL}close/", goal_step.goal_close, name="goal_close"),
    path(f"{GOAL}confirm/", goal_step.goal_confirm, name="goal_confirm"),
    path(f"{GOAL}accept/", goal_parts.goal_accept, name="goal_accept"),
    path(f"{GOAL}weights/", goal_parts.goal_weights, name="goal_weights"),
    path(f"{GOAL}suggest/", suggestion.suggestion_for_goal, name="suggestion_for_goal"),
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
    path(f"{GOAL}why/", why.goal_why, name="goal_why"),
    path(NEEDS, need.needs, name="need_list"),
    path(f"{NEEDS}new/", need.need_new, name="need_new"),
    path(NEED, need.need_detail, name="need_detail"),
    path(f"{NEED}edit/", need.need_edit, name="need_edit"),
    path(f"{NEED}move/", need.need_move, name="need_move"),
    path(f"{NEED}support/", need.need_support, name="need_support"),
    path(THEORY, theory.theory, name="theory"),
    path(f"{THEORY}start/", theory.theory_start, name="theory_start"),
    path(f"{THEORY}logframe/", logframe.logframe_page, name="logframe"),
    path(f"{THEORY}steps/new/", theory.toc_node_new, name="toc_node_new"),
    path(f"{STEP}edit/", theory.toc_node_edit, name="toc_node_edit"),
    path(f"{STEP}shift/", theory.toc_node_shift, name="toc_node_shift"),
    path(f"{STEP}remove/", theory.toc_node_remove, name="toc_node_remove"),
    path(f"{THEORY}links/new/", theory.toc_link_new, name="toc_link_new"),
    path(f"{LINK}edit/", theory.toc_link_edit, name="toc_link_edit"),
    path(f"{LINK}remove/", theory.toc_link_remove, name="toc_link_remove"),
    path(RISKS, risk.risks, name="risk_list"),
    path(f"{RISKS}new/", risk.risk_new, name="risk_new"),
    path(RISK, risk.risk_detail, name="risk_detail"),
    path(f"{RISK}edit/", risk.risk_edit, name="risk_edit"),
    path(f"{RISK}move/", risk.risk_move, name="risk_move"),
]

link_urlpatterns = [
    path("goal/<str:token>/", endorsement_link.endorsement_link, name="endorsement_link"),
    path("goal/<str:token>/renew/", endorsement_link.endorsement_link_renew, name="endorsement_link_renew"),
]

api_urlpatterns = [
    path(HERE, goal_api.GoalList.as_view(), name="api_goal_list"),
    path(GOAL, version_api.GoalDetail.as_view(), name="api_goal_detail"),
    path(f"{GOAL}propose/", goal_api.GoalPropose.as_view(), name="api_goal_propose"),
    path(f"{GOAL}confirm/", goal_api.GoalConfirm.as_view(), name="api_goal_confirm"),
    path(f"{GOAL}warnings/", suggestion_api.GoalWarnings.as_view(), name="api_goal_warnings"),
    path(f"{GOAL}weights/", suggestion_api.GoalWeights.as_view(), name="api_goal_weights"),
    path(API_SUGGESTIONS, suggestion_api.SuggestionList.as_view(), name="api_suggestion_list"),
    path(
        f"{API_SUGGESTIONS}<uuid:suggestion_id>/answer/",
        suggestion_api.SuggestionAnswer.as_view(),
        name="api_suggestion_answer",
    ),
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
    path(f"{GOAL}why/", why_api.GoalWhy.as_view(), name="api_goal_why"),
    path(NEEDS, need_api.NeedList.as_view(), name="api_need_list"),
    path(NEED, need_api.NeedDetail.as_view(), name="api_need_detail"),
    path(f"{NEED}move/", need_api.NeedMove.as_view(), name="api_need_move"),
    path(f"{NEED}support/<uuid:member_id>/", need_api.NeedSupport.as_view(), name="api_need_support"),
    path(THEORY, theory_api.TheoryDetail.as_view(), name="api_theory"),
    path(f"{THEORY}logframe/", logframe_api.Logframe.as_view(), name="api_logframe"),
    path(f"{THEORY}start/", theory_api.TheoryStart.as_view(), name="api_theory_start"),
    path(f"{THEORY}steps/", theory_api.TocNodeList.as_view(), name="api_toc_node_list"),
    path(STEP, theory_api.TocNodeDetail.as_view(), name="api_toc_node_detail"),
    path(f"{STEP}shift/", theory_api.TocNodeShift.as_view(), name="api_toc_node_shift"),
    path(f"{THEORY}links/", theory_api.TocLinkList.as_view(), name="api_toc_link_list"),
    path(LINK, theory_api.TocLinkDetail.as_view(), name="api_toc_link_detail"),
    path(RISKS, risk_api.RiskList.as_view(), name="api_risk_list"),
    path(RISK, risk_api.RiskDetail.as_view(), name="api_risk_detail"),
    path(f"{RISK}move/", risk_api.RiskMove.as_view(), name="api_risk_move"),
]
