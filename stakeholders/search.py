"""The one search of a space: each app adds what it can find (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.web.space import space_url
from stakeholders.queries.asset import ids_found_for
from stakeholders.queries.stakeholder import MOST_FOUND, RowMaker, rows_of, stakeholders_visible_to
from stakeholders.rules.stakeholder import words_of

SHOWN_OF_A_KIND = 10


@dataclass(frozen=True)
class Result:
    """Something found: its name, a line about it, and where it is."""

    label: str
    sub: str
    url: str


@dataclass(frozen=True)
class ResultGroup:
    """What was found of one kind; ``all_url`` leads to the list where there may be more."""

    label: str
    results: Sequence[Result]
    all_url: str = ""


Finder = Callable[[Viewer, Sequence[str]], Sequence[Result]]
_finders: list[tuple[str | Promise, Finder, str]] = []


def register_search(kind_label: str | Promise, finder: Finder, *, list_url_name: str = "") -> None:
    """Add something that can be found.

    ``finder(viewer, words)`` gets masked words and returns only what the viewer may see, best first, at most ten.
    ``list_url_name`` names a list page that takes ``q``.
    """
    if all(known is not finder for _label, known, _url in _finders):
        _finders.append((kind_label, finder, list_url_name))


def registered_searches() -> list[str]:
    """What can be found, for the README's list and its test."""
    return [str(label) for label, _finder, _url in _finders]


def found_for(viewer: Viewer, query: str) -> list[ResultGroup]:
    """Everything a viewer may see that holds all the words, by kind; kinds without a result are left out."""
    words = words_of(query)
    if not words:
        return []
    groups = []
    for label, finder, url_name in _finders:
        results = list(finder(viewer, words))[:SHOWN_OF_A_KIND]
        if results:
            full = len(results) == SHOWN_OF_A_KIND and url_name
            groups.append(ResultGroup(str(label), results, space_url(url_name) if full else ""))
    return groups


def find_stakeholders(viewer: Viewer, words: Sequence[str]) -> list[Result]:
    """Stakeholders by name, place, code or e-mail."""
    # Whoever does not see the whole register may find theirs far down the alphabet.
    most = SHOWN_OF_A_KIND * 2 if viewer.can_everywhere(Permission.SEE_STAKEHOLDERS) else MOST_FOUND
    visible = stakeholders_visible_to(viewer).filter(pk__in=ids_found_for(viewer, words, most=most))
    rows = map(RowMaker(), rows_of(visible)[:SHOWN_OF_A_KIND])
    return [Result(row.name, " · ".join(filter(None, [row.what, row.place])), row.url) for row in rows]


def register_own() -> None:
    """What this app finds."""
    register_search(_("Stakeholders"), find_stakeholders, list_url_name="stakeholder_list")
