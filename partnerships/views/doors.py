"""The second door of pages inside a partnership: what is out of sight does not exist."""

from django.core.exceptions import PermissionDenied

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from core.web.lookup import or_404
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at


def visible_partnership(request: SpaceRequest, slug: str) -> Partnership:
    """The partnership of an address; 404 when the viewer may not see it."""
    return or_404(partnership_at.first(request.viewer, slug=slug))


def partnership_allowing(request: SpaceRequest, slug: str, permission: Permission) -> Partnership:
    """The partnership of an address in which the viewer holds a permission; 404 unseen, 403 without it."""
    partnership = visible_partnership(request, slug)
    if not request.viewer.can(permission, partnership.scope_id):
        raise PermissionDenied
    return partnership


def editable_partnership(request: SpaceRequest, slug: str) -> Partnership:
    """The partnership of an address that the viewer may edit."""
    return partnership_allowing(request, slug, Permission.EDIT_PARTNERSHIP)
