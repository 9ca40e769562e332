"""The start page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.web.access import SpaceRequest, members


@members
@require_safe
def start(request: SpaceRequest) -> HttpResponse:
    """What needs the person today."""
    return render(request, "reports/start.html")
