"""The search of a space."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.web.access import SpaceRequest, members
from core.web.pages import page
from stakeholders.search import found_for


@members
@require_safe
def search(request: SpaceRequest) -> HttpResponse:
    """Everything the viewer may see that holds the words, by kind."""
    query = request.GET.get("q", "").strip()[:200]
    context = {"query": query, "groups": found_for(request.viewer, query)}
    return page(request, "stakeholders/search.html", context, partial="results")
