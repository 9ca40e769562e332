"""Addresses of partnerships, a module a subject; fixed words come before the short name of a partnership."""

from partnerships.urls import (
    agreement,
    agreement_annex,
    agreement_clause,
    agreement_review,
    communication,
    decision,
    ledger,
    meeting,
    member,
    need,
    partner_feedback,
    partnership,
    recognition,
    shelf,
    shown,
    signal,
    task,
    thread,
    worry,
)

SUBJECTS = (
    partnership,
    need,
    member,
    task,
    ledger,
    meeting,
    decision,
    agreement,
    agreement_annex,
    agreement_clause,
    agreement_review,
    thread,
    shelf,
    shown,
    worry,
    partner_feedback,
    communication,
    recognition,
    signal,
)
WITH_LINKS = (agreement, agreement_annex, agreement_review, ledger, meeting, task, thread, communication, recognition)

space_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.space_urlpatterns]
link_urlpatterns = [pattern for subject in WITH_LINKS for pattern in subject.link_urlpatterns]
api_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.api_urlpatterns]
