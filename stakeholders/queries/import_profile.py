"""Reading mapping profiles."""

from collections.abc import Sequence

from django.db.models import QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from stakeholders.models import ImportProfile
from stakeholders.rules.import_profile import masked_headers


def profiles_visible_to(viewer: Viewer) -> QuerySet[ImportProfile]:
    """The profiles of the space by name, for whoever may import; none for others."""
    found = ImportProfile.objects.select_related("created_by").order_by("name", "id")
    return found if viewer.can(Permission.IMPORT_STAKEHOLDERS) else found.none()


def profile_for(header: Sequence[str]) -> ImportProfile | None:
    """The latest profile made for a file with the same headers."""
    return ImportProfile.objects.filter(headers=masked_headers(header)).order_by("-created_at", "-id").first()
