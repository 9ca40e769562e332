"""The ways to look at a partnership's tasks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.web.space import space_url
from partnerships.models import Partnership
from partnerships.views.tabs import Tab

_WAYS: list[tuple[str | Promise, str]] = [
    (_("List"), "task_list"),
    (_("Board"), "task_board"),
    (_("Timeline"), "task_timeline"),
    (_("Promises"), "ledger"),
]


def task_views(partnership: Partnership, current: str) -> list[Tab]:
    """The ways, the current one marked."""
    return [Tab(str(label), space_url(name, slug=partnership.slug), name == current) for label, name in _WAYS]
