"""Addresses of decisions."""

from django.urls import path

from partnerships.api import decision as decision_api
from partnerships.urls.here import HERE
from partnerships.views import decision

DECISION = f"{HERE}decisions/<int:year>/<int:number>/"

space_urlpatterns = [
    path(f"{HERE}decisions/", decision.decisions, name="decision_list"),
    path(f"{HERE}decisions/new/", decision.decision_new, name="decision_new"),
    path(DECISION, decision.decision_detail, name="decision_detail"),
    path(f"{DECISION}edit/", decision.decision_edit, name="decision_edit"),
    path(f"{DECISION}take/", decision.decision_take, name="decision_take"),
    path(f"{DECISION}review/", decision.decision_review, name="decision_review"),
    path(f"{DECISION}revoke/", decision.decision_revoke, name="decision_revoke"),
    path(f"{DECISION}told/", decision.decision_told, name="decision_told"),
    path(f"{DECISION}shown/", decision.decision_shown, name="decision_shown"),
]

api_urlpatterns = [
    path(f"{HERE}decisions/", decision_api.DecisionList.as_view(), name="api_decision_list"),
    path(DECISION, decision_api.DecisionDetail.as_view(), name="api_decision_detail"),
    path(f"{DECISION}take/", decision_api.DecisionTake.as_view(), name="api_decision_take"),
    path(f"{DECISION}review/", decision_api.DecisionReview.as_view(), name="api_decision_review"),
    path(f"{DECISION}revoke/", decision_api.DecisionRevoke.as_view(), name="api_decision_revoke"),
    path(f"{DECISION}told/", decision_api.DecisionTold.as_view(), name="api_decision_told"),
    path(f"{DECISION}shown/", decision_api.DecisionShown.as_view(), name="api_decision_shown"),
]
