"""Addresses of partnerships, a module a subject; fixed words come before the short name of a partnership."""

from partnerships.urls import agreement, member, need, partnership, shelf, task, thread, worry

SUBJECTS = (partnership, need, member, task, agreement, thread, shelf, worry)

space_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.space_urlpatterns]
link_urlpatterns = [pattern for subject in (agreement, task, thread) for pattern in subject.link_urlpatterns]
api_urlpatterns = [pattern for subject in SUBJECTS for pattern in subject.api_urlpatterns]
