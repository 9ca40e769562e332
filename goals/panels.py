"""Panels that higher apps add to a goal's page: the page loads each by its URL name and is complete without them."""

from dataclasses import dataclass

from core.web.space import space_url
from goals.models import Goal


@dataclass(frozen=True)
class Panel:
    """A fragment of a goal; its address takes ``tenant``, ``slug`` and ``number``."""

    url_name: str
    order: int


_panels: dict[str, Panel] = {}


def register_panel(url_name: str, order: int) -> None:
    """Add a panel; called from ``AppConfig.ready``. The same name again replaces it."""
    _panels[url_name] = Panel(url_name, order)


def registered_panels() -> list[Panel]:
    """All panels in order, for the README's list and its test."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.url_name))


def panel_urls(goal: Goal) -> list[str]:
    """The addresses a goal's page loads its panels from, in order."""
    ways = {"slug": goal.partnership.slug, "number": goal.number}
    return [space_url(panel.url_name, **ways) for panel in registered_panels()]
