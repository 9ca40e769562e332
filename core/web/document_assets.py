"""Where a document finds the product's own static files."""

from django.conf import settings
from django.contrib.staticfiles import finders


def static_path(name: str) -> str | None:
    """The file of a static name: collected for production, else where it is written; None for one that is not ours."""
    collected = settings.STATIC_ROOT / name
    if collected.is_file():
        return str(collected)
    found = finders.find(name)
    return found if isinstance(found, str) else None
