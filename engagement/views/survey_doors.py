"""The doors of pages about one survey."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from engagement.models import Survey
from engagement.queries.survey import survey_of
from partnerships.views.doors import visible_partnership


def survey_seen(request: SpaceRequest, slug: str, number: int) -> Survey:
    """The survey of an address; 404 when the viewer may not see it."""
    partnership = visible_partnership(request, slug)
    return get_object_or_404(survey_of(request.viewer, partnership, number))


def survey_to_edit(request: SpaceRequest, slug: str, number: int) -> Survey:
    """The survey of an address whose partnership's residents the viewer answers; 404 unseen, 403 without that."""
    survey = survey_seen(request, slug, number)
    if not request.viewer.can(Permission.ANSWER_RESIDENTS, survey.partnership.scope_id):
        raise PermissionDenied
    return survey
