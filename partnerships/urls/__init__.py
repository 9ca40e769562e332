"""Addresses of partnerships, a module a subject; fixed words come before the short name of a partnership."""

from partnerships.urls import (
    agreement,
    agreement_clause,
    agreement_review,
    decision,
    ledger,
    meeting,
    member,
    need,
    partnership,
    task,
)

SUBJECTS = (partnership, need, member, task, ledger, meeting, decision, agreement, agreement_clause, agreement_review)
WITH_LINKS = (agreement, agreement_review, ledger, meeting, task)

space_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.space_urlpatterns]
link_urlpatterns = [pattern for subject in WITH_LINKS for pattern in subject.link_urlpatterns]
api_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.api_urlpatterns]
