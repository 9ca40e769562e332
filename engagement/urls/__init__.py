"""Addresses of engagement, a module a subject; fixed words come before the short name of a partnership."""

from engagement.urls import activity, public_page, social, submission, survey, theme, volunteer

WITH_PAGES = (submission, survey, theme, public_page, activity, volunteer, social)
WITH_API = (theme, submission, survey, public_page, activity, volunteer, social)
# A space's fixed words stand before the partnerships' short names.
PUBLIC = (submission, survey, public_page, activity, volunteer)
WITH_LINKS = (submission, survey, activity, volunteer)

space_urlpatterns = [pattern for subject in WITH_PAGES for pattern in subject.space_urlpatterns]
api_urlpatterns = [pattern for subject in WITH_API for pattern in subject.api_urlpatterns]
public_urlpatterns = [pattern for subject in PUBLIC for pattern in subject.public_urlpatterns]
link_urlpatterns = [pattern for subject in WITH_LINKS for pattern in subject.link_urlpatterns]
