"""The second door of pages about indicators and values: what is out of sight does not exist."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from metrics.models import Indicator, Measurement
from metrics.queries.indicator import indicators_visible_to, with_values
from metrics.queries.measurement import measurements_visible_to


def visible_indicator(request: SpaceRequest, slug: str, code: str) -> Indicator:
    """The indicator of an address with its partnership and values; 404 when the viewer may not see it."""
    rows = with_values(indicators_visible_to(request.viewer))
    return get_object_or_404(rows, partnership__slug=slug, code=code)


def indicator_allowing(request: SpaceRequest, slug: str, code: str, permission: Permission) -> Indicator:
    """The indicator of an address in whose partnership the viewer holds a permission; 404 unseen, 403 without it."""
    indicator = visible_indicator(request, slug, code)
    if not request.viewer.can(permission, indicator.partnership.scope_id):
        raise PermissionDenied
    return indicator


def visible_measurement(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> Measurement:
    """The value of an address with who entered and who verified it; 404 when the viewer may not see it."""
    rows = measurements_visible_to(request.viewer).select_related("entered_by", "entered_by_person", "verified_by")
    return get_object_or_404(rows, indicator__partnership__slug=slug, pk=measurement_id)


def measurement_allowing(
    request: SpaceRequest, slug: str, measurement_id: uuid.UUID, permission: Permission
) -> Measurement:
    """The value of an address in whose partnership the viewer holds a permission; 404 unseen, 403 without it."""
    measurement = visible_measurement(request, slug, measurement_id)
    if not request.viewer.can(permission, measurement.indicator.partnership.scope_id):
        raise PermissionDenied
    return measurement
