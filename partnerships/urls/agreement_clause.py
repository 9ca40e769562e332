"""Addresses of the clauses of an agreement."""

from django.urls import path

from partnerships.urls.agreement import AGREEMENT
from partnerships.views import agreement_clause

CLAUSE = f"{AGREEMENT}clauses/<uuid:clause_id>/"

space_urlpatterns = [
    path(f"{AGREEMENT}terms/", agreement_clause.agreement_terms, name="agreement_terms"),
    path(f"{AGREEMENT}clauses/", agreement_clause.clause_list, name="clause_list"),
    path(f"{AGREEMENT}clauses/new/", agreement_clause.clause_add, name="clause_add"),
    path(CLAUSE, agreement_clause.clause_edit, name="clause_edit"),
    path(f"{CLAUSE}act/", agreement_clause.clause_act, name="clause_act"),
]
