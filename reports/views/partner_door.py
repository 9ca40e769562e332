"""What every page behind a partner's e-mailed link answers when the link is unknown or has ended."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.operations.link import LinkUnknownError
from core.web.access import SpaceRequest
from reports.operations.partner_page import NotAskedError, PartnerPageGoneError


def on_partner_page[ViewT: Callable[..., HttpResponse]](view: ViewT) -> ViewT:
    """For views with a ``token``: 404 for an unknown link and for what is not asked, a way to a new link for an old."""

    @wraps(view)
    def answered(request: SpaceRequest, token: str, **arguments: Any) -> HttpResponse:
        try:
            return view(request, token, **arguments)
        except (LinkUnknownError, NotAskedError) as error:
            raise Http404 from error
        except PartnerPageGoneError:
            return render(request, "reports/partner_page_gone.html", {"token": token}, status=410)

    return answered  # type: ignore[return-value]  # takes and answers what the view does
