"""Volunteers' time as a gift in kind."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from funding.forms.volunteer_time import VolunteerTimeForm
from funding.operations.volunteer_time import value_volunteer_time
from funding.queries.source import goals_to_fund
from funding.queries.volunteer_time import open_hours
from partnerships.views.doors import partnership_allowing


@requires(Permission.EDIT_FUNDING)
@require_http_methods(["GET", "POST"])
def volunteer_time(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write confirmed hours down at what they are worth; none of them a second time."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_FUNDING)
    found = open_hours(partnership)
    goals = goals_to_fund(request.viewer, partnership)
    form = VolunteerTimeForm(request.POST or None, goals=goals, currency=request.tenant.currency, open_hours=found)
    if request.method == "POST" and form.is_valid():
        try:
            source = value_volunteer_time(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The time stands among the gifts in kind now."))
            return redirect(space_url("funding_detail", slug=slug, source_id=source.pk))
    context = {"form": form, "partnership": partnership, "found": found}
    return render(request, "funding/volunteer_time.html", context, status=422 if form.errors else 200)
