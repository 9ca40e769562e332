"""Addresses of the clauses of an agreement."""

from django.urls import path

from partnerships.api import agreement_clause as clause_api
from partnerships.urls.agreement import AGREEMENT, VERSION
from partnerships.views import agreement_clause

CLAUSE = f"{AGREEMENT}clauses/<uuid:clause_id>/"

space_urlpatterns = [
    path(f"{AGREEMENT}terms/", agreement_clause.agreement_terms, name="agreement_terms"),
    path(f"{AGREEMENT}clauses/", agreement_clause.clause_list, name="clause_list"),
    path(f"{AGREEMENT}clauses/new/", agreement_clause.clause_add, name="clause_add"),
    path(CLAUSE, agreement_clause.clause_edit, name="clause_edit"),
    path(f"{CLAUSE}act/", agreement_clause.clause_act, name="clause_act"),
]

api_urlpatterns = [
    path(f"{VERSION}clauses/", clause_api.ClauseList.as_view(), name="api_clause_list"),
    path(f"{VERSION}clauses/<uuid:clause_id>/", clause_api.ClauseDetail.as_view(), name="api_clause_detail"),
    path(f"{VERSION}compare/", clause_api.AgreementCompare.as_view(), name="api_agreement_compare"),
]
