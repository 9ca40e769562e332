"""The places where a partnership learns from its numbers, side by side."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.space import space_url
from partnerships.models import Partnership
from partnerships.views.tabs import Tab

_WAYS: list[tuple[str | Promise, str]] = [
    (_("Trend reviews"), "trend_review_list"),
    (_("Lessons"), "lesson_list"),
    (_("Changes in the community"), "change_list"),
]


def learning_views(partnership: Partnership, current: str) -> list[Tab]:
    """The places, the current one marked."""
    return [Tab(str(label), space_url(name, slug=partnership.slug), name == current) for label, name in _WAYS]
